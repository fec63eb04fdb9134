package flows

import (
	"regexp"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/hear/plan"
	"github.com/huhuqing/huhuqing/dialog/zh"
)

// asking is what the open question of a plan is about.
type asking struct {
	part  string // section whose words are heard first
	asked string // one of the plan.Ask constants
	work  string // ref of the measure it is about
	open  []string
	alone bool // only the plan is heard: the household was heard before
}

// partReader reads what one section understands of a text. It gives back the
// pieces it made nothing of, and whether it made anything of the rest.
type partReader func(l *ledger, text string, a asking) (left []string, some bool)

// planParts are the sections in the order in which they hear a sentence that
// answers none of them: what names most comes first.
var planParts = []struct {
	section string
	read    partReader
}{
	{"cause", (*ledger).readCauses},
	{"measure", (*ledger).readMeasures},
	{"exit", (*ledger).readExit},
	{"money", (*ledger).readFunds},
	{"money", (*ledger).readOutputs},
	{"duty", (*ledger).readHelper},
	{"duty", (*ledger).readDuties},
}

// hearPlan reads a text in the conversation about the plan: for the part the open
// question belongs to, then for the others, then for facts of the household.
func (k *kit) hearPlan(f *dialog.Form, text string, a asking, in dialog.Input) dialog.Heard {
	l := k.ledger(f, in)
	if said := negative(zh.Clean(text)); said != "" && !a.alone {
		l.wrong = k.texts.Say("unread.negative", "said", said)
		return l.heard()
	}
	if a.work != "" {
		l.work = a.work
	}
	left := l.results(l.marked(text, a), a)
	for _, own := range []bool{true, false} {
		for _, p := range planParts {
			if (p.section == a.part) == own {
				left = l.hear(p.read, left, a, own)
			}
		}
	}
	var unread []string
	for _, piece := range left {
		if a.alone {
			unread = append(unread, piece)
			continue
		}
		h := k.hear(f, piece, nil, in)
		if !h.Understood() && h.Which == nil {
			l.wrong = joinLines(l.wrong, h.Wrong)
			unread = append(unread, piece)
			continue
		}
		l.set, unread, l.wrong = append(l.set, h.Set...), append(unread, h.Unread...), joinLines(l.wrong, h.Wrong)
		if l.which == nil {
			l.which = h.Which
		}
	}
	if l.wrong == "" || len(l.set) > 0 {
		l.left = append(l.left, unread...)
	}
	return l.heard()
}

// marked gives what says itself what it is about (帮扶人…, 主要因病…, …脱贫) to the
// reader of that part, before the part that was asked can take its words for an
// answer. It returns everything else.
func (l *ledger) marked(text string, a asking) []string {
	var left []string
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(lex().Stops, r) }) {
		if a.part != "exit" {
			var exits string
			if exits, sentence = cutMarked(sentence, lex().Exits); exits != "" {
				left = append(left, l.hear((*ledger).readExit, []string{exits}, asking{alone: a.alone}, true)...)
			}
		}
		for _, m := range []struct {
			section string
			words   []string
			read    partReader
		}{
			{"duty", lex().Helpers, (*ledger).readHelper},
			{"cause", lex().Reasons, (*ledger).readCauses},
		} {
			if m.section != a.part && containsAny(sentence, m.words) {
				rest := l.hear(m.read, []string{sentence}, asking{work: a.work, alone: a.alone}, true)
				sentence = strings.Join(rest, lex().Comma)
				break
			}
		}
		if sentence != "" {
			left = append(left, sentence)
		}
	}
	return left
}

// cutMarked takes the clauses with one of the words out of a sentence, each with
// the bare date in front of it (2019年 三季度脱).
func cutMarked(sentence string, words []string) (marked, rest string) {
	if !containsAny(sentence, words) {
		return "", sentence
	}
	var in, out []string
	for _, cl := range strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(lex().Breaks, r) }) {
		switch {
		case containsAny(cl, words):
			if n := len(out); n > 0 && strings.Trim(out[n-1], lex().DateSigns) == "" {
				in, out = append(in, out[n-1]), out[:n-1]
			}
			if !saidYear.MatchString(cl) { // 19年上半年房子，四季度脱
				cl = lastYear(out) + cl
			}
			in = append(in, cl)
		default:
			out = append(out, cl)
		}
	}
	return strings.Join(in, lex().Comma), strings.Join(out, lex().Comma)
}

