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

// takers are the types of fields that do not take any words, and what of ours they take:
// a value of another kind would be refused, or told with half its signs gone.
var takers = map[string][]string{
	"number": {"count"}, "character_string": {"count"}, "date": {"due", "day"}, "time": {"due", "day"},
	"amount": nil, "letter": nil, "symbol": nil, "phone_number": nil, "car_number": nil, "const": nil,
}

// typeOf is the type of a field, which its name begins with.
func typeOf(field string) string { return strings.TrimRight(field, "0123456789") }

// facts are a push and what stands around it.
type facts struct {
	models.Push
	village string
	today   time.Time
}

// check names a value that we do not have, or that its field does not take.
func (t Template) check() error {
	for _, ours := range slices.Sorted(maps.Keys(t.Keywords)) {
		if values[ours] == nil {
			return fmt.Errorf("no value %q: there are %s", ours, strings.Join(slices.Sorted(maps.Keys(values)), " "))
		}
		if takes, picky := takers[typeOf(t.Keywords[ours])]; picky && !slices.Contains(takes, ours) {
			return fmt.Errorf("field %s does not take %q: it takes %s", t.Keywords[ours], ours, cmp.Or(strings.Join(takes, " "), "nothing of ours"))
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
		value := values[ours](f)
		if typeOf(t.Keywords[ours]) == "time" { // a clock's time, with or without a day (wechat.md §1.8)
			value += " " + dayEnd
		}
		out.Fields = append(out.Fields, bot.Field{Name: t.Keywords[ours], Value: value})
	}
	return out
}

// dayEnd is the time of a date that has none: until when a thing due that day is in time.
const dayEnd = "23:59"

// line is what the text says in one line: the one thing it tells, else its first line; the
// title when there is none.
func (f facts) line() string {
	head, rest, _ := strings.Cut(strings.TrimSpace(f.Text), "\n")
	if one, more := strings.CutPrefix(rest, bullet); more && !strings.Contains(one, "\n") {
		return one
	}
	return cmp.Or(strings.TrimSuffix(head, "："), f.Title)
}

// bullet begins the lines of a list.
const bullet = "· "

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
