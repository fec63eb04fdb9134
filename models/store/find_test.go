package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// head makes a household of one with a name.
func head(name, group string) *models.Dossier {
	return &models.Dossier{
		Household: models.Household{Village: damiao, Group: group},
		Members:   []models.Member{{Name: name, Relation: "head", Sex: "M", Birth: "1970"}},
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		w := wen()
		w.Members[1].IDNo = "53990119750101002X42" // a disability card
		create(t, s, ann("m"), w)
		create(t, s, ann("m"), li(damiao, "大水井组"))
		for _, name := range []string{"岩温", "大岩温", "岩吉", "岩100%", "岩_龙"} {
			create(t, s, ann("m"), head(name, "三队"))
		}
		second := li(damiao, "第十二组")
		second.Members[0].Name, second.Members[1].Name = "李晓尔", "岩温龙"
		create(t, s, ann("m"), second)
		create(t, s, bob("m"), li(xiaohe, "3组"))

		for _, c := range []struct {
			why   string
			by    models.Actor
			q     models.Query
			heads []string
			by1   string // what the first card was matched by
		}{
			{why: "exact head, then exact member", q: models.Query{Name: "岩温龙"}, heads: []string{"岩温龙", "李晓尔"}},
			{why: "exact, prefix, part", q: models.Query{Name: "岩温"}, heads: []string{"岩温", "岩温龙", "李晓尔", "大岩温"}},
			{why: "alias", q: models.Query{Name: "小岩温"}, heads: []string{"岩温龙"}},
			{why: "member leads to the household", q: models.Query{Name: "王桂花"}, heads: []string{"李小二"}, by1: "王桂花"},
			{why: "part of a member's name", q: models.Query{Name: "桂"}, heads: []string{"李小二"}, by1: "王桂花"},
			{why: "rare characters are not common ones", q: models.Query{Name: "岩𠮷"}, heads: []string{"岩温龙"}, by1: "岩𠮷"},
			{why: "common characters are not rare ones", q: models.Query{Name: "岩吉"}, heads: []string{"岩吉"}},
			{why: "a percent sign is a percent sign", q: models.Query{Name: "0%"}, heads: []string{"岩100%"}},
			{why: "an underscore is an underscore", q: models.Query{Name: "岩_"}, heads: []string{"岩_龙"}},
			{why: "full pinyin", q: models.Query{Pinyin: "wangguihua"}, heads: []string{"李小二"}, by1: "王桂花"},
			{why: "beginning of pinyin, in capitals and with a space", q: models.Query{Pinyin: "Wang gui"}, heads: []string{"李小二"}, by1: "王桂花"},
			{why: "initials", q: models.Query{Pinyin: "wgh"}, heads: []string{"李小二"}, by1: "王桂花"},
			{why: "homophones come after the name itself", q: models.Query{Name: "李晓尔", Sounds: []string{"=lixiaoer"}}, heads: []string{"李晓尔", "李小二"}},
			{why: "the whole ID number", q: models.Query{IDTail: "539901197203050016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "last four of an ID number", q: models.Query{IDTail: "0016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "last five", q: models.Query{IDTail: "50016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "last five, the fifth wrong", q: models.Query{IDTail: "60016"}, heads: []string{}},
			{why: "last six", q: models.Query{IDTail: "050016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "last eight", q: models.Query{IDTail: "03050016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "last eight, the eighth wrong", q: models.Query{IDTail: "13050016"}, heads: []string{}},
			{why: "x for X", q: models.Query{IDTail: "002x"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "the end of a disability card", q: models.Query{IDTail: "2X42"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "the whole disability card", q: models.Query{IDTail: "53990119750101002X42"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "the whole phone", q: models.Query{Phone: "13812345678"}, heads: []string{"岩温龙"}, by1: "phone"},
			{why: "last four of a phone", q: models.Query{Phone: "5678"}, heads: []string{"岩温龙"}, by1: "phone"},
			{why: "last seven of a phone", q: models.Query{Phone: "2345678"}, heads: []string{"岩温龙"}, by1: "phone"},
			{why: "digits that may be either", q: models.Query{IDTail: "5678", Phone: "5678"}, heads: []string{"岩温龙"}, by1: "phone"},
			{why: "words and digits both", q: models.Query{Name: "玉香", IDTail: "0016"}, heads: []string{"岩温龙"}, by1: "玉香"},
			{why: "words of one, digits of another", q: models.Query{Name: "李小二", IDTail: "0016"}, heads: []string{}},
			{why: "a group by another spelling", q: models.Query{Group: "第3组"}, heads: []string{"岩温龙"}},
			{why: "a group that is a 队", q: models.Query{Group: "3队"}, heads: []string{"岩温", "大岩温", "岩吉", "岩100%", "岩_龙"}},
			{why: "a name in a group", q: models.Query{Name: "岩温", Group: "三组"}, heads: []string{"岩温龙"}},
			{why: "a wider scope", by: bob(""), q: models.Query{Name: "李小二"}, heads: []string{"李小二", "李小二"}},
			{why: "a wider scope, narrowed", by: carl(), q: models.Query{Name: "李小二", Village: xiaohe}, heads: []string{"李小二"}},
			{why: "a wider scope, by tail", by: carl(), q: models.Query{IDTail: "0016"}, heads: []string{"岩温龙"}, by1: "id"},
			{why: "all groups three of the township", by: bob(""), q: models.Query{Group: "三组"}, heads: []string{"岩温龙", "李小二"}},
			{why: "nobody", q: models.Query{Name: "张三"}, heads: []string{}},
		} {
			if c.by.Area == "" {
				c.by = ann("")
			}
			cards, more, err := s.Households().Find(t.Context(), c.by, c.q)
			require.NoError(t, err, c.why)
			require.False(t, more, c.why)
			require.Equal(t, c.heads, heads(cards), c.why)
			if len(cards) > 0 {
				require.Equal(t, c.by1, cards[0].MatchedBy, c.why)
			}
		}
		_, _, err := s.Households().Find(t.Context(), ann(""), models.Query{IDTail: "016"})
		refused(t, err, models.Invalid, "tail_short")

		cards, _, err := s.Households().Find(t.Context(), ann(""), models.Query{Name: "玉香"})
		require.NoError(t, err)
		require.Equal(t, []models.Card{{
			ID: damiao + "0001", Village: damiao, VillageName: "大庙村", Group: "三组", Head: "岩温龙",
			HeadBirth: "1972-03-05", HeadSex: "M", Members: 4, MatchedBy: "玉香", Version: 1,
		}}, cards)
	})
}

func TestFindPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		for i := range 7 {
			create(t, s, ann("m"), head(fmt.Sprintf("岩%d", i), "一组"))
		}
		for _, q := range []models.Query{{Name: "岩", Limit: 3}, {Limit: 3}, {Group: "一组", Limit: 3}} {
			var all []string
			for pages := 1; ; pages++ {
				cards, more, err := s.Households().Find(t.Context(), ann(""), q)
				require.NoError(t, err)
				all = append(all, heads(cards)...)
				if !more {
					require.Equal(t, 3, pages)
					break
				}
				require.Len(t, cards, 3)
				q.After = cards[2].ID
			}
			require.Equal(t, []string{"岩0", "岩1", "岩2", "岩3", "岩4", "岩5", "岩6"}, all)
		}
	})
}

func TestFindFollowsChanges(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		ctx, hh := t.Context(), s.Households()
		d := create(t, s, ann("m1"), wen())
		d.Members[0].Name, d.Members[0].IDNo, d.Household.Phone = "岩罕", "539901197203050032", "13899999999"
		_, err := hh.Save(ctx, ann("m2"), d, 1, clock)
		require.NoError(t, err)
		for _, gone := range []models.Query{{Name: "岩温龙"}, {IDTail: "0016"}, {Phone: "5678"}, {Pinyin: "ywl"}} {
			cards, _, err := hh.Find(ctx, ann(""), gone)
			require.NoError(t, err)
			require.Empty(t, cards)
		}
		for _, here := range []models.Query{{Name: "岩罕"}, {IDTail: "0032"}, {Phone: "9999"}, {Pinyin: "yh"}} {
			cards, _, err := hh.Find(ctx, ann(""), here)
			require.NoError(t, err)
			require.Equal(t, []string{"岩罕"}, heads(cards))
		}
	})
}

func TestNear(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		for _, name := range []string{"李小二", "李晓尔", "李小", "李大二", "李小二娃", "王小明", "李四"} {
			create(t, s, ann("m"), head(name, "一组"))
		}
		near := func(name string, sounds ...string) []string {
			cards, err := s.Households().Near(t.Context(), ann(""), damiao, name, sounds, 10)
			require.NoError(t, err)
			return heads(cards)
		}
		require.Equal(t, []string{"李小二", "李晓尔", "李小", "李大二", "李小二娃"}, near("李小二", "=lixiaoer"))
		require.Equal(t, []string{"李小", "李小二"}, near("李小"), "another second character is another name")
		require.Empty(t, near("%%%"))
	})
}

func TestGroups(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		settle(t, s)
		for _, group := range []string{"三组", "三组", "3组", "大水井", "大水井组", "", "三队"} {
			create(t, s, ann("m"), head("岩温", group))
		}
		groups, err := s.Households().Groups(t.Context(), ann(""), damiao)
		require.NoError(t, err)
		require.Equal(t, []string{"三组", "大水井", "三队"}, groups)
	})
}

func TestGroupKey(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"三组", "3组", "第三组", "３组", "三社", "三小组", "三村民小组", " 3 组", "3"},
		{"十组", "10组", "第10组"}, {"十二组", "12组"}, {"二十组", "20组"}, {"二十三组", "23社"},
		{"大水井", "大水井组"}, {"三队", "3队"}, {"曼班三队", "曼班3队"}, {"三岔河组", "三岔河"}, {"组"}, {""},
	} {
		for _, name := range same {
			require.Equal(t, models.GroupKey(same[0]), models.GroupKey(name), name)
		}
	}
	require.NotEqual(t, models.GroupKey("三组"), models.GroupKey("三队"))
	require.NotEqual(t, models.GroupKey("三组"), models.GroupKey("十三组"))
}