// saidYear is a year as it is said: 2019年, 19年, 明年.
var saidYear = regexp.MustCompile(`(20)?[0-9]{2}年|[今明后]年`)

// lastYear is the last year that clauses say, "" when they say none.
func lastYear(clauses []string) string {
	all := saidYear.FindAllString(strings.Join(clauses, " "), -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// hear gives the pieces that are left to one reader. Only the part that was asked
// hears bare words and numbers as an answer.
func (l *ledger) hear(read partReader, left []string, a asking, own bool) []string {
	if !own {
		a = asking{part: a.part, work: a.work, alone: a.alone}
	}
	var out []string
	for _, text := range left {
		if strings.Trim(zh.Clean(text), " ，,。；;、") == "" {
			continue
		}
		rest, some := read(l, text, a)
		if !some {
			rest = []string{text}
		}
		out = append(out, rest...)
	}
	return out
}

// planContext is what the reader of sentences may know.
func (l *ledger) planContext(a asking) plan.Context {
	c := plan.Context{Now: l.in.At, First: l.profile.FirstYear, Last: l.profile.LastYear, Asked: a.asked}
	for _, s := range present(l.f) {
		c.People = append(c.People, plan.Person{
			Ref: s.ref, Name: s.name(), Relation: s.v("relation"), Sex: s.v("sex"), Age: s.age(), Student: s.student(), Grade: s.v("school_status"),
		})
	}
	for _, ref := range l.refs(pathCauses) {
		c.Causes = append(c.Causes, l.value(ref+".cause"))
	}
	for _, n := range l.needs(l.f) {
		if strings.HasPrefix(n.key, "g_") {
			c.Gaps = append(c.Gaps, n.key)
		}
	}
	if w := a.work; w != "" {
		c.Measure = l.value(w + ".cat2")
		c.Years = l.yearsOf(w)
	}
	return c
}

// withOfficials adds the people known, for the readers of names.
func (l *ledger) withOfficials(c plan.Context) plan.Context {
	c.Officials = l.knownOfficials(l.f)
	return c
}

// withOfficialsFor is withOfficials where a sentence may name somebody: where it
// tells of an assessment, an office or a level. Most do not, and the look-up costs a query.
func (l *ledger) withOfficialsFor(text string, c plan.Context) plan.Context {
	if containsAny(text, lex().Assessed) || containsAny(text, lex().Offices) {
		return l.withOfficials(c)
	}
	return c
}

// yearsOf are the years of a measure, the values of this message included.
func (l *ledger) yearsOf(work string) []string {
	g := *l.f
	g.Answers = map[string]string{}
	for _, key := range []string{"year", "start_date", "due_date"} {
		g.Answers[work+"."+key] = l.value(work + "." + key)
	}
	return l.years(row{&g, work})
}

// rest files pieces that became no value. guess makes the options of an ambiguous
// one; nil when it has none.
func (l *ledger) rest(un []plan.Unread, guess func(u plan.Unread) []dialog.Option) (left []string, some bool) {
	for _, u := range un {
		said := clip(u.Said, 24)
		switch u.Why {
		case plan.WhyUnsureYear, plan.WhyUnsureSource: // its row is there and will be asked about
		case plan.WhyAmbiguous:
			if guess != nil {
				l.ask(l.texts.Say("which", "said", said), guess(u))
			}
			if guess == nil || l.which == nil {
				left = append(left, u.Said)
			}
			some = some || l.which != nil
		case plan.WhyImpossible:
			l.wrong = joinLines(l.wrong, l.texts.Say("unread.wrong", "said", said))
			some = true
		case plan.WhyOutside:
			l.wrong = joinLines(l.wrong, l.texts.Say("plan.outside", "said", said, "first", itoa(l.profile.FirstYear), "last", itoa(l.profile.LastYear)))
			some = true
		case plan.WhyNeedPerson:
			l.wrong = joinLines(l.wrong, l.texts.Say("plan.need_person", "said", said))
			some = true
		case plan.WhyNoAmount:
			l.wrong = joinLines(l.wrong, l.texts.Say("plan.no_amount", "said", said))
			some = true
		default:
			left = append(left, u.Said)
		}
	}
	return left, some
}
