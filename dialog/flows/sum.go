package flows

import (
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// sumParts are the screens of 汇总 in their order.
var sumParts = []string{"overview", "causes", "measures", "money", "exits", "lags"}

// sum is 汇总 [组/村/乡/县] [年] [哪一块].
func (t *talk) sum(arg string) error {
	q := t.asks.read(arg, t.in.At)
	return t.sumUp(q, q.part(), 0)
}

// sumUp shows one part of the summary of a place, from a line on.
func (t *talk) sumUp(q inquiry, part string, from int) error {
	if q.year != 0 && !t.inProgramme(q.year) {
		return nil
	}
	p, ok, err := t.placeOf(q, t.texts.Say("sum.word"))
	if !ok {
		return err
	}
	if part == "" {
		part = "overview"
	}
	within := q.has("within") && part == "overview"
	var below []string
	switch {
	case within:
		below = []string{"six"}
	case part == "lags":
		below = []string{"due"}
	}
	all, ok, err := t.sumsOf(p, below...)
	if !ok {
		return err
	}
	s := &summing{talk: t, Summary: all[0], below: all[1:], year: q.year, place: p}
	if within && len(s.below) > 0 {
		return t.sumBelow(s, from)
	}
	lines := s.lines(part)
	if part == "exits" {
		if err := s.leaving(&lines); err != nil {
			return err
		}
	}
	head := t.texts.Say("sum.head", "area", s.Name, "part", t.texts.Say("sum.part."+part), "year", s.yearText())
	shown, next := screen(lines, from)
	t.reply.Text = strings.Join(append([]string{head}, shown...), "\n")
	t.linesMenu(s.options(part), next < len(lines), map[string]string{"more": "sum", "what": s.say("", q.year), "part": part, "from": strconv.Itoa(next)})
	return nil
}

// maxSumBytes is what fits a screen above the lines to tap.
const maxSumBytes = 700

// screen are the lines that fit one, from one on, and which comes next.
func screen(lines []string, from int) (shown []string, next int) {
	size := 0
	for next = min(from, len(lines)); next < len(lines); next++ {
		if size += len(lines[next]) + 1; size > maxSumBytes && len(shown) > 0 {
			break
		}
		shown = append(shown, lines[next])
	}
	return shown, next
}

// inProgramme says when a year lies outside it.
func (t *talk) inProgramme(year int) bool {
	if year >= t.profile.FirstYear && year <= t.profile.LastYear {
		return true
	}
	t.say("sum.year_outside", "year", itoa(year), "first", itoa(t.profile.FirstYear), "last", itoa(t.profile.LastYear))
	var opts []dialog.Option
	for y := t.profile.FirstYear; y <= t.profile.LastYear && len(opts) < maxOptions; y++ {
		opts = append(opts, dialog.Option{Label: t.texts.Say("sum.year", "year", itoa(y)), Say: t.texts.Say("sum.word") + " " + t.texts.Say("sum.year", "year", itoa(y))})
	}
	t.menu(opts...)
	return false
}

// sumBelow lists the areas right below one, each a tap away from its own summary.
func (t *talk) sumBelow(s *summing, from int) error {
	t.reply.Text = t.texts.Say("sum.below_head", "area", s.Name, "n", itoa(s.Households), "people", itoa(s.People))
	var opts []dialog.Option
	for _, b := range s.below[min(from, len(s.below)):min(from+linesPage, len(s.below))] {
		name := b.Name
		if len(s.place.Code) == models.VillageDigits {
			b.Name = s.Name + b.Name
		}
		opts = append(opts, dialog.Option{
			Label: t.texts.Say("sum.below", "area", name, "n", itoa(b.Households), "people", itoa(b.People), "six", itoa(b.SixClear)),
			Say:   strings.TrimSpace(t.texts.Say("sum.word") + " " + t.called(b) + " " + s.yearText()),
		})
	}
	t.linesMenu(opts, from+linesPage < len(s.below), map[string]string{"more": "sum", "what": s.say("within", s.year), "from": strconv.Itoa(from + linesPage)})
	return nil
}

// summing makes the screens of one summary.
type summing struct {
	*talk
	models.Summary
	below []models.Summary
	year  int // 0: all years
	place spot
}

func (s *summing) yearText() string {
	if s.year == 0 {
		return ""
	}
	return s.texts.Say("sum.year", "year", itoa(s.year))
}

// say is the command for a part of this summary: 汇总 大水井村三组 2019年 资金.
func (s *summing) say(part string, year int) string {
	words := []string{s.texts.Say("sum.word"), s.called(s.Summary)}
	if year != 0 {
		words = append(words, s.texts.Say("sum.year", "year", itoa(year)))
	}
	if part != "" {
		words = append(words, s.texts.Say("sum.part."+part))
	}
	return strings.Join(words, " ")
}

// options lead to the other parts, to single years where they matter, and down.
func (s *summing) options(part string) []dialog.Option {
	var opts []dialog.Option
	for _, other := range sumParts {
		if other != part {
			opts = append(opts, dialog.Option{Label: s.texts.Say("sum.part." + other), Say: s.say(other, s.year)})
		}
	}
	if part == "money" || part == "exits" {
		for y := s.profile.FirstYear; y <= s.profile.LastYear && len(opts) < maxOptions-2; y++ {
			if y != s.year {
				opts = append(opts, dialog.Option{Label: s.texts.Say("sum.only_year", "year", itoa(y)), Say: s.say(part, y)})
			}
		}
	} else if s.Level != models.GroupLevel {
		opts = append(opts, dialog.Option{Label: s.texts.Say("sum.down." + string(s.Level)), Say: s.say("within", s.year)})
	}
	return opts
}

func (s *summing) lines(part string) []string {
	switch part {
	case "causes":
		return s.causeLines()
	case "measures":
		return s.measureLines()
	case "money":
		return s.moneyLines()
	case "exits":
		return s.exitLines()
	case "lags":
		return s.lagLines()
	}
	return s.overview()
}

// counted is one entry of a code list with how often it was.
type tally struct {
	key string
	n   int64
}

// ranked are the entries of a count, most first, then by key.
func ranked[N int | int64](counts map[string]N) []tally {
	var out []tally
	for k, n := range counts {
		if n != 0 {
			out = append(out, tally{k, int64(n)})
		}
	}
	slices.SortFunc(out, func(a, b tally) int {
		if a.n != b.n {
			return int(b.n - a.n)
		}
		return strings.Compare(a.key, b.key)
	})
	return out
}

// listed is a count in one line: 因病60户、缺技术41户.
func (s *summing) listed(list string, counts map[string]int, most int) string {
	var out []string
	all := ranked(counts)
	for _, c := range all[:min(most, len(all))] {
		out = append(out, s.texts.Say("sum.households", "what", s.profile.Label(list, c.key), "n", strconv.FormatInt(c.n, 10)))
	}
	if len(all) > most {
		out[len(out)-1] += s.texts.Say("light.more")
	}
	return strings.Join(out, "、")
}

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
