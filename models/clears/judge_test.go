package clears

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func ids(fs []Finding) []string {
	out := []string{}
	for _, f := range fs {
		out = append(out, f.Rule)
	}
	return out
}

// half is a household in the middle of being told: nearly everything is unknown.
func half() *models.Dossier {
	return &models.Dossier{Household: models.Household{Village: "539901200201"},
		Members: []models.Member{{Name: "岩温", Relation: "head", Sex: "M"}, {Name: "玉儿", Relation: "daughter", Sex: "F"}}}
}

func TestCheckFieldsSpeaksOfWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	d := half()
	paths := []string{"m:0.name", "m:0.relation", "m:0.sex", "m:1.relation", "m:1.sex"}
	require.Empty(t, CheckFields(d, p, day, paths), "nothing is held against what was not asked yet")

	d.Condition = models.Condition{Farm: models.DecOf(3), Irrigated: models.DecOf(5)}
	require.Empty(t, CheckFields(d, p, day, paths), "said only about what changed")
	got := CheckFields(d, p, day, []string{"condition.irrig"})
	require.Equal(t, []string{"F14"}, ids(got))
	require.Equal(t, "面积对不上：有效灌溉大于耕地", got[0].Message)

	d.Members[1].Relation = "son"
	require.Equal(t, []string{"P08"}, ids(CheckFields(d, p, day, []string{"m:1.relation"})))
	d.Members[1].Relation = "head"
	require.Equal(t, []string{"P06"}, ids(CheckFields(d, p, day, []string{"m:1.relation"})))
	d.Members[0].IDNo = "53990119720305001"
	require.Equal(t, []string{"P01"}, ids(CheckFields(d, p, day, []string{"m:0.id_no"})))
	d.Members[0].WorkArea = "province"
	require.Empty(t, CheckFields(d, p, day, []string{"m:0.work_area"}), "the months come next")
	require.Empty(t, CheckFields(d, p, day, nil))
}

func TestCheckBaseLeavesThePlanAlone(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	d.Causes, d.Measures, d.Funds, d.Outputs, d.Duties, d.Helpers, d.Exit = nil, nil, nil, nil, nil, nil, models.Exit{}
	require.Empty(t, CheckBase(d, p, day))
	require.Contains(t, ids(Check(d, p, day)), "F12")
	d.Members[0].Sex = "F"
	require.Equal(t, []string{"P04", "P07"}, ids(CheckBase(d, p, day)))
}

func TestFindingsNameTheRecord(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	d.Members[2].ID, d.Members[2].MedIns = "", "none"
	f := CheckBase(d, p, day)[0]
	require.Equal(t, "2", f.RecordID, "the index while there is no id")
	require.Equal(t, []string{"m:2.med_ins"}, f.Fields)
	require.Equal(t, "P24:member:2", f.Key())
	require.Equal(t, map[string]string{"name": "张小军"}, f.Vars)
}

func TestUnsavedRecordsHangTogether(t *testing.T) {
	t.Parallel()
	p, d := load(t, "huhuqing-2018"), sound()
	for i := range d.Measures {
		id, ref := d.Measures[i].ID, fmt.Sprintf("ms:%d", i)
		d.Measures[i].ID, d.Measures[i].Programme = "", ""
		for n := range d.Funds {
			if d.Funds[n].MeasureID == id {
				d.Funds[n].MeasureID = ref
			}
		}
		for n := range d.Outputs {
			if d.Outputs[n].MeasureID == id {
				d.Outputs[n].MeasureID = ref
			}
		}
		for n := range d.Duties {
			if d.Duties[n].Object == id {
				d.Duties[n].Object = ref
			}
		}
	}
	require.True(t, LightsOf(d, p, day, nil).Green())
}

func TestRulesThatAreOffStaySilent(t *testing.T) {
	t.Parallel()
	p := *load(t, "huhuqing-2018")
	p.Rules = nil
	require.Empty(t, Check(&models.Dossier{}, &p, day))
}

