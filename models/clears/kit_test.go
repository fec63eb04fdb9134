package clears

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// kit is a sound household and what a case of a rule may change about it.
type kit struct {
	*models.Dossier
	p     *models.Profile
	ctx   Context
	today models.Date
}

func (k *kit) m(n int) *models.Member  { return &k.Members[n] }
func (k *kit) w(n int) *models.Measure { return &k.Measures[n] }
func (k *kit) c() *models.Condition    { return &k.Condition }
func (k *kit) cause(kinds ...string)   { k.Causes = nil; k.also(kinds...) }
func (k *kit) findings() []Finding     { return k.judge().Check(k.Dossier) }
func (k *kit) judge() Judge            { return Judge{Profile: k.p, Today: k.today, Context: &k.ctx} }
func (k *kit) drop(keep ...int)        { k.Measures = pick(k.Measures, keep) }

func (k *kit) also(kinds ...string) {
	for _, kind := range kinds {
		k.Causes = append(k.Causes, soundCause(kind, len(k.Causes), "说明写得清清楚楚"))
	}
}

func (k *kit) everybody(do func(*models.Member)) {
	for i := range k.Members {
		do(&k.Members[i])
	}
}

func pick(ms []models.Measure, keep []int) []models.Measure {
	var out []models.Measure
	for _, i := range keep {
		out = append(out, ms[i])
	}
	return out
}

// monitored puts the household under monitoring-2021.
func (k *kit) monitored(t *testing.T) {
	t.Helper()
	k.p, k.today = load(t, "monitoring-2021"), "2023-06-20"
	for i := range k.Measures {
		k.Measures[i].Programme = ""
	}
	k.ctx.Case = &Case{Found: "2023-01-01", Decided: "2023-01-10", Entered: "2023-01-10"}
	k.Causes = nil
}

func load(t testing.TB, name string) *models.Profile {
	t.Helper()
	p, err := models.LoadProfile(name)
	require.NoError(t, err)
	return p
}

// ruleCase is one case of one rule: a change to a sound household, and whether
// the rule says something then.
type ruleCase struct {
	kind string // hit, near (just not) or na (does not apply)
	says string // part of the message of a hit
	sev  string // of a hit, "" for that of the rule
	do   func(*kit)
}

func hit(says string, do func(*kit)) ruleCase  { return ruleCase{"hit", says, "", do} }
func hitE(says string, do func(*kit)) ruleCase { return ruleCase{"hit", says, "E", do} }
func hitW(says string, do func(*kit)) ruleCase { return ruleCase{"hit", says, "W", do} }
func near(do func(*kit)) ruleCase              { return ruleCase{"near", "", "", do} }
func na(do func(*kit)) ruleCase                { return ruleCase{"na", "", "", do} }

type cases map[string][]ruleCase

func runCases(t *testing.T, cs cases) {
	t.Helper()
	for id, list := range cs {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			kinds := map[string]bool{}
			for i, c := range list {
				kinds[c.kind] = true
				k := &kit{Dossier: sound(), p: load(t, "huhuqing-2018"), today: day}
				if strings.HasPrefix(id, "V") {
					k.monitored(t)
				}
				c.do(k)
				checkCase(t, id, i, c, k)
			}
			require.Len(t, kinds, 3, "%s needs a hit, a near miss and one that does not apply", id)
		})
	}
}

func checkCase(t *testing.T, id string, i int, c ruleCase, k *kit) {
	t.Helper()
	var got *Finding
	fs := k.findings()
	for n := range fs {
		if fs[n].Rule == id && (c.says == "" || strings.Contains(fs[n].Message, c.says)) {
			got = &fs[n]
			break
		}
	}
	if c.kind != "hit" {
		require.Nil(t, got, "%s case %d (%s)", id, i, c.kind)
		return
	}
	require.NotNil(t, got, "%s case %d: %s in %v", id, i, c.says, fs)
	require.NotContains(t, got.Message+got.Fix, "{", "%s case %d", id, i)
	require.NotEmpty(t, got.Fix)
	require.NotEmpty(t, got.Record)
	want := c.sev
	if want == "" {
		want = k.p.Rule(id).Severity
	}
	require.Equal(t, want, got.Severity, "%s case %d", id, i)
}

func TestSoundHouseholdIsGreen(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	require.Empty(t, Check(sound(), p, day))
	for _, l := range LightsOf(sound(), p, day, nil) {
		require.Equal(t, Green, l.Shade, "%s: %+v", l.Clear, l.Missing)
	}
}

func TestEveryRuleHasItsTable(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, cs := range []cases{casesP, casesF, casesM, casesN, casesQ, casesR, casesT, casesI, casesW, casesV} {
		for id := range cs {
			tested[id] = true
		}
	}
	for _, name := range []string{"huhuqing-2018", "monitoring-2021"} {
		for _, r := range load(t, name).Rules {
			require.Contains(t, table, r.ID, "no function for %s", r.ID)
			require.True(t, tested[r.ID], "no cases for %s", r.ID)
		}
	}
	require.Len(t, tested, len(table))
}

// A variant that the profile lacks would be said in the words of the rule itself.
func TestEveryVariantHasWords(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("rule_*.go")
	require.NoError(t, err)
	p := load(t, "huhuqing-2018")
	variants := map[string]bool{}
	for _, q := range []*models.Profile{p, load(t, "monitoring-2021")} {
		for _, r := range q.Rules {
			for v := range r.Variants {
				variants[v] = true
			}
		}
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, part := range strings.Split(string(src), `hitAs("`)[1:] {
			v, _, _ := strings.Cut(part, `"`)
			require.True(t, v == "" || variants[v], "%s: variant %s", f, v)
		}
	}
}
