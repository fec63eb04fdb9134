package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// search is one query over the lookups: a UNION of one narrow range per way of
// searching. Ranges are written with < and >, never LIKE: both databases use the
// index for them, compare byte by byte, and there are no wildcards to escape.
type search struct {
	*Store
	q     models.Query
	from  string // FROM and WHERE that keep it in scope
	scope []any
	wide  bool // more villages than can be listed
	parts []string
	args  []any
}

// foundRow is a lookup with the sealed number it was made of, where that is needed.
type foundRow struct {
	Kind, Value, Owner, Whole string
	Head                      bool
}

func (r foundRow) household() string { return r.Owner[:models.HouseholdDigits] }

// last sorts after every character.
const last = "\U0010FFFF"

func (s *Store) newSearch(ctx context.Context, area string, q models.Query) (*search, error) {
	villages, err := s.villages(ctx, area)
	if err != nil {
		return nil, err
	}
	f := &search{Store: s, q: q}
	if len(villages) <= maxListed {
		f.from, f.scope = "lookups n WHERE n.village IN ?", []any{padded(villages, listSize(len(villages)))}
	} else {
		from, to := span(area)
		join := "CROSS JOIN" // SQLite keeps the order of a CROSS JOIN, MySQL that of a STRAIGHT_JOIN
		if s.mysql {
			join = "STRAIGHT_JOIN"
		}
		f.wide = true
		f.from = "areas a " + join + " lookups n ON n.village = a.code WHERE a.code >= ? AND a.code < ? AND a.level = 'village'"
		f.scope = []any{from, to}
	}
	if q.Group != "" {
		f.from += " AND EXISTS (SELECT 1 FROM households h WHERE h.id = SUBSTR(n.owner, 1, 16) AND h.group_key = ?)"
		f.scope = append(f.scope, models.GroupKey(q.Group))
	}
	f.words()
	return f, f.numbers()
}

// words adds the ways to find a name.
func (f *search) words() {
	const names = "n.kind IN ('name', 'alias')"
	if name := f.q.Name; name != "" {
		f.add("''", names+" AND n.value >= ? AND n.value < ?", name, name+last)
		if !f.wide { // nobody waits for every name of a province
			f.add("''", names+" AND INSTR(n.value, ?) > 1", name)
		}
	}
	if p := letters(f.q.Pinyin); p != "" {
		f.add("''", "n.kind IN ('pinyin', 'initials') AND n.value >= ? AND n.value < ?", p, p+last)
	}
	if len(f.q.Sounds) > 0 {
		f.add("''", "n.kind = 'sound' AND n.value IN ?", padded(slices.Clone(f.q.Sounds), 8))
	}
}

// letters is what somebody typed as pinyin, the way it is kept.
func letters(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), "")) }

// The sealed numbers behind their tails.
const (
	wholeID    = "(SELECT m.id_no FROM members m WHERE m.id = n.owner)"
	wholePhone = "(SELECT h.phone FROM households h WHERE h.id = n.owner)"
)

// numbers adds the ways to find an ID number or a phone by all or its end.
func (f *search) numbers() error {
	id, phone := strings.ToUpper(strings.TrimSpace(f.q.IDTail)), strings.TrimSpace(f.q.Phone)
	if (id != "" && len(id) < 4) || (phone != "" && len(phone) < 4) {
		return &models.Error{Code: models.Invalid, Op: "find households", Key: "tail_short"}
	}
	if len(id) >= 18 {
		f.blind("''", kindID, citizen(models.IDNumber(id)))
	}
	if n := len(id); n >= 4 && n < 18 || n > 18 {
		f.tail(wholeID, kindID6, kindID4, id)
	}
	if len(phone) == 11 {
		f.blind("''", kindPhone, phone)
	} else if phone != "" {
		f.tail(wholePhone, kindPhone6, kindPhone4, phone)
	}
	return nil
}

// tail searches by the longest indexed end; what is longer is compared with the
// number itself afterwards.
func (f *search) tail(whole, six, four, text string) {
	switch len(text) {
	case 6:
		f.blind("''", six, text)
	case 4:
		f.blind("''", four, text)
	case 5:
		f.blind(whole, four, seal.Tail(text, 4))
	default:
		f.blind(whole, six, seal.Tail(text, 6))
	}
}

func (f *search) blind(whole, kind, text string) {
	f.add(whole, "n.kind = ? AND n.value IN ?", kind, f.keys.Blinds(kind, text))
}

func (f *search) add(whole, where string, args ...any) {
	f.parts = append(f.parts, fmt.Sprintf(
		"SELECT * FROM (SELECT n.kind, n.value, n.owner, n.head, %s AS whole FROM %s AND %s LIMIT %d) AS p%d",
		whole, f.from, where, hitsMost, len(f.parts)))
	f.args = append(append(f.args, f.scope...), args...)
}

func (f *search) run(ctx context.Context) ([]foundRow, error) {
	if len(f.parts) == 0 {
		return nil, nil
	}
	var rows []foundRow
	err := f.on(ctx).Raw(strings.Join(f.parts, " UNION ALL "), f.args...).Scan(&rows).Error
	return rows, err
}

// hits keeps the best row of each household. Asked for words and digits, a
// household needs one of each.
func (f *search) hits(rows []foundRow) []hit {
	words, numbers := make(map[string]hit), make(map[string]hit)
	for _, row := range rows {
		into, h := words, f.hit(row)
		if h.by != "" {
			into = numbers
			if !f.ends(row) {
				continue
			}
		}
		if best, ok := into[h.household]; !ok || h.rank < best.rank || (h.rank == best.rank && row.Head && best.owner != h.owner) {
			into[h.household] = h
		}
	}
	both := f.q.Name+f.q.Pinyin != "" || len(f.q.Sounds) > 0
	both = both && f.q.IDTail+f.q.Phone != ""
	var out []hit
	for id, h := range words {
		if _, ok := numbers[id]; ok || !both {
			out = append(out, h)
		}
	}
	for id, h := range numbers {
		if _, ok := words[id]; !ok && !both {
			out = append(out, h)
		}
	}
	return out
}

// hit ranks one row.
func (f *search) hit(row foundRow) hit {
	h := hit{household: row.household(), owner: row.Owner}
	switch row.Kind {
	case kindName, kindAlias:
		switch {
		case row.Value == f.q.Name && row.Head && row.Kind == kindName:
			h.rank = rankHead
		case row.Value == f.q.Name:
			h.rank = rankMember
		case strings.HasPrefix(row.Value, f.q.Name):
			h.rank = rankPrefix
		default:
			h.rank = rankPart
		}
	case kindPinyin, kindInitials:
		h.rank = rankPinyin
	case kindSound:
		h.rank = rankHomophone
	case kindPhone, kindPhone6, kindPhone4:
		h.by = "phone"
	default:
		h.by = "id"
	}
	return h
}

// ends compares with the number itself when the index knew only a part of what
// was asked for.
func (f *search) ends(row foundRow) bool {
	if row.Whole == "" {
		return true
	}
	purpose, want := "members.id_no", strings.ToUpper(strings.TrimSpace(f.q.IDTail))
	if strings.HasPrefix(row.Kind, kindPhone) {
		purpose, want = "households.phone", strings.TrimSpace(f.q.Phone)
	}
	number, err := f.keys.OpenText(purpose, row.Whole)
	number = strings.ToUpper(number)
	return err == nil && (strings.HasSuffix(number, want) || strings.HasSuffix(citizen(models.IDNumber(number)), want))
}
