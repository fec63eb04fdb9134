package demo

import (
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

var zone = time.FixedZone("CST", 8*3600)

// days are days on which ages, school years and income periods differ.
var days = []time.Time{
	time.Date(2018, 11, 20, 9, 0, 0, 0, zone),
	time.Date(2019, 1, 1, 0, 0, 0, 0, zone),
	time.Date(2020, 2, 29, 12, 0, 0, 0, zone),
	time.Date(2024, 8, 31, 23, 59, 0, 0, zone),
	time.Date(2026, 9, 30, 9, 0, 0, 0, zone),
	time.Date(2026, 10, 1, 9, 0, 0, 0, zone),
}

// daily runs a test on every day.
func daily(t *testing.T, test func(t *testing.T, now time.Time, v Demo)) {
	t.Helper()
	for _, now := range days {
		t.Run(now.Format(time.DateOnly), func(t *testing.T) {
			t.Parallel()
			test(t, now, Village(now))
		})
	}
}

func TestAreasHaveTheirParents(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"": true}
	for _, a := range Village(days[0]).Areas {
		require.True(t, seen[a.Parent], "%s comes before its parent", a.Code)
		require.Equal(t, models.ParentCode(a.Code), a.Parent)
		require.Equal(t, models.LevelOf(a.Code), a.Level)
		require.NotEmpty(t, a.Name)
		require.Regexp(t, `^53(99\d*)?$`, a.Code, "invented codes only")
		seen[a.Code] = true
	}
	require.True(t, seen[Dashuijing] && seen[Xiaoqing])
}

func TestPeopleCanWork(t *testing.T) {
	t.Parallel()
	v := Village(days[0])
	areas := map[string]bool{}
	for _, a := range v.Areas {
		areas[a.Code] = true
	}
	ids, roles := map[string]bool{}, map[models.Role]int{}
	for _, p := range v.People {
		require.Regexp(t, `^[a-z]{1,16}$`, p.ID)
		require.False(t, ids[p.ID], "%s twice", p.ID)
		require.True(t, areas[p.AreaCode], "%s works nowhere", p.ID)
		require.True(t, p.Active)
		require.Regexp(t, fictitious, p.Phone.Reveal())
		require.Equal(t, p.Role == models.RoleDepartment, p.Department != "", p.ID)
		ids[p.ID], roles[p.Role] = true, roles[p.Role]+1
	}
	require.Equal(t, map[models.Role]int{"village": 4, "township": 1, "department": 2, "county": 1, "admin": 1}, roles)
	require.Equal(t, "王建国", v.People[0].Name, "the main cadre comes first")
	require.Equal(t, models.Set{"三组", "四组"}, v.People[0].Groups)
	require.Equal(t, Dashuijing, v.Person(models.RoleVillage).AreaCode)
	for _, d := range v.Dossiers {
		require.True(t, d.Household.VisitBy == "" || ids[d.Household.VisitBy], d.Household.VisitBy)
	}
}

var fictitious = regexp.MustCompile(`^1390000\d{4}$`)

func TestHouseholdsAreWhole(t *testing.T) {
	t.Parallel()
	daily(t, func(t *testing.T, now time.Time, v Demo) {
		perVillage, groups, phones := map[string]int{}, map[string]bool{}, map[models.Phone]bool{}
		for _, d := range v.Dossiers {
			h := d.Household
			require.NotNil(t, d.Head(), "%s: exactly one head", d.Members[0].Name)
			require.Empty(t, h.ID+h.HeadName, "the store's to give")
			if h.Phone != "" {
				require.Regexp(t, fictitious, h.Phone.Reveal())
				require.False(t, phones[h.Phone], "two households with %s", h.Phone)
			}
			phones[h.Phone] = true
			require.True(t, h.BankNo == "" || luhn(h.BankNo.Reveal()), "%s: bank number", d.Head().Name)
			perVillage[h.Village]++
			if h.Village == Dashuijing {
				groups[h.Group] = true
			}
			for _, m := range d.Members {
				require.Empty(t, m.ID)
				require.NotEmpty(t, m.Name)
			}
			if d.Condition.Year != 0 {
				require.Contains(t, []int{now.Year(), now.Year() - 1}, d.Condition.Year)
			}
		}
		require.GreaterOrEqual(t, perVillage[Dashuijing], 24)
		require.Equal(t, 4, perVillage[Xiaoqing])
		require.Len(t, groups, 6)
	})
}

