package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// Page sizes of Find, and how many rows one way of searching may bring. A cadre
// who gets 500 hits types another character.
const (
	pageDefault = 10
	pageMost    = 50
	hitsMost    = 500
)

// The ranks of a hit, best first.
const (
	rankHead      = iota // the head's name, a number
	rankMember           // a member's name, an alias
	rankPrefix           // how a name begins
	rankPart             // what a name contains
	rankPinyin           // full spelling or initials
	rankHomophone        // sounds the same
)

// Find gives cards by rank. Name, Pinyin and Sounds are readings of the same
// words: one of them has to match. So are IDTail and Phone; with words and digits
// both, a household has to match both. Group and Village narrow. With nothing but
// those it lists by id. invalid with Key "tail_short" for less than four digits.
func (r households) Find(ctx context.Context, by models.Actor, q models.Query) ([]models.Card, bool, error) {
	const op = "find households"
	if q.Limit <= 0 {
		q.Limit = pageDefault
	}
	q.Limit = min(q.Limit, pageMost)
	area := narrow(reach(by).Area, q.Village)
	if area == "" {
		return nil, false, nil
	}
	var hits []hit
	var err error
	if q.Name == "" && q.Pinyin == "" && len(q.Sounds) == 0 && q.IDTail == "" && q.Phone == "" {
		hits, err = r.list(ctx, area, q)
	} else {
		hits, err = r.search(ctx, area, q)
	}
	if err != nil || len(hits) == 0 {
		return nil, false, fail(op, err)
	}
	more := len(hits) > q.Limit
	hits = hits[:min(len(hits), q.Limit)]
	ids, owners := make([]string, len(hits)), make(map[string]hit, len(hits))
	for i, h := range hits {
		ids[i], owners[h.household] = h.household, h
	}
	cards, err := r.cards(ctx, ids, q.Limit, owners)
	return cards, more, fail(op, err)
}

// hit is a household that was found, and by what.
type hit struct {
	household string
	rank      int
	owner     string // member, or household for a phone
	by        string // "id", "phone", or "" for a name
}

// list is the page of all households of an area, or of one of its groups.
func (r households) list(ctx context.Context, area string, q models.Query) ([]hit, error) {
	from, to := span(area)
	tx := r.on(ctx).Model(&models.Household{})
	if models.LevelOf(area) == models.Village {
		tx = tx.Where("village = ?", area)
	} else {
		tx = tx.Where("id >= ? AND id < ?", from, to)
	}
	if q.Group != "" {
		tx = tx.Where("group_key = ?", models.GroupKey(q.Group))
	}
	var ids []string
	err := tx.Where("id > ?", q.After).Order("id").Limit(q.Limit+1).Pluck("id", &ids).Error
	hits := make([]hit, len(ids))
	for i, id := range ids {
		hits[i] = hit{household: id}
	}
	return hits, err
}

// search asks every way at once and ranks what comes back.
func (r households) search(ctx context.Context, area string, q models.Query) ([]hit, error) {
	s, err := r.newSearch(ctx, area, q)
	if err != nil {
		return nil, err
	}
	rows, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	hits := s.hits(rows)
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.household, b.household))
	})
	if q.After == "" {
		return hits, nil
	}
	at := slices.IndexFunc(hits, func(h hit) bool { return h.household == q.After })
	if at < 0 { // withdrawn since the last page
		return nil, nil
	}
	return hits[at+1:], nil
}

// card is a row of the query below: a household with one of its members.
type card struct {
	ID, Village, GroupName, HeadName, VillageName string
	MemberCount, Version                          int
	MemberID, MemberName, Sex                     string
	Birth                                         models.Date
}

// cards reads the cards of ids, in their order, with all members' names at once.
func (s *Store) cards(ctx context.Context, ids []string, size int, owners map[string]hit) ([]models.Card, error) {
	var rows []card
	err := s.on(ctx).Raw(`SELECT h.id, h.village, h.group_name, h.head_name, h.member_count, h.version,
			COALESCE(a.name, '') AS village_name, COALESCE(m.id, '') AS member_id, COALESCE(m.name, '') AS member_name,
			COALESCE(m.sex, '') AS sex, COALESCE(m.birth, '') AS birth
		FROM households h LEFT JOIN areas a ON a.code = h.village LEFT JOIN members m ON m.household_id = h.id
		WHERE h.id IN ? ORDER BY m.relation = 'head' DESC, m.seq, m.id`, padded(slices.Clone(ids), size)).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	found := make(map[string]*models.Card, len(ids))
	for _, row := range rows {
		c := found[row.ID]
		if c == nil {
			c = &models.Card{
				ID: row.ID, Village: row.Village, VillageName: row.VillageName, Group: row.GroupName,
				Head: row.HeadName, Members: row.MemberCount, Version: row.Version, MatchedBy: owners[row.ID].by,
			}
			found[row.ID] = c
		}
		isHead := row.MemberName == row.HeadName
		if isHead && c.HeadBirth == "" && c.HeadSex == "" {
			c.HeadBirth, c.HeadSex = row.Birth, row.Sex
		}
		if o := owners[row.ID]; o.by == "" && o.owner == row.MemberID && !isHead {
			c.MatchedBy = row.MemberName
		}
	}
	out := make([]models.Card, 0, len(ids))
	for _, id := range ids {
		if c := found[id]; c != nil {
			out = append(out, *c)
		}
	}
	return out, nil
}
