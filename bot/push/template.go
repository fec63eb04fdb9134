package push

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// Template is one template of the account and which of its keywords takes which of
// our values: "title" → "thing1".
type Template struct {
	ID       string
	Keywords map[string]string
}

// values are what a template can be told of a push. household, step and result are
// other names for the same, as operators write them for each kind.
var values = map[string]func(facts) string{
	"title":     func(f facts) string { return f.Title },
	"household": func(f facts) string { return f.Title },
	"result":    func(f facts) string { return f.Title },
	"text":      func(f facts) string { return f.line() },
	"step":      func(f facts) string { return f.line() },
	"count":     func(f facts) string { return strconv.Itoa(f.Count) },
	"due":       func(f facts) string { return day(f.dueDay()) },
	"day":       func(f facts) string { return day(f.today) },
	"village":   func(f facts) string { return f.village },
}

// facts are a push and what stands around it.
type facts struct {
	models.Push
	village string
	today   time.Time
}

// check names a value that we do not have.
func (t Template) check() error {
	for _, ours := range slices.Sorted(maps.Keys(t.Keywords)) {
		if values[ours] == nil {
			return fmt.Errorf("no value %q: there are %s", ours, strings.Join(slices.Sorted(maps.Keys(values)), " "))
		}
	}
	return nil
}

// fill is the message to a user. Lengths and types of the fields are the sender's.
func (c *Courier) fill(ctx context.Context, t Template, p models.Push) bot.Template {
	f := facts{Push: p, today: c.o.Now().In(models.Zone), village: p.Village}
	if c.o.Area != nil {
		if name, err := c.o.Area(ctx, p.Village); err == nil {
			f.village = name
		}
	}
	out := bot.Template{User: p.User, ID: t.ID, Once: p.ID}
	for _, ours := range slices.Sorted(maps.Keys(t.Keywords)) {
		out.Fields = append(out.Fields, bot.Field{Name: t.Keywords[ours], Value: values[ours](f)})
	}
	return out
}

// line is the first line of the text, of a list the first of what it lists; the title
// when there is none.
func (f facts) line() string {
	first, rest, _ := strings.Cut(strings.TrimSpace(f.Text), "\n")
	if f.Kind == models.PushDigest && rest != "" {
		first, _, _ = strings.Cut(rest, "\n")
		first = strings.TrimPrefix(first, "· ")
	}
	return cmp.Or(first, f.Title)
}

// dueDay is the due day, today when it is not known to the day: a field of the type
// date takes nothing less.
func (f facts) dueDay() time.Time {
	at, err := time.ParseInLocation(time.DateOnly, string(f.Due), models.Zone)
	if err != nil {
		return f.today
	}
	return at
}

// day is a date as the platform's fields take it (wechat.md §1.8).
func day(at time.Time) string { return at.Format("2006年1月2日") }
