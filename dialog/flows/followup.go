package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// What is remembered of the last question: its words, the name in them, when it was
// put; and the question of a name that several bear, until it is said who is meant.
const (
	heldAsked     = "asked"
	heldAskedName = "asked_name"
	heldAskedAt   = "asked_at"
	heldPart      = "asked_part"
)

// askedFresh is how long 那四组呢 goes on with the last question: a quarter of an hour,
// after which people begin anew.
const askedFresh = 15 * time.Minute

// maxFollow is how long 那李小二家呢 is at most, in characters.
const maxFollow = 12

// inPlain puts a question into the words the tables know: 好多 is 多少, 没得 is 没有, and
// 那 in front says nothing.
func inPlain(text string) string {
	if !questioning(text) {
		return text
	}
	for _, w := range lex().Leads {
		if rest, ok := strings.CutPrefix(text, w); ok && !startsWithAny(text, lex().Pronouns) {
			text = strings.TrimLeft(rest, "，, ")
			break
		}
	}
	return strings.NewReplacer(lex().Dialect...).Replace(text)
}

// keepAsked keeps a question that was answered for what is asked next.
func (t *talk) keepAsked(text, name string) {
	t.s.Hold(heldAsked, text)
	t.s.Hold(heldAskedName, name)
	t.s.Hold(heldAskedAt, formatID(uint64(t.in.At.Unix())))
}

// followed is the last question with what 那四组呢, 那李小二家呢 or 那因残的呢 puts in the place
// of its own; "" when the text is none of these.
func (t *talk) followed(text string) (string, error) {
	rest, last := t.followWords(text), t.s.Held[heldAsked]
	if rest == "" || last == "" || !t.askedLately() {
		return "", nil
	}
	q, old := t.asks.read(rest, t.in.At), t.asks.read(last, t.in.At)
	switch {
	case q.group != "" && len(q.left) == 0 && len(t.filtersOf(q).all) == 0:
		if old.group != "" {
			return strings.Replace(last, old.group, q.group, 1), nil
		}
		return q.group + " " + without(last, lex().Villages), nil
	case q.year != 0 && len(q.left) == 0 && len(t.filtersOf(q).all) == 0:
		return t.otherYear(last, rest), nil
	case len(q.left) == 0 && len(t.filtersOf(q).all) > 0 && len(t.filtersOf(old).all) > 0:
		return strings.TrimSpace(old.group + " " + rest + t.texts.Say("follow.list")), nil
	}
	name := strings.TrimSuffix(strings.TrimSuffix(rest, "户"), t.texts.Say("house.sign"))
	before := t.s.Held[heldAskedName]
	if before == "" || !namely(name) || !strings.Contains(last, before) {
		return "", nil
	}
	cards, err := t.soundsLike(name, "")
	if err != nil || len(cards) == 0 {
		return "", err
	}
	if slices.Contains(lex().Pronouns, before) {
		name += t.texts.Say("house.sign")
	}
	return strings.Replace(last, before, name, 1), nil
}

func (t *talk) askedLately() bool {
	at, _ := strconv.ParseInt(t.s.Held[heldAskedAt], 10, 64)
	return t.in.At.Sub(time.Unix(at, 0)) <= askedFresh
}

// followWords is what a follow-up asks about: 四组 of 那四组呢; "" when the text is none.
func (t *talk) followWords(text string) string {
	text = strings.TrimRight(text, "?？ 。")
	if utf8.RuneCountInString(text) > maxFollow {
		return ""
	}
	for _, tail := range lex().FollowTails {
		if rest, ok := strings.CutSuffix(text, tail); ok {
			for _, w := range lex().Leads {
				rest = strings.TrimPrefix(rest, w)
			}
			return strings.Trim(rest, "，, 的")
		}
	}
	return ""
}

// otherYear puts a year into a question, in the place of its own.
func (t *talk) otherYear(last, year string) string {
	for at := range last {
		if _, n := yearAt(last[at:], t.in.At); n > 0 {
			return last[:at] + year + last[at+n:]
		}
	}
	return year + last
}

// soundsLike are the households of a name, or of one that sounds the same: voice input
// writes 王老司 for 王老四.
func (t *talk) soundsLike(name, group string) ([]models.Card, error) {
	cards, _, err := t.view.Households().Find(t.ctx, *t.by, target{name: name, group: group}.query(findPage))
	if models.CodeOf(err) == models.Invalid {
		return nil, nil
	}
	n := utf8.RuneCountInString(name)
	return slices.DeleteFunc(cards, func(c models.Card) bool {
		return utf8.RuneCountInString(c.Head) != n && utf8.RuneCountInString(c.MatchedBy) != n
	}), err
}

// askWhich offers several of one name and keeps the question for whoever is chosen.
func (t *talk) askWhich(name, question string, cards []models.Card) {
	t.hits(name, cards, false, "find.say")
	t.s.Hold(heldPart, question)
}

// answersWhich answers the question that waited for who is meant. done is false when
// none did.
func (t *talk) answersWhich(c models.Card) (done bool, err error) {
	part := partAsked(t.which)
	if t.which == "" || part == nil {
		return false, nil
	}
	return true, t.answerPart(c.ID, c.Head, part)
}
