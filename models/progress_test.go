package models_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// allSteps are the kinds of steps there are.
var allSteps = []models.StepKind{
	models.StepSettle, models.StepApprove, models.StepStart, models.StepReport, models.StepFinish, models.StepAccept,
	models.StepEffect, models.StepReopen, models.StepPostpone, models.StepBlock, models.StepCancel,
}

// whole is a step of that kind with everything it may need.
func whole(kind models.StepKind) models.Step {
	return models.Step{Kind: kind, Proof: models.Set{models.ProofNote}, Note: "看过了", Due: "2018-12", Why: "下雨", Dept: "water", Instead: "养蜂"}
}

// moves are where each step leads from each state (C-MSTAT): the state behind
// it, or the sentence that refuses it.
var moves = map[string]map[models.StepKind]string{
	"draft": {"settle": "settled", "approve": "!step_draft", "start": "!step_draft", "report": "!step_draft", "finish": "!step_draft",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "draft", "block": "draft", "cancel": "cancelled"},
	"settled": {"settle": "!step_done", "approve": "approved", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "settled", "block": "settled", "cancel": "cancelled"},
	"approved": {"settle": "!step_done", "approve": "!step_done", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "approved", "block": "approved", "cancel": "cancelled"},
	"waiting": {"settle": "!step_done", "approve": "!step_done", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "delayed", "block": "waiting", "cancel": "cancelled"},
	"working": {"settle": "!step_done", "approve": "!step_done", "start": "!step_done", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "delayed", "block": "working", "cancel": "cancelled"},
	"delayed": {"settle": "!step_done", "approve": "!step_done", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "delayed", "block": "delayed", "cancel": "cancelled"},
	"adjusted": {"settle": "settled", "approve": "approved", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "adjusted", "block": "adjusted", "cancel": "cancelled"},
	"finished": {"settle": "!step_done", "approve": "!step_done", "start": "!step_done", "report": "!step_done", "finish": "!step_done",
		"accept": "accepted", "effect": "effective", "reopen": "working", "postpone": "!step_done", "block": "!step_done", "cancel": "!step_done"},
	"accepted": {"settle": "!step_done", "approve": "!step_done", "start": "!step_done", "report": "!step_done", "finish": "!step_done",
		"accept": "!step_done", "effect": "effective", "reopen": "working", "postpone": "!step_done", "block": "!step_done", "cancel": "!step_done"},
	"effective": {"settle": "!step_done", "approve": "!step_done", "start": "!step_done", "report": "!step_done", "finish": "!step_done",
		"accept": "!step_done", "effect": "!step_done", "reopen": "working", "postpone": "!step_done", "block": "!step_done", "cancel": "!step_done"},
	"cancelled": {},
	"": {"settle": "!step_done", "approve": "approved", "start": "working", "report": "working", "finish": "finished",
		"accept": "!step_early", "effect": "!step_early", "reopen": "!step_early", "postpone": "settled", "block": "settled", "cancel": "cancelled"},
}

func TestEveryStepFromEveryState(t *testing.T) {
	t.Parallel()
	for _, name := range programmes {
		p := load(t, name)
		for _, it := range p.Codes["measure_status"] {
			require.Contains(t, moves, it.Key)
			for _, move := range strings.Fields(it.More["steps"]) {
				step, to, ok := strings.Cut(move, ">")
				require.True(t, ok, move)
				require.True(t, slices.Contains(allSteps, models.StepKind(step)), move)
				require.True(t, to == "" || p.Item("measure_status", to) != nil, move)
			}
		}
		for from, row := range moves {
			for _, kind := range allSteps {
				want, known := row[kind]
				if from == "cancelled" {
					want, known = "!step_dead", true
				}
				require.True(t, known, "%s %s", from, kind)
				m := models.Measure{Status: from, Cat1: "industry", Due: "2018-10", Progress: models.IntOf(40)}
				was := m
				err := p.Take(&m, whole(kind), "2018-11-20")
				if key, refused := strings.CutPrefix(want, "!"); refused {
					var e *models.Error
					require.ErrorAs(t, err, &e, "%s %s", from, kind)
					require.Equal(t, key, e.Key, "%s %s", from, kind)
					require.Equal(t, was, m, "%s %s: a refused step leaves no trace", from, kind)
					require.False(t, p.May(from, kind))
					continue
				}
				require.NoError(t, err, "%s %s", from, kind)
				require.Equal(t, want, m.Status, "%s %s", from, kind)
			}
		}
	}
}

func TestWhatAStepNeeds(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	for kind, needs := range map[models.StepKind][]string{
		models.StepFinish: {"proof"}, models.StepPostpone: {"due", "why"}, models.StepBlock: {"why", "dept"},
		models.StepCancel: {"why", "instead"}, models.StepReopen: {"why"}, models.StepStart: {}, models.StepReport: {}, models.StepAccept: {},
	} {
		require.ElementsMatch(t, needs, models.Step{Kind: kind}.Needs(), kind)
		require.Empty(t, whole(kind).Needs())
		m := models.Measure{Status: map[bool]string{false: "working", true: "finished"}[kind == models.StepReopen || kind == models.StepAccept]}
		if kind == models.StepStart {
			m.Status = "waiting"
		}
		err := p.Take(&m, models.Step{Kind: kind}, "2018-11-20")
		if len(needs) == 0 {
			require.NoError(t, err)
			continue
		}
		var e *models.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, [2]string{"step_lacks", needs[0]}, [2]string{e.Key, e.Path})
	}
}

