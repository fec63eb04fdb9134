package plan

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// autumn is the day the tests speak on.
var autumn = time.Date(2018, 9, 20, 10, 0, 0, 0, time.FixedZone("CST", 8*3600))

// village is a household and its officials.
func village2018() Context {
	return Context{Now: autumn, First: 2018, Last: 2020,
		People: []Person{
			{Ref: "m1", Name: "张大有", Sex: "M", Relation: "head", Age: 52},
			{Ref: "m2", Name: "李秀英", Sex: "F", Relation: "spouse", Age: 50},
			{Ref: "m3", Name: "张小军", Sex: "M", Relation: "son", Age: 27},
			{Ref: "m4", Name: "张小龙", Sex: "M", Relation: "son", Age: 22},
			{Ref: "m5", Name: "张玉芬", Sex: "F", Relation: "daughter", Age: 19, Student: true, Grade: "college1"},
			{Ref: "m6", Name: "普阿妹", Sex: "F", Relation: "mother", Age: 76},
		},
		Officials: []Official{
			{ID: "p1", Name: "王建国", Level: "village", Unit: "大水井村委会", Post: "支书"},
			{ID: "p2", Name: "杨志明", Level: "township", Dept: "t_agri", Unit: "农科站", Post: "农技员"},
			{ID: "p3", Name: "刘文斌", Level: "county", Dept: "agri", Unit: "农业局", Post: "副局长"},
			{ID: "p4", Name: "杨丽", Level: "county", Dept: "housing", Unit: "住建局", Post: "股长"},
			{ID: "p5", Name: "李国庆", Level: "township", Dept: "t_build", Unit: "村建中心", Post: "主任"},
			{ID: "p6", Name: "李国栋", Level: "township", Dept: "t_build", Unit: "村建中心", Post: "副主任"},
		},
	}
}

func reader(t testing.TB) *Reader {
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	return New(p)
}

// said lists the parts that are not empty as "key=value".
func said(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+"="+pairs[i+1])
		}
	}
	return strings.Join(out, " ")
}

func yes(b bool, sign string) string {
	if b {
		return sign
	}
	return ""
}

func flags(f Flags) string {
	s := yes(f.Approx, "~") + yes(f.Worked, "#") + yes(f.Relative, "^") + yes(f.Large, "!") + yes(f.Doubtful, "%")
	return yes(s != "", " "+s)
}

func lines[T any](list []T, one func(T) string, unread []Unread) string {
	var out []string
	for _, v := range list {
		out = append(out, one(v))
	}
	for _, u := range unread {
		out = append(out, "?"+u.Why+":"+u.Said+yes(len(u.Guess) > 0, "["+strings.Join(u.Guess, ",")+"]"))
	}
	return strings.Join(out, " | ")
}

func dumpCause(c Cause) string {
	return c.Kind + yes(c.Main, "*") + yes(c.Other, "+") + pad(said("desc", c.Desc, "who", strings.Join(c.Who, ","), "date", c.Date, "gap", c.Gap, "use", c.GapUse)) + flags(c.Flags)
}

func dumpAgreement(a Agreement) string {
	return said("head", a.HeadAgrees, "by", a.By, "id", a.ByID, "on", a.On) + flags(a.Flags)
}

func pad(s string) string { return yes(s != "", " "+s) }

func dumpMeasure(m Measure) string {
	var funds, outputs, duties []string
	for _, f := range m.Funds {
		funds = append(funds, dumpFund(f))
	}
	for _, o := range m.Outputs {
		outputs = append(outputs, dumpOutput(o))
	}
	for _, d := range m.Duties {
		duties = append(duties, d.Level+":"+d.Dept+yes(d.Name != "", ":"+d.Name))
	}
	return yes(m.Cancel, "-") + yes(m.Instead, "=") + m.Cat1 + "/" + m.Cat2 + pad(said("title", m.Title, "qty", m.Qty+m.Unit, "year", m.Year, "start", m.Start, "due", m.Due,
		"will", m.Will, "on", m.WillOn, "to", strings.Join(m.Targets, ","), "needs", strings.Join(m.Needs, ","), "funds", bracket(funds), "out", bracket(outputs), "duty", strings.Join(duties, ","),
		"scope", yes(m.Scope != "household", m.Scope))) + flags(m.Flags)
}

func bracket(list []string) string {
	return yes(len(list) > 0, "("+strings.Join(list, "; ")+")")
}

func dumpFund(f Fund) string {
	return strings.TrimSpace(yes(f.None, "none ") + yes(f.More, "+ ") + said("y", f.Year, "s", f.Source, "k", f.Kind, "a", f.Amount, "paid", f.Paid, "on", f.PaidOn, "months", f.Months, "why", f.Why) + flags(f.Flags))
}

func dumpOutput(o Output) string {
	return said("y", o.Year, "i", o.Indicator, "u", o.Unit, "t", o.Target, "got", o.Actual, "in", o.Income) + flags(o.Flags)
}

func dumpDuty(d Duty) string {
	return said("l", d.Level, "n", d.Name, "id", d.PersonID, "d", d.Dept, "post", d.Post, "role", d.Role, "u", d.Unit, "tel", d.Phone, "goal", d.Goal, "by", d.Deadline, "reward", d.Reward, "penalty", d.Penalty) + flags(d.Flags)
}

func dumpHelper(h *Helper) string {
	return said("n", h.Name, "id", h.PersonID, "u", h.Unit, "l", h.UnitLevel, "tel", h.Phone, "from", h.From, "to", h.To, "re", yes(h.Replace, "1")) + flags(h.Flags)
}

func dumpExit(e Exit) string {
	var ms []string
	for _, m := range e.Milestones {
		ms = append(ms, m.Quarter+":"+m.Text)
	}
	return said("y", e.Year, "q", e.Quarter, "seq", e.Seq, "first", yes(e.First, "1"), "ms", bracket(ms), "village", e.VillageYear, "county", e.CountyYear) + flags(e.Flags)
}

// read is one sentence through one reader: "cause", "measure" …, with what is
// asked behind a colon and the measure spoken of behind a second one.
func read(r *Reader, c Context, mode, text string) string {
	name, rest, _ := strings.Cut(mode, ":")
	c.Asked, c.Measure, _ = strings.Cut(rest, ":")
	switch name {
	case "cause":
		v, u := r.Causes(text, c)
		return lines(v, dumpCause, u)
	case "measure":
		v, u := r.Measures(text, c)
		return lines(v, dumpMeasure, u)
	case "fund":
		v, u := r.Funds(text, c)
		return lines(v, dumpFund, u)
	case "output":
		v, u := r.Outputs(text, c)
		return lines(v, dumpOutput, u)
	case "duty":
		v, u := r.Duties(text, c)
		return lines(v, dumpDuty, u)
	case "helper":
		h, u := r.Helper(text, c)
		if h == nil {
			return lines(nil, dumpHelper, u)
		}
		return lines([]*Helper{h}, dumpHelper, u)
	}
	if name == "agree" {
		a, u := r.Agreement(text, c)
		if a.Span.Said == "" {
			return lines(nil, dumpAgreement, u)
		}
		return lines([]Agreement{a}, dumpAgreement, u)
	}
	e, u := r.Exit(text, c)
	return lines([]Exit{e}, dumpExit, u)
}
