package flows

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Conversation is everything the bot can talk about. It is safe for concurrent
// use: a turn's state lives in a talk.
type Conversation struct {
	*kit
	words words
	asks  askWords
	base  *form // 家底
	plan  *form // 原因 措施 资金 责任 时序
	// progress reads what went on with measures.
	progress *progress.Reader
	blind    func(code string) string
	seal     Sealer
	log      *slog.Logger
}

// Sealer encrypts conversations that are put aside (models/seal fulfils it).
type Sealer interface {
	Seal(purpose string, plain []byte) []byte
	Open(purpose string, sealed []byte) ([]byte, error)
}

// Options are what a Conversation is made of.
type Options struct {
	Profile *models.Profile
	Blind   func(code string) string // keyed hash of an invite code
	Seal    Sealer
	Log     *slog.Logger
}

// New makes the conversations of a profile. An error is a mistake in the
// embedded data.
func New(o Options) (*Conversation, error) {
	texts, err := LoadTexts()
	if err != nil {
		return nil, err
	}
	ws, err := loadWords()
	if err != nil {
		return nil, err
	}
	k := &kit{profile: o.Profile, reader: hear.New(o.Profile), planner: plan.New(o.Profile), texts: texts}
	asks, err := newAskWords(o.Profile)
	if err != nil {
		return nil, err
	}
	base, err := loadForm(baseYAML, k)
	if err != nil {
		return nil, fmt.Errorf("base.yaml: %w", err)
	}
	planned, err := loadPlanForm(planYAML, k)
	if err != nil {
		return nil, fmt.Errorf("plan.yaml: %w", err)
	}
	ws = ws.withClears(k)
	return &Conversation{kit: k, words: ws, asks: asks, base: base, plan: planned, blind: o.Blind, seal: o.Seal, log: o.Log, progress: progress.New(o.Profile)}, nil
}

// Turn answers one input. by is nil for somebody who is not bound. The session
// bytes are what the last turn returned, nil for the first.
func (c *Conversation) Turn(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, view models.Repos, now time.Time) (dialog.Result, error) {
	t := c.talk(ctx, session, in, by, view, now)
	if err := t.run(); err != nil {
		return dialog.Result{}, err
	}
	return t.result(), nil
}

// Conflict answers an input whose effects met a conflict and were rolled back.
func (c *Conversation) Conflict(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, view models.Repos, now time.Time, conflict error) (dialog.Result, error) {
	t := c.talk(ctx, session, in, by, view, now)
	if moved(conflict) {
		// A step of a measure is worked out anew on what stands now: it says what is no
		// longer possible. Anything else is asked about.
		if err := t.run(); err != nil {
			return dialog.Result{}, err
		}
		if t.stepped {
			return t.result(), nil
		}
		t = c.talk(ctx, session, in, by, view, now)
	}
	if err := t.conflicted(conflict); err != nil {
		return dialog.Result{}, err
	}
	return t.result(), nil
}

// Sorry is what a person hears when nothing could be done for this message.
func (c *Conversation) Sorry(code models.Code) dialog.Reply {
	if code == models.Unavailable {
		return dialog.Reply{Text: c.texts.Say("sorry.unavailable")}
	}
	return dialog.Reply{Text: c.texts.Say("sorry.internal")}
}

// talk is one turn.
type talk struct {
	*Conversation
	ctx context.Context
	s   *dialog.Session
	// which is the question that waits for which of several is meant.
	which  string
	in     dialog.Input
	by     *models.Actor
	view   models.Repos
	now    time.Time
	text   string  // cleaned
	toldOf *toldOf // see workTold

	notes   []string          // what is said first
	reply   dialog.Reply      // then this
	kept    map[string]string // Session.Args as this turn found them
	told    bool              // who else is at the household was said in this turn
	stepped bool              // this turn is about a step of a measure
	asked   bool              // reply ends in the open question already
	effects []dialog.Effect
	rebound bool
	forget  bool
}

func (c *Conversation) talk(ctx context.Context, session []byte, in dialog.Input, by *models.Actor, view models.Repos, now time.Time) *talk {
	s, err := dialog.Decode(session)
	if err != nil {
		c.log.Warn("session unreadable, a new one begins", "comp", "flows", "err", err)
		s = &dialog.Session{}
	}
	if in.At.IsZero() {
		in.At = now
	}
	in.At = in.At.In(models.Zone)
	t := &talk{Conversation: c, ctx: ctx, s: s, in: in, by: by, view: view, now: now.In(models.Zone), text: zh.Clean(in.Text)}
	t.which = s.Held[heldPart] // waits for the next message only
	s.Hold(heldPart, "")
	if s.Form != nil {
		s.Form.Marks[markToday] = in.At.Format(time.DateOnly)
		t.look(s.Form)
	}
	return t
}

// note adds a sentence in front of the reply.
func (t *talk) note(key string, pairs ...string) {
	t.notes = append(t.notes, t.texts.Say(key, pairs...))
}

// say makes a sentence the reply.
func (t *talk) say(key string, pairs ...string) {
	t.reply = dialog.Reply{Text: t.texts.Say(key, pairs...)}
}

// do adds an effect.
func (t *talk) do(e dialog.Effect) {
	if j, ok := e.(judging); ok {
		e = j.judgedBy(t.profile)
	}
	t.effects = append(t.effects, e)
}

// menu makes options that a number picks in the next turn.
func (t *talk) menu(opts ...dialog.Option) {
	for i := range opts {
		opts[i].Number = i + 1
	}
	t.reply.Options = opts
	t.s.Menu = opts
}

func (t *talk) result() dialog.Result {
	if notes := strings.Join(t.notes, "\n"); notes != "" && t.reply.Text != "" {
		t.reply.Text = notes + "\n\n" + t.reply.Text // what was understood stands apart from what is asked
	} else {
		t.reply.Text += notes
	}
	house := ""
	if f := t.s.Form; f != nil && !isNew(f) {
		house = f.Thing
	}
	r := dialog.Result{Reply: t.reply, Effects: t.effects, Household: house, Rebound: t.rebound, Forget: t.forget}
	if !t.forget {
		r.Session = t.s.Encode()
	}
	return r
}