func TestNothingAtAllIsJudgedCalmly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"huhuqing-2018", "monitoring-2021"} {
		p := load(t, name)
		require.NotEmpty(t, Check(&models.Dossier{}, p, day))
		require.NotEmpty(t, Check(&models.Dossier{Members: make([]models.Member, 3), Measures: make([]models.Measure, 2),
			Causes: make([]models.Cause, 2), Funds: make([]models.Fund, 1), Duties: make([]models.Duty, 1)}, p, ""))
		require.False(t, LightsOf(&models.Dossier{}, p, day, nil).Green())
	}
}

func TestGuarantees(t *testing.T) {
	t.Parallel()
	j := Judge{Profile: load(t, "huhuqing-2018"), Today: day}
	state := func(d *models.Dossier) map[string]State {
		out := map[string]State{}
		for _, g := range j.Guarantees(d) {
			out[g.Key] = g.State
		}
		return out
	}
	require.Equal(t, map[string]State{"g_school": Met, "g_health": Met, "g_house": Gap, "g_water": Met, "g_income": Met}, state(sound()))
	require.Equal(t, map[string]State{"g_school": Open, "g_health": Open, "g_house": Open, "g_water": Open, "g_income": Open}, state(half()))

	d := sound()
	d.Members[0].CritIns, d.Condition.WaterHard, d.Income.PayOut = "no", "yes", dec(0)
	d.Members[3].Birth, d.Members[3].School, d.Members[3].Edu = "2005-01-01", "", "primary"
	require.Equal(t, map[string]State{"g_school": Gap, "g_health": Gap, "g_house": Gap, "g_water": Gap, "g_income": Gap}, state(d))
	d.Members[3].Dropout = "disability"
	require.Equal(t, Met, state(d)["g_school"], "seriously disabled children are not counted")
}

func TestForecast(t *testing.T) {
	t.Parallel()
	j := Judge{Profile: load(t, "huhuqing-2018"), Today: day}
	f, ok := j.Forecast(sound())
	require.True(t, ok)
	require.Equal(t, Forecast{Year: 2019, NetPC: (17700 + 5*500) / 4.0, Line: 3750}, f)
	require.Zero(t, f.Short())
	d := sound()
	d.Exit.Year = models.IntOf(2021)
	_, ok = j.Forecast(d)
	require.False(t, ok, "no line is known for 2021")
	require.Equal(t, "2800", j.CostGuess(d).String())
}

func TestVillageIsJudgedQuickly(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	d := sound()
	best := time.Hour // of several batches: the machine may be busy with something else
	for range 10 {
		start := time.Now()
		for range 10 {
			Check(d, p, day)
			LightsOf(d, p, day, nil)
		}
		best = min(best, time.Since(start))
	}
	require.Less(t, 20*best, time.Second, "a village of 200")
}

func BenchmarkCheck(b *testing.B) {
	p, d := load(b, "huhuqing-2018"), sound()
	b.ReportAllocs()
	for b.Loop() {
		Check(d, p, day)
	}
}

func BenchmarkLights(b *testing.B) {
	p, d := load(b, "huhuqing-2018"), sound()
	b.ReportAllocs()
	for b.Loop() {
		LightsOf(d, p, day, nil)
	}
}

func TestThresholdsOfThePlaceCount(t *testing.T) {
	t.Parallel()
	p := *load(t, "huhuqing-2018")
	k := &kit{Dossier: sound(), p: &p, today: day}
	k.cause("quetudi")
	k.Condition.Farm = dec(8)
	require.Contains(t, ids(k.findings()), "F06")
	mean := models.Threshold{Name: "farm_pc_mean", Area: "539901", Value: 2.5, Source: "县里的平均数", Firm: true}
	p.Thresholds = append([]models.Threshold{mean}, p.Thresholds...)
	require.NotContains(t, ids(k.findings()), "F06", "the county has more land")
	mean.Area = "539902"
	p.Thresholds[0] = mean
	require.Contains(t, ids(k.findings()), "F06", "another county's number")
}