func TestWhatAStepWrites(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	m := models.Measure{Status: "approved", Cat1: "housing", Due: "2018-10"}
	take := func(s models.Step) {
		t.Helper()
		require.NoError(t, p.Take(&m, s, "2018-09-20"))
	}
	take(models.Step{Kind: models.StepStart})
	require.Equal(t, "0", m.Progress.String())
	take(models.Step{Kind: models.StepBlock, Why: "钱没到", Dept: "finance"})
	require.True(t, m.Blocked())
	require.Equal(t, models.Date("2018-09-20"), m.BlockOn)
	take(models.Step{Kind: models.StepReport, Percent: models.IntOf(60), Note: "封顶了"})
	require.False(t, m.Blocked(), "who works is not stopped")
	require.Equal(t, "60", m.Progress.String())
	take(models.Step{Kind: models.StepPostpone, Due: "2018-11", Why: "下雨"})
	take(models.Step{Kind: models.StepPostpone, Due: "2018-12-15", Why: "缺料"})
	require.Equal(t, []string{"delayed", "2018-12-15", "2018-10", "2", "缺料"}, []string{m.Status, string(m.Due), string(m.FirstDue), m.Postponed.String(), m.PostponeWhy})
	take(models.Step{Kind: models.StepFinish, On: "2018-09-19", Proof: models.Set{"hash:1", models.ProofNote}, Note: "住进去了"})
	take(models.Step{Kind: models.StepAccept, Proof: models.Set{"hash:1", "hash:2"}})
	require.Equal(t, []string{"accepted", "100", "2018-09-19", "hash:1,note,hash:2"}, []string{m.Status, m.Progress.String(), string(m.Finished), m.Proof.String()})
	take(models.Step{Kind: models.StepReopen, Why: "屋顶漏水"})
	require.Equal(t, []string{"working", "90", "", "屋顶漏水"}, []string{m.Status, m.Progress.String(), string(m.Finished), m.Note})
	take(models.Step{Kind: models.StepCancel, Why: "搬走了", Instead: models.InsteadNone})
	require.Equal(t, []string{"cancelled", "搬走了", "none"}, []string{m.Status, m.CancelWhy, m.Instead})

	insured := models.Measure{Status: "settled", Cat1: "health"}
	require.NoError(t, p.Take(&insured, models.Step{Kind: models.StepFinish, Proof: models.Set{"note"}}, "2018-09-20"))
	require.Equal(t, "effective", insured.Status, "nobody comes to accept an insurance")
}

func TestDatesOfSteps(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	for want, s := range map[string]models.Step{
		"step_past":   {Kind: models.StepPostpone, Why: "雨", Due: "2018-10-30"},
		"step_sooner": {Kind: models.StepPostpone, Why: "雨", Due: "2018-12-31"},
		"step_future": {Kind: models.StepFinish, Proof: models.Set{"note"}, On: "2018-11-21"},
	} {
		m := models.Measure{Status: "working", Due: "2018-12"}
		var e *models.Error
		require.ErrorAs(t, p.Take(&m, s, "2018-11-20"), &e, want)
		require.Equal(t, want, e.Key)
	}
	m := models.Measure{Status: "working", Due: "2018-10"}
	require.NoError(t, p.Take(&m, models.Step{Kind: models.StepPostpone, Why: "雨", Due: "2018-11"}, "2018-11-20"), "the month is not over")
}

func TestTheWayToAStep(t *testing.T) {
	t.Parallel()
	p := load(t, "huhuqing-2018")
	for at, want := range map[string]string{
		"draft finish": "settle finish", "draft accept": "settle finish accept", "approved accept": "finish accept", "working effect": "finish effect",
		"working finish": "finish", "finished finish": "", "cancelled finish": "", "accepted accept": "", " accept": "finish accept", "draft report": "settle report",
	} {
		status, kind, _ := strings.Cut(at, " ")
		var got []string
		for _, k := range p.Way(status, models.StepKind(kind)) {
			got = append(got, string(k))
		}
		require.Equal(t, want, strings.Join(got, " "), at)
	}
	require.Equal(t, []string{"", "draft", "settled", "approved", "waiting", "working", "delayed", "adjusted"}, p.OpenStates())
}

func TestLastDay(t *testing.T) {
	t.Parallel()
	for d, want := range map[models.Date]models.Date{
		"2018-10-05": "2018-10-05", "2018-10": "2018-10-31", "2020-02": "2020-02-29", "2018": "2018-12-31", "": "9999-12-31", "2018-13": "9999-12-31",
	} {
		require.Equal(t, want, d.LastDay(), string(d))
	}
	require.True(t, models.Date("").LastDay().Undated())
	require.False(t, models.Date("2018").LastDay().Undated())
}