// luhn is the check of card numbers: from the right, every second digit doubled.
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		n := int(number[len(number)-1-i] - '0')
		if n *= 1 + i%2; n > 9 {
			n -= 9
		}
		sum += n
	}
	return sum%10 == 0
}

// codeOf reports whether code is in the list of the profile.
func codeOf(t *testing.T, p *models.Profile, list, code, where string) {
	t.Helper()
	require.NotNil(t, p.Item(list, code), "%s: %q is not in the list %s", where, code, list)
}

func TestEveryCodeIsInTheProfile(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile(Programme)
	require.NoError(t, err)
	species := regexp.MustCompile(`([a-z_]+):\d+`)
	for _, d := range Village(days[0]).Dossiers {
		who := d.Head().Name
		checkCodes(t, p, who, "household", &d.Household)
		checkCodes(t, p, who, "condition", &d.Condition)
		for i := range d.Members {
			checkCodes(t, p, d.Members[i].Name, "member", &d.Members[i])
		}
		for _, s := range species.FindAllStringSubmatch(d.Condition.Stock, -1) {
			codeOf(t, p, "species", s[1], who)
		}
		for i := range d.Causes {
			codeOf(t, p, "cause", d.Causes[i].Kind, who)
		}
		for _, m := range d.Measures {
			codeOf(t, p, "measure_cat1", m.Cat1, who)
			codeOf(t, p, "measure_cat2", m.Cat2, who)
			codeOf(t, p, "measure_status", m.Status, who)
			codeOf(t, p, "scope", m.Scope, who)
			codeOf(t, p, "will", m.Will, who)
			codeOf(t, p, "unit", m.Unit, who)
			for _, need := range m.Needs {
				require.True(t, p.Item("cause", need) != nil || p.Item("gap", need) != nil, need)
			}
		}
		for _, f := range d.Funds {
			codeOf(t, p, "fund_source", f.Source, who)
			codeOf(t, p, "fund_kind", f.Kind, who)
		}
		for _, o := range d.Outputs {
			codeOf(t, p, "unit", o.Unit, who)
		}
		for _, x := range d.Duties {
			codeOf(t, p, "duty_role", x.Role, who)
			if x.Dept != "" {
				codeOf(t, p, "dept", x.Dept, who)
			}
		}
		for _, x := range d.Helpers {
			codeOf(t, p, "unit_level", x.UnitLevel, who)
		}
	}
}

// checkCodes holds the coded fields of a record against the lists the
// dictionary names for them.
func checkCodes(t *testing.T, p *models.Profile, who, record string, rec any) {
	t.Helper()
	for _, key := range models.Keys(rec) {
		f := models.FieldAt(record + "." + key)
		if f == nil || f.Codes == "" {
			continue
		}
		for _, code := range models.ParseSet(models.Value(rec, key)) {
			codeOf(t, p, f.Codes, code, who+" "+key)
		}
	}
}

func TestIDNumbers(t *testing.T) {
	t.Parallel()
	daily(t, func(t *testing.T, now time.Time, v Demo) {
		seen, without := map[string]bool{}, 0
		for _, d := range v.Dossiers {
			for _, m := range d.Members {
				id := m.IDNo.Reveal()
				if id == "" {
					without++
					continue
				}
				require.Contains(t, []int{18, 20, 22}, len(id))
				require.True(t, checks(id[:18]), "%s: check digit", m.Name)
				require.Equal(t, "5399", id[:4])
				require.Equal(t, string(m.Birth), id[6:10]+"-"+id[10:12]+"-"+id[12:14])
				require.Equal(t, m.Sex == "M", (id[16]-'0')%2 == 1, "%s: sex", m.Name)
				require.LessOrEqual(t, string(m.Birth), now.Format(time.DateOnly))
				require.False(t, seen[id[:18]], "%s: number twice", m.Name)
				seen[id[:18]] = true
			}
		}
		require.Greater(t, without, 5, "some have no number yet")
	})
}

// checks is GB 11643 as the standard has it, not as the village makes its numbers.
func checks(id string) bool {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(id[i]-'0')
	}
	return id[17] == "10X98765432"[sum%11]
}

