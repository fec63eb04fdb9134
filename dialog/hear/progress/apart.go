package progress

import (
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// apart makes a report for each of several things that were named together: 路和房子都完工了.
func (c *clause) apart(r Report) []Report {
	if r.Step != models.StepFinish && r.Step != models.StepAccept || r.Done.Qty != "" || len(r.Money)+len(r.Outputs) > 0 {
		return []Report{r}
	}
	groups, last := c.things()
	if len(groups) < 2 {
		return []Report{r}
	}
	tail := strings.TrimSpace(c.f.Said(c.toks[last].to, c.to))
	var out []Report
	for _, g := range groups {
		one := r
		one.About, one.Said = g, g[0].Word+tail
		out = append(out, one)
	}
	return out
}

// things are the words about things, those of one thing together, and the token of the
// last one: 和 leads on to another thing.
func (c *clause) things() (groups [][]About, last int) {
	joined := false
	for i := range c.toks {
		w := c.toks[i].word
		switch {
		case w == nil:
		case w.is(joins):
			joined = len(groups) > 0
		case len(w.about) > 0 && !w.is(rest) && !w.event():
			a := About{Word: w.text, Kinds: w.about}
			if len(groups) == 0 || joined {
				groups = append(groups, []About{a})
			} else {
				groups[len(groups)-1] = append(groups[len(groups)-1], a)
			}
			last, joined = i, false
		}
	}
	return groups, last
}
