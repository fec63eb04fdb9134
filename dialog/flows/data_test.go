package flows

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/models"
)

// literals are the string literals of the package's production code.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	out := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(tree, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				s, err := strconv.Unquote(l.Value)
				require.NoError(t, err)
				out[s] = true
			}
			return true
		})
	}
	return out
}

func TestTextsAreUsedAndExist(t *testing.T) {
	texts, err := LoadTexts()
	require.NoError(t, err)
	used := literals(t)
	// Keys that the code puts together: "role." + the role.
	var prefixes []string
	for s := range used {
		if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "_") {
			prefixes = append(prefixes, s)
		}
	}
	for key := range texts {
		ok := used[key]
		for _, p := range prefixes {
			ok = ok || strings.HasPrefix(key, p)
		}
		require.True(t, ok, "text %q is used nowhere", key)
	}
	src := ""
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		src += string(b)
	}
	for _, call := range []string{`Say("`, `note("`, `t.say("`, `is("`} {
		for _, part := range strings.Split(src, call)[1:] {
			key, _, _ := strings.Cut(part, `"`)
			if strings.HasSuffix(key, ".") || strings.HasSuffix(key, "_") || strings.HasPrefix(key, "m1.") {
				continue
			}
			_, ok := texts[key]
			require.True(t, ok, "text %q does not exist", key)
		}
	}
}

func TestEveryWordHasItsCommand(t *testing.T) {
	ws, err := loadWords()
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, w := range ws {
		require.Contains(t, commands, w.do)
		require.False(t, seen[w.folded], "%q stands twice", w.folded)
		seen[w.folded] = true
	}
	for do := range commands {
		found := false
		for _, w := range ws {
			found = found || w.do == do
		}
		require.True(t, found, "no word for %q", do)
	}
}

func newConversation(t *testing.T) *Conversation {
	t.Helper()
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	c, err := New(Options{Profile: p, Blind: func(s string) string { return s }})
	require.NoError(t, err)
	return c
}

// TestPresetsAreValues proves that every value base.yaml sets is one its field
// takes: a code of the list, yes or no, or a number.
func TestPresetsAreValues(t *testing.T) {
	c := newConversation(t)
	for _, sp := range c.base.specs {
		for _, pr := range sp.Presets {
			for path, v := range pr.Set {
				fd := fieldOf(memberPath(path))
				switch fd.Kind {
				case models.KindCode, models.KindCodes:
					require.NotNil(t, c.profile.Item(fd.Codes, v), "%s: %s=%s", sp.ID, path, v)
				case models.KindYesNo:
					require.Contains(t, []string{"yes", "no"}, v, "%s: %s", sp.ID, path)
				}
			}
		}
	}
}

// TestEveryMustIsAsked proves that no field that domain.md §1 demands of the
// base records is left out of the conversation.
func TestEveryMustIsAsked(t *testing.T) {
	c := newConversation(t)
	asked := map[string]bool{"household.visit_by": true, "household.visit_date": true, "member.name": true, "member.id_type": true}
	for _, sp := range c.base.specs {
		for _, p := range sp.Fields {
			asked[fieldOf(memberPath(p)).Path()] = true
		}
	}
	for _, fd := range models.Fields() {
		switch fd.Record {
		case "household", "member", "condition", "income":
			if c.profile.Need(&fd) == "must" {
				require.True(t, asked[fd.Path()], "%s is never asked", fd.Path())
			}
		}
	}
}

// TestEveryKindOfPlanCardIsUsed proves that plan.yaml names every kind there is, and
// that every must of the plan's records belongs to a card or follows from others.
func TestEveryKindOfPlanCardIsUsed(t *testing.T) {
	c := newConversation(t)
	kinds := map[string]bool{}
	for _, sp := range c.plan.specs {
		kinds[sp.Kind] = true
	}
	for kind := range askers {
		require.True(t, kinds[kind], "no card of kind %q", kind)
	}
	f := wholePlan(c)
	for _, w := range rows(f, pathWorks) { // a deadline is asked for once its measure has an end
		f.Answers[w.path("due_date")] = "2019-06-30"
	}
	asked := map[string]bool{}
	for _, card := range c.plan.Cards {
		for _, p := range card.Wants(f) {
			if fd := fieldOf(p); fd != nil {
				asked[fd.Path()] = true
			}
		}
	}
	follows := map[string]bool{ // from other answers, in derivePlan and the ledger
		"cause.cause": true, "cause.evidence": true, "measure.scope": true, "measure.cat1": true, "measure.need_ref": true,
		"fund.fund_kind": true, "output.output_year": true, "output.indicator": true, "output.output_unit": true, "output.target": true,
		"duty.duty_level": true, "duty.duty_person": true,
	}
	for _, fd := range models.FieldsOf("cause", "measure", "fund", "output", "duty", "helper", "exit", "area_exit") {
		if fd.Need == "must" {
			require.True(t, asked[fd.Path()] || follows[fd.Path()], "%s is never asked", fd.Path())
		}
	}
}