// TestSchoolYears: who attends school has the age of the year attended, and
// nobody is born after the day.
func TestSchoolYears(t *testing.T) {
	t.Parallel()
	from := map[string][2]int{ // ages over a school year of those who entered in time
		"kindergarten": {4, 5}, "primary": {6, 12}, "junior1": {12, 13}, "junior2": {13, 14}, "junior3": {14, 15},
		"senior1": {15, 16}, "senior2": {16, 17}, "senior3": {17, 18}, "voc1": {15, 16}, "voc2": {16, 17}, "voc3": {17, 18},
		"coll1": {18, 19}, "preschool_age": {0, 5},
	}
	daily(t, func(t *testing.T, now time.Time, v Demo) {
		stages := map[string]bool{}
		for _, d := range v.Dossiers {
			for _, m := range d.Members {
				stages[m.School] = true
				if m.School == "" {
					continue
				}
				r, ok := from[m.School]
				require.True(t, ok, m.School)
				age := m.Birth.AgeOn(models.Date(now.Format(time.DateOnly)))
				require.True(t, r[0] <= age && age <= r[1]+1, "%s is %d in %s", m.Name, age, m.School)
				require.Empty(t, m.Edu, m.Name)
			}
		}
		require.True(t, stages["voc2"] && stages["senior3"] && stages["primary"])
	})
}

func TestIncomeIsOfTheLastPeriod(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile(Programme)
	require.NoError(t, err)
	daily(t, func(t *testing.T, now time.Time, v Demo) {
		for _, d := range v.Dossiers {
			if d.Income.Year != 0 {
				require.Equal(t, p.IncomeYear(now), d.Income.Year)
			}
		}
	})
}

func TestSomethingForEveryQuestion(t *testing.T) {
	t.Parallel()
	v := Village(days[0])
	heads, conditions := map[string]int{}, map[int]int{}
	for _, d := range v.Dossiers {
		heads[d.Head().Name]++
		conditions[d.Condition.Year]++
	}
	require.Equal(t, 2, heads["李小二"])
	require.Equal(t, 2, heads["岩温"])
	require.NotEqual(t, LiXiaoer(v, "三组").Head().Birth, LiXiaoer(v, "五组").Head().Birth)
	require.NotEqual(t, YanWen(v, "四组").Members[1].Name, YanWen(v, "五组").Members[1].Name)
	for _, rare := range []string{"杨𠮷祥", "李㑇", "王𫖯明"} {
		require.Equal(t, 1, heads[rare], rare)
	}
	require.GreaterOrEqual(t, conditions[2018], 5)
	require.GreaterOrEqual(t, conditions[2017], 5, "for «as before»")
	require.GreaterOrEqual(t, conditions[0], 1, "somebody has none yet")
	ap := v.Headed("李阿普", "")
	require.Greater(t, ap.Condition.Irrigated.N(), ap.Condition.Farm.N(), "a contradiction to be asked about")
	require.Nil(t, v.Headed("张大有", "五组"))
	require.Nil(t, v.Person("nobody"))
}

func TestPlansHangTogether(t *testing.T) {
	t.Parallel()
	daily(t, func(t *testing.T, _ time.Time, v Demo) {
		planned := 0
		for _, d := range v.Dossiers {
			if len(d.Measures) > 0 {
				planned++
			}
			refs := []string{""}
			for i := range d.Measures {
				refs = append(refs, "ms:"+strconv.Itoa(i))
				for _, who := range d.Measures[i].Targets {
					n, err := strconv.Atoi(who[len("m:"):])
					require.NoError(t, err)
					require.Less(t, n, len(d.Members))
				}
			}
			for _, f := range d.Funds {
				require.True(t, slices.Contains(refs[1:], f.MeasureID))
			}
			for _, o := range d.Outputs {
				require.True(t, slices.Contains(refs[1:], o.MeasureID))
			}
			for _, x := range d.Duties {
				require.True(t, slices.Contains(refs, x.Object))
			}
		}
		require.GreaterOrEqual(t, planned, 4)
		z := ZhangDayou(v)
		require.Len(t, z.Measures, 4)
		require.Contains(t, []int{2018, 2019, 2020}, z.Exit.Year.N(), "within the programme, whatever the day")
		require.Len(t, z.Duties, 12)
	})
}

func TestTheSameDayGivesTheSameVillage(t *testing.T) {
	t.Parallel()
	require.Equal(t, Village(days[0]), Village(days[0]))
	require.Equal(t, Village(days[0]), Village(days[0].Add(3*time.Hour)))
	a, b := ZhangDayou(Village(days[0])), ZhangDayou(Village(days[0].AddDate(3, 0, 0)))
	require.Equal(t, a.Household.Group, b.Household.Group)
	require.Equal(t, a.Head().Birth.Year()+3, b.Head().Birth.Year(), "nobody grows old")
}
