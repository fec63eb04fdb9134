package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/hear/progress"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// owners are whose measure words are about, as they name them.
type owners struct {
	ids      []string // households of the very name
	head     string   // a family name only: 李家
	stranger string   // the name of nobody on file
	like     []string // households whose names look or sound like the stranger's
}

func (o owners) named() bool { return len(o.ids) > 0 || o.head != "" || o.stranger != "" }

// hitsOfNamed are the measures of the households that were named. Of one whose name is
// only like it nothing is taken unasked: 张大友 may be 张大有, or somebody else.
func (t *talk) hitsOfNamed(o owners, rep *progress.Report, kind models.StepKind) ([]hit, error) {
	if o.stranger == "" {
		return t.hitsOf(models.TaskQuery{Head: o.head}, o.ids, rep, kind)
	}
	if len(o.like) == 0 {
		return nil, nil
	}
	hits, err := t.hitsOf(models.TaskQuery{}, o.like, rep, kind)
	for i := range hits {
		hits[i].sure = false
	}
	return hits, err
}

// namedHouseholds are those that the words name in front: 张大有家, 三组李家, or a head's
// or a member's name alone.
func (t *talk) namedHouseholds(said string, r progress.Reading) (owners, error) {
	if r.House != "" {
		return t.ownersOf(r.House, r.Group)
	}
	sign := []rune(strings.TrimSpace(strings.TrimPrefix(said, r.Group)))
	for n := min(4, len(sign)); n >= 2; n-- {
		name := string(sign[:n])
		if !namely(name) || t.progress.Knows(name) {
			continue
		}
		cards, _, err := t.view.Households().Find(t.ctx, *t.by, models.Query{Name: name, Group: r.Group, Limit: 9})
		if err != nil {
			return owners{}, err
		}
		if ids := exactCards(cards, name); len(ids) > 0 {
			return owners{ids: ids}, nil
		}
		if len(r.Reports) > 0 && len(r.Reports[0].About) > 0 && setApart(sign, n) {
			return t.ownersOf(name, r.Group) // 王老五 路修好了
		}
	}
	return owners{}, nil
}

// setApart reports whether the first n signs are a person's name by how they stand: a
// family name in front, a blank or 的 behind.
func setApart(sign []rune, n int) bool {
	return n < len(sign) && strings.ContainsRune(" 　的", sign[n]) && zh.HasSurname(string(sign[:n]))
}

// ownersOf looks up the name of a household.
func (t *talk) ownersOf(name, group string) (owners, error) {
	sign := []rune(name)
	if n := len(sign); n == 1 || n == 2 && strings.ContainsRune(lex().BeforeSurname, sign[0]) { // 李家, 老李家
		return owners{head: string(sign[n-1])}, nil
	}
	cards, err := t.search(t.parseTarget(strings.TrimSpace(name+" "+group)), 9)
	if err != nil {
		return owners{}, err
	}
	if ids := exactCards(cards, name); len(ids) > 0 {
		return owners{ids: ids}, nil
	}
	if len(cards) == 0 {
		if cards, err = t.near(name); err != nil {
			return owners{}, err
		}
	}
	o := owners{stranger: name}
	for _, c := range cards {
		o.like = append(o.like, c.ID)
	}
	return o, nil
}

// exactCards are the households whose head, or else a member, bears the very name.
func exactCards(cards []models.Card, name string) (ids []string) {
	for _, c := range cards {
		if c.Head == name {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	for _, c := range cards {
		if c.MatchedBy == name {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// nobodyOf says that words about work name somebody who is not on file.
func (t *talk) nobodyOf(name, group string) error {
	t.note("work.stranger")
	return t.foundNothing(t.parseTarget(strings.TrimSpace(name+" "+group)), name)
}
