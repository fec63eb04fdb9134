package models_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

var programmes = []string{"huhuqing-2018", "monitoring-2021"}

func load(t *testing.T, name string) *models.Profile {
	t.Helper()
	p, err := models.LoadProfile(name)
	require.NoError(t, err)
	return p
}

// lists are the code lists that the conversations name without a field of the dictionary.
var lists = []string{"species", "gap", "measure_cat1", "measure_cat2", "fund_source", "fund_kind", "unit", "measure_status",
	"will", "duty_role", "duty_level", "unit_level", "scope", "finding", "dept", "flow", "project_class", "guarantee_state"}

func TestProfileLists(t *testing.T) {
	t.Parallel()
	for _, name := range programmes {
		p := load(t, name)
		for _, f := range models.Fields() {
			if f.Codes != "" {
				require.NotEmpty(t, p.Codes[f.Codes], "%s: list %s of %s", name, f.Codes, f.Path())
			}
		}
		for _, l := range lists {
			require.NotEmpty(t, p.Codes[l], "%s: list %s", name, l)
		}
		for list, items := range p.Codes {
			keys, words := map[string]bool{}, map[string]string{}
			for _, it := range items {
				require.False(t, keys[it.Key], "%s: %s has key %s twice", name, list, it.Key)
				keys[it.Key] = true
				for _, w := range it.Names() {
					require.NotEmpty(t, w, "%s: %s.%s", name, list, it.Key)
					require.NotContains(t, words, w, "%s: %s: %q stands for two things", name, list, w)
					words[w] = it.Key
				}
			}
		}
	}
}

func TestProfileOffersWhatTheFormsHave(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	for list, n := range map[string]int{"relation": 28, "edu": 6, "school": 25, "health": 4, "labor": 5, "work_area": 5,
		"disab_type": 7, "disab_level": 4, "house_grade": 5, "change": 14, "ethnic": 58, "measure_cat1": 14, "gap": 8, "finding": 12} {
		require.Len(t, p.Codes[list], n, list)
	}
	require.Equal(t, "户主", p.Label("relation", "head"))
	require.Equal(t, "M", p.Item("relation", "son_in_law").Sex)
	require.Equal(t, "yes", p.Item("school", "junior3").More["compulsory"])
	classes := map[string]bool{}
	for _, it := range p.Codes["fund_source"] {
		classes[p.FundClass(it.Key)] = true
	}
	require.Len(t, classes, 6, "domain.md §2.6 knows six classes of money")
	for _, it := range p.Codes["change"] {
		m := models.Member{Change: it.Key}
		require.Equal(t, it.More["sign"] == "in", m.Present(), it.Key)
	}
}

func TestProfileReferences(t *testing.T) {
	t.Parallel()
	for _, name := range programmes {
		p := load(t, name)
		kind := func(k string) bool { return p.Item("measure_cat1", k) != nil || p.Item("measure_cat2", k) != nil }
		for _, it := range p.Codes["measure_cat2"] {
			require.NotNil(t, p.Item("measure_cat1", it.More["cat1"]), "%s: %s", name, it.Key)
			require.Nil(t, p.Item("measure_cat1", it.Key), "%s: %s is a category as well", name, it.Key)
		}
		for _, list := range []string{"cause", "gap"} {
			for _, it := range p.Codes[list] {
				require.NotEmpty(t, p.Suits[it.Key], "%s: no measure suits %s", name, it.Key)
				for _, k := range p.Suits[it.Key] {
					require.True(t, k == "*" || kind(k), "%s: %s suits %s", name, k, it.Key)
				}
			}
		}
		for _, it := range p.Codes["measure_cat1"] {
			require.NotEmpty(t, p.Lead(it.Key, "").County, "%s: nobody leads %s", name, it.Key)
		}
		for _, l := range p.Leads {
			for _, k := range append(l.County, l.Township...) {
				require.NotNil(t, p.Item("dept", k), "%s: department %s", name, k)
			}
		}
		for _, s := range p.Seasons {
			require.NotEmpty(t, s.Source, s.Name)
		}
		for _, it := range p.Codes["fund_source"] {
			require.NotNil(t, p.Item("fund_source", it.More["class"]), "%s: class of %s", name, it.Key)
		}
	}
}

func TestProfileThresholdsHaveSources(t *testing.T) {
	t.Parallel()
	for _, name := range programmes {
		p := load(t, name)
		seen := map[string]bool{}
		for _, th := range p.Thresholds {
			id := fmt.Sprint(th.Name, th.Year, th.Area)
			require.False(t, seen[id], "%s: %s stands twice", name, id)
			seen[id] = true
			require.NotEmpty(t, th.Source, th.Name)
		}
	}
	p := load(t, "huhuqing-2018")
	line, ok := p.Threshold("income_line", 2019, "539901200201")
	require.True(t, ok)
	require.Equal(t, 3750.0, line.Value)
	require.False(t, line.Firm, "not confirmed by the county: a rule may only warn")
	_, ok = load(t, "monitoring-2021").Threshold("income_line", 2024, "")
	require.False(t, ok, "the line of 2024 is not known and has to be entered")
}

