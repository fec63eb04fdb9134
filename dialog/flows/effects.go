package flows

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// The effects of the conversations. Each runs inside the turn's transaction.

// judging is an effect after which the household is judged anew; talk.do tells it by
// which programme.
type judging interface {
	judgedBy(p *models.Profile) dialog.Effect
}

// Bind uses up an invite and ties the user to its person.
type Bind struct{ Hash, User string }

// Kind names the effect in scripts and logs.
func (Bind) Kind() string { return "bind" }

// Apply returns conflict when the code was used in the meantime.
func (e Bind) Apply(ctx context.Context, r models.Repos, _ models.Actor, now time.Time) error {
	_, err := r.People().Bind(ctx, e.Hash, e.User, now)
	return err
}

// CountBindFailure notes a wrong invite code.
type CountBindFailure struct{ User string }

// Kind names the effect.
func (CountBindFailure) Kind() string { return "count_bind_failure" }

// Apply writes the note.
func (e CountBindFailure) Apply(ctx context.Context, r models.Repos, _ models.Actor, now time.Time) error {
	_, err := r.People().CountBindFailure(ctx, e.User, now, now.Add(-bindWindow))
	return err
}

// Forget removes what belongs to the WeChat user alone (wechat.md §1.10).
type Forget struct{ User string }

// Kind names the effect.
func (Forget) Kind() string { return "forget" }

// Apply removes binding, drafts and kept turns.
func (e Forget) Apply(ctx context.Context, r models.Repos, _ models.Actor, _ time.Time) error {
	return r.People().Forget(ctx, e.User)
}

// SaveHousehold writes the household as it was confirmed. Base is the version
// the conversation began with; a household without ID is created.
type SaveHousehold struct {
	Dossier *models.Dossier
	Base    int
	Photos  []models.Photo // sent while the household had no id yet

	profile *models.Profile // by which it is judged afterwards; the talk sets it
}

// Kind names the effect.
func (SaveHousehold) Kind() string { return "save_household" }

// Apply returns conflict when somebody saved the household in between.
func (e SaveHousehold) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	if e.Dossier.Household.ID == "" {
		made, err := r.Households().Create(ctx, by, e.Dossier, now)
		if err != nil {
			return err
		}
		for _, p := range e.Photos {
			p.HouseholdID = made.ID
			if err := r.Households().AddPhoto(ctx, by, p); err != nil {
				return err
			}
		}
		return Keep(ctx, r, by, e.profile, made.ID, now)
	}
	if _, err := r.Households().Save(ctx, by, e.Dossier, e.Base, now); err != nil {
		return err
	}
	return Keep(ctx, r, by, e.profile, e.Dossier.Household.ID, now)
}

func (e SaveHousehold) judgedBy(p *models.Profile) dialog.Effect { e.profile = p; return e }

// UndoSave takes back all changes that came from one message.
type UndoSave struct {
	HouseholdID, Source string
	Since               time.Time

	profile *models.Profile
}

// Kind names the effect.
func (UndoSave) Kind() string { return "undo_save" }

// Apply returns conflict when one of the fields was changed again since.
func (e UndoSave) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	if _, err := r.Households().Undo(ctx, by, e.HouseholdID, e.Source, e.Since, now); err != nil {
		return err
	}
	return Keep(ctx, r, by, e.profile, e.HouseholdID, now)
}

func (e UndoSave) judgedBy(p *models.Profile) dialog.Effect { e.profile = p; return e }

// PutDraft puts a conversation aside.
type PutDraft struct{ Draft models.Draft }

// Kind names the effect.
func (PutDraft) Kind() string { return "put_draft" }

// Apply writes the draft.
func (e PutDraft) Apply(ctx context.Context, r models.Repos, _ models.Actor, _ time.Time) error {
	return r.Drafts().Put(ctx, e.Draft)
}

// DropDraft removes a draft that was taken up again or is done with.
type DropDraft struct{ User, Thing string }

// Kind names the effect.
func (DropDraft) Kind() string { return "drop_draft" }

// Apply removes it; a draft that is gone already is no error.
func (e DropDraft) Apply(ctx context.Context, r models.Repos, _ models.Actor, _ time.Time) error {
	_, err := r.Drafts().Take(ctx, e.User, e.Thing)
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	return err
}

// LeaveTrace notes that somebody looked at a household's personal data.
type LeaveTrace struct{ HouseholdID, What string }

// Kind names the effect.
func (LeaveTrace) Kind() string { return "leave_trace" }

// Apply writes the note.
func (e LeaveTrace) Apply(ctx context.Context, r models.Repos, by models.Actor, now time.Time) error {
	return r.Households().Seen(ctx, by, e.HouseholdID, e.What, now)
}

// KeepPhoto files a picture with a household.
type KeepPhoto struct{ Photo models.Photo }

// Kind names the effect.
func (KeepPhoto) Kind() string { return "keep_photo" }

// Apply writes the row; the file is fetched by the edge.
func (e KeepPhoto) Apply(ctx context.Context, r models.Repos, by models.Actor, _ time.Time) error {
	return r.Households().AddPhoto(ctx, by, e.Photo)
}
