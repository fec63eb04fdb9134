package flows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// Complain keeps what somebody wants said, and tells those who can act.
type Complain struct {
	Feedback models.Feedback
	Tell     []models.Push
}

// Kind names the effect.
func (Complain) Kind() string { return "feedback" }

// Apply writes both.
func (e Complain) Apply(ctx context.Context, r models.Repos, _ models.Actor, _ time.Time) error {
	if err := r.Feedbacks().Say(ctx, &e.Feedback); err != nil {
		return err
	}
	return r.Pushes().Put(ctx, e.Tell)
}

// AnswerFeedback keeps an answer, and sends it to who is waiting for it.
type AnswerFeedback struct {
	ID         uint64
	Dept, Text string
	Push       models.Push // without the person: only the store knows who gave a lead
}

// Kind names the effect.
func (AnswerFeedback) Kind() string { return "answer_feedback" }

// Apply returns conflict when somebody answered first.
func (e AnswerFeedback) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	f, err := r.Feedbacks().Answer(ctx, by, e.Dept, now, e.ID, e.Text)
	if err != nil || f.PersonID == "" {
		return err
	}
	e.Push.PersonID, e.Push.Village = f.PersonID, f.Area
	return r.Pushes().Put(ctx, []models.Push{e.Push})
}

// How long a push about feedback is worth sending, or showing at the next contact.
const (
	newsLasts   = 3 * 24 * time.Hour
	answerLasts = 60 * 24 * time.Hour
)

// answerPush is the answer as it is sent.
func (t *talk) answerPush(f models.Feedback, answer string) models.Push {
	return models.Push{
		ID: feedbackPushID("answer", formatID(f.ID)), Kind: models.PushReview, Title: t.texts.Say("feedback.push_title"), Count: 1,
		Text:      t.texts.Say("feedback.push", "day", t.dayOf(f), "text", clip(f.Text, 20), "answer", answer, "who", t.by.Name),
		NotBefore: models.Decent(t.now), Expires: t.now.Add(answerLasts),
	}
}

// tellReceivers are the pushes that something waits, one a day for each person; what it
// is stands in the list only.
func (t *talk) tellReceivers(who []models.Person) []models.Push {
	var out []models.Push
	for _, p := range who {
		out = append(out, models.Push{
			ID: feedbackPushID("waits", p.ID, string(t.today())), PersonID: p.ID, Village: p.AreaCode, Kind: models.PushReview,
			Title: t.texts.Say("feedback.news_title"), Text: t.texts.Say("feedback.news"), Count: 1,
			Taps:      models.PushTaps{{Label: t.texts.Say("feedback.look"), Say: t.texts.Say("feedback.word")}},
			NotBefore: models.Decent(t.now), Expires: t.now.Add(newsLasts),
		})
	}
	return out
}

func feedbackPushID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{"feedback"}, parts...), "\x1f")))
	return hex.EncodeToString(sum[:16])
}