// every rule of domain.md §4 by letter.
var ruleCounts = map[string]int{"P": 26, "F": 15, "M": 10, "N": 9, "Q": 9, "R": 7, "T": 10, "I": 8, "W": 3, "V": 6}

func TestProfileRules(t *testing.T) {
	t.Parallel()
	a, b := load(t, "huhuqing-2018"), load(t, "monitoring-2021")
	for letter, n := range ruleCounts {
		for i := 1; i <= n; i++ {
			id := fmt.Sprintf("%s%02d", letter, i)
			require.True(t, a.Rule(id) != nil || b.Rule(id) != nil, "%s is in no programme", id)
			require.Equal(t, letter != "V", a.Rule(id) != nil, "huhuqing-2018 %s", id)
		}
	}
	for _, p := range []*models.Profile{a, b} {
		for _, r := range p.Rules {
			require.Contains(t, []string{"E", "W"}, r.Severity, r.ID)
			require.NotEmpty(t, r.Message, r.ID)
			require.NotEmpty(t, r.Fix, r.ID)
			for v, x := range r.Variants {
				require.Contains(t, []string{"E", "W"}, x.Severity, "%s/%s", r.ID, v)
				require.NotEmpty(t, x.Message, "%s/%s", r.ID, v)
			}
		}
	}
	for _, off := range []string{"T02", "T03", "T04", "M01", "F01"} {
		require.Nil(t, b.Rule(off), "monitoring-2021 has %s off (domain.md §8)", off)
	}
	require.Equal(t, a.Rule("P02").Message, b.Rule("P02").Message)
}

func TestDeptName(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	require.Equal(t, "农业局", p.DeptName("agri", 2018))
	require.Equal(t, "农业农村局", p.DeptName("agri", 2019))
	require.Equal(t, "扶贫办", p.DeptName("poverty", 2020))
	require.Equal(t, "乡村振兴局", p.DeptName("poverty", 2022))
	require.Equal(t, "农业农村局", p.DeptName("poverty", 2025))
	require.Equal(t, "某某局", p.DeptName("某某局", 2019))
}

func TestThirdProfileIsAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "made-up.json")
	own := map[string]any{"id": "made-up", "base": "monitoring-2021", "title": "试点", "first_year": 2026, "last_year": 2027,
		"codes":      map[string]any{"cause": []map[string]any{{"key": "yindong", "label": "因冻"}}},
		"suits":      map[string]any{"yindong": []string{"house_safe"}},
		"thresholds": []map[string]any{{"name": "income_line", "value": 9000, "source": "试点办法"}},
		"rules":      []map[string]any{{"id": "P01"}, {"id": "P09", "severity": "E"}}}
	b, err := json.Marshal(own)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, b, 0o600))

	p := load(t, path)
	require.Equal(t, "因冻", p.Label("cause", "yindong"))
	require.Len(t, p.Codes["cause"], 1)
	require.Equal(t, "社会帮扶", p.Label("measure_cat1", "social_aid"), "from its base")
	require.Equal(t, "户主", p.Label("relation", "head"), "from the base of its base")
	line, _ := p.Threshold("income_line", 2026, "")
	require.Equal(t, 9000.0, line.Value)
	require.Len(t, p.Rules, 2)
	require.Equal(t, "E", p.Rule("P09").Severity)
	require.NotEmpty(t, p.Rule("P09").Message)
}

func TestProfileThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"not json":        `{`,
		"lists missing":   `{"id":"x"}`,
		"rule silent":     `{"id":"x","base":"huhuqing-2018","rules":[{"id":"X01"}]}`,
		"number unproven": `{"id":"x","base":"huhuqing-2018","thresholds":[{"name":"x","value":1}]}`,
	} {
		path := filepath.Join(t.TempDir(), "x.json")
		require.NoError(t, os.WriteFile(path, []byte(body), 0o600))
		_, err := models.LoadProfile(path)
		require.Equal(t, models.Invalid, models.CodeOf(err), name)
	}
	round := filepath.Join(t.TempDir(), "round.json")
	require.NoError(t, os.WriteFile(round, fmt.Appendf(nil, `{"id":"x","base":%q}`, round), 0o600))
	_, err := models.LoadProfile(round)
	require.Equal(t, models.Invalid, models.CodeOf(err))
	_, err = models.LoadProfile("nowhere")
	require.Equal(t, models.NotFound, models.CodeOf(err))
}
