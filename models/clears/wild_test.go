package clears

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// wildValues are texts no form would let through, and some it would.
var wildValues = []string{"", "0", "-1", "1", "13", "99999999", "yes", "no", "none", "other", "岩温", "2018", "2018-13-45", "1890-01", "abcd-ef-gh",
	"一二三四五六", "539901197203050016", "53990119720305001", "pig:2,cattle", ":,:", "2018Q5:x", "healthy,chronic", "m:0", "ms:0", "{name}", "yinbing", "C"}

// wild sets every field of a record to something.
func wild(r *rand.Rand, rec any) {
	for _, k := range models.Keys(rec) {
		_ = models.SetValue(rec, k, wildValues[r.IntN(len(wildValues))])
	}
}

// Imports bring all kinds of rubbish: it has to be judged, not crashed on.
func TestRubbishIsJudged(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test wants the same rubbish every time
	for _, name := range []string{"huhuqing-2018", "monitoring-2021"} {
		p := load(t, name)
		for range 40 {
			d := sound()
			wild(r, &d.Household)
			wild(r, &d.Condition)
			wild(r, &d.Income)
			wild(r, &d.Exit)
			for i := range d.Members {
				wild(r, &d.Members[i])
			}
			for i := range d.Measures {
				wild(r, &d.Measures[i])
			}
			for i := range d.Causes {
				wild(r, &d.Causes[i])
			}
			for i := range d.Funds {
				wild(r, &d.Funds[i])
			}
			for i := range d.Duties {
				wild(r, &d.Duties[i])
			}
			for _, f := range Check(d, p, day) {
				require.NotEmpty(t, f.Message, f.Rule)
				require.NotEmpty(t, f.Fix, f.Rule)
			}
			require.False(t, LightsOf(d, p, day, nil).Green())
		}
	}
}

func TestAnotherProgrammesPlanIsNotJudged(t *testing.T) {
	t.Parallel()
	d := sound()
	d.Exit.Year = models.IntOf(2030)
	require.NotContains(t, ids(Check(d, load(t, "monitoring-2021"), "2023-06-20")), "T01")
	require.Contains(t, ids(Check(d, load(t, "huhuqing-2018"), day)), "T02")
}