// wholePlan is a form with a row of everything and nothing settled in it.
func wholePlan(c *Conversation) *dialog.Form {
	f := dialog.NewForm(&c.plan.Flow, "new:x", "张大有", 0)
	f.Marks[markToday], f.Marks[markPeriod], f.Marks[markPlan] = "2018-11-20", "2018", "yes"
	f.Answers[pathRoster] = "m1,m2,m3,m4,m5,m6"
	for _, s := range roster(f) {
		f.Answers[s.ref+".name"], f.Answers[s.ref+".birth"] = "扎西才让卓玛", "1980-09-01"
		f.Answers[s.ref+".health"], f.Answers[s.ref+".labor"] = "chronic", "normal"
	}
	for path, v := range map[string]string{
		pathCauses: "c1,c2", "c1.cause": "quezijin", "c2.cause": "yinzai",
		pathWorks: "w1", "w1.cat1": "industry", "w1.cat2": "breeding", "w1.scope": "person", "w1.title": "能繁母牛养殖", "w1.qty": "2", "w1.unit": "head",
		pathFunds: "f1", "f1.of": "w1", pathOuts: "o1", "o1.of": "w1", pathDuties: "d1", "d1.of": "w1", "d1.duty_level": "village", pathHelpers: "h1",
	} {
		f.Answers[path] = v
	}
	return f
}

// TestPlanQuestionsFitAScreen is TestQuestionsFitAScreen for the plan, with a whole
// county's people to choose from.
func TestPlanQuestionsFitAScreen(t *testing.T) {
	c := newConversation(t)
	f := wholePlan(c)
	var people []models.Person
	for i, area := range []string{"539901200201", "539901200", "539901"} {
		for n := range 30 {
			people = append(people, models.Person{ID: itoa(i*100 + n), Name: "扎西才让", AreaCode: area, Unit: "示范县人力资源和社会保障局", Post: "产业扶贫股副股长"})
		}
	}
	f.World = &world{load: func() ([]models.Person, error) { return people, nil }}
	const perLink = 75
	for _, card := range c.plan.Cards {
		r := card.Ask(f)
		size := len(r.Text) + len(c.texts.Say("foot.progress"))
		for _, o := range r.Options {
			size += perLink + 2*len(o.Label)
		}
		require.LessOrEqual(t, size, 1800, card.ID())
		require.NotContains(t, r.Text, "{", card.ID())
	}
}

// TestQuestionsFitAScreen: the longest question with all its options stays
// within one WeChat message (1,800 bytes with markup, wechat.md §1.5).
func TestQuestionsFitAScreen(t *testing.T) {
	c := newConversation(t)
	f := dialog.NewForm(&c.base.Flow, "new:x", "张大有", 0)
	f.Marks[markToday], f.Marks[markPeriod] = "2018-11-20", "2018"
	f.Answers[pathRoster] = "m1,m2,m3,m4,m5,m6"
	for _, s := range roster(f) {
		f.Answers[s.ref+".name"], f.Answers[s.ref+".birth"] = "扎西才让卓玛", "2009-09-01"
	}
	const perLink = 75 // <a href="weixin://bizmsgmenu?msgmenucontent=…&msgmenuid=…">…</a>
	for _, card := range c.base.Cards {
		r := card.Ask(f)
		size := len(r.Text) + len(c.texts.Say("foot.progress"))
		for _, o := range r.Options {
			size += perLink + 2*len(o.Label)
		}
		require.LessOrEqual(t, size, 1800, card.ID())
	}
}

func TestIncomeYear(t *testing.T) {
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	for day, want := range map[string]int{"2018-09-30": 2017, "2018-10-01": 2018, "2019-01-01": 2018} {
		at, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		require.Equal(t, want, p.IncomeYear(at), day)
	}
}

// A phone of 375 px shows 15 Chinese characters a line and about 30 lines: 帮助 is read without scrolling, and says
// to everybody who may do it what can be done.
func TestHelpFitsAPhoneScreen(t *testing.T) {
	texts, err := LoadTexts()
	require.NoError(t, err)
	const width, height = 30, 30
	for _, role := range []models.Role{models.RoleVillage, models.RoleTownship, models.RoleDepartment, models.RoleCounty, models.RoleAdmin} {
		text := texts["help."+string(role)]
		lines := 0
		for line := range strings.SplitSeq(text, "\n") {
			places := 0
			for _, r := range line {
				if places++; r >= 0x2e80 {
					places++
				}
			}
			lines += 1 + places/width
		}
		require.LessOrEqual(t, lines, height, "%s: %d lines", role, lines)
		for _, word := range []string{"「查 ", "六清", "汇总", "逾期", "历史", "反馈"} {
			require.Contains(t, text, word, role)
		}
	}
}
