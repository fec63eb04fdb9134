package reminders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/due"
)

const (
	// maxLines is how many lines of a list fit a phone's screen beside the rest.
	maxLines = 8
	// maxText keeps a list within one WeChat text (1,800 bytes with its taps, wechat.md §1.5).
	maxText = 1300
)

// compose makes the push of one person: the list of the day, or what cannot wait. n is
// how many pushes they had that day.
func (t *telling) compose(ctx context.Context, l models.Listener, rows []models.Reminder, n int) (models.Push, error) {
	place, err := t.placesOf(ctx, l.Person, rows)
	if err != nil {
		return models.Push{}, err
	}
	items := due.List(rows, t.o.Profile, t.today, place)
	late := 0
	for _, it := range items {
		if it.Late {
			late++
		}
	}
	kind, head, title := models.PushDigest, "digest.head", "digest.title_plain"
	if late > 0 {
		head, title = "digest.head_late", "digest.title"
	}
	if n > 0 {
		kind, head, title = models.PushDue, "urgent.head", "urgent.title"
	}
	about := []string{"name", l.Person.Name, "n", strconv.Itoa(len(items)), "late", strconv.Itoa(late)}
	p := models.Push{
		ID: pushID(l.Person.ID, t.today, n), PersonID: l.Person.ID, Village: l.Person.AreaCode, Kind: kind,
		Title: t.texts.say(title, about...), Text: t.body(t.texts.say(head, about...), items, n > 0), Taps: t.taps(l.Person, items),
		Count: len(rows), Due: nearest(rows), NotBefore: t.now, Expires: evening(t.now),
	}
	return p, nil
}

// body is the list in words, as much as fits.
func (t *telling) body(head string, items []due.Item, urgent bool) string {
	lines, size, told := []string{head}, len(head), 0
	for _, it := range items {
		if len(lines) > maxLines || size+len(it.Text) > maxText {
			break
		}
		lines = append(lines, "· "+it.Text)
		size += len(it.Text) + 4
		told++
	}
	if left := len(items) - told; left > 0 {
		lines = append(lines, t.texts.say("digest.rest", "n", strconv.Itoa(left)))
	}
	if !urgent && len(items) > maxLines/2 {
		lines = append(lines, t.texts.say("digest.foot"))
	}
	return strings.Join(lines, "\n")
}

// taps are what can be tapped: for a single measure what one does with it, named by
// the end of its id behind the words, else the list of work.
func (t *telling) taps(who models.Person, items []due.Item) models.PushTaps {
	r := items[0].Reminders[0]
	if len(items) > 1 || len(items[0].Reminders) > 1 || r.Head == "" {
		return models.PushTaps{{Label: t.texts.say("tap.list"), Say: t.texts.say("tap.list_say")}}
	}
	tap := func(key string) models.PushTap {
		return models.PushTap{Label: t.texts.say(key), Say: strings.TrimSpace(t.texts.say(key+"_say",
			"head", r.Head, "title", r.Title, "where", r.Group, "ref", strings.TrimPrefix(r.Thing, who.AreaCode)))}
	}
	look := tap("tap.look")
	if r.Thing == r.HouseholdID || r.Level != models.Village || !strings.HasPrefix(r.Thing, r.HouseholdID+"s") {
		return models.PushTaps{look}
	}
	return models.PushTaps{tap("tap.done"), tap("tap.put_off"), look}
}

// pushID is made of the person, the day and which push of the day it is.
func pushID(person string, day models.Date, n int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{"push", person, string(day), strconv.Itoa(n)}, "\x1f")))
	return hex.EncodeToString(sum[:16])
}

// nearest is the earliest date in a list that is known.
func nearest(rows []models.Reminder) models.Date {
	var out models.Date
	for _, r := range rows {
		if r.Due != "" && (out == "" || r.Due < out) {
			out = r.Due
		}
	}
	return out
}

// placesOf names villages for those who have several; whoever has one knows it.
func (t *telling) placesOf(ctx context.Context, who models.Person, rows []models.Reminder) (func(string) string, error) {
	if len(who.AreaCode) >= models.VillageDigits {
		return nil, nil
	}
	for _, r := range rows {
		if _, ok := t.places[r.Village]; ok || len(r.Village) < models.VillageDigits {
			continue
		}
		a, err := t.o.Store.Areas().Area(ctx, r.Village)
		if err != nil && models.CodeOf(err) != models.NotFound {
			return nil, err
		}
		t.places[r.Village] = a.Name
	}
	return func(code string) string { return t.places[code] }, nil
}
