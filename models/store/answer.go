package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// facts are the rows of what lies around a household, by part.
type facts map[string][]fact

// around is what they say to a dossier, schools aside.
func (fs facts) around(d *models.Dossier) *models.Around {
	a := &models.Around{
		SameText: map[string]int{}, Load: map[string]int{}, Spread: map[string][2]float64{},
		Departed: map[string]bool{}, PoorHelpers: map[string]bool{}, ExitQuarters: map[int][4]int{},
	}
	texts, loads := fs.numbers("text"), fs.numbers("load")
	for _, text := range textsOf(d) {
		a.SameText[text] = texts[models.TextKey(text)]
	}
	for who, key := range models.LoadKeys(d) {
		a.Load[who] = loads[key]
	}
	for _, f := range fs["departed"] {
		a.Departed[f.K] = true
	}
	poor := fs.numbers("poor")
	for _, h := range d.Helpers {
		if poor[h.IDHash] > 0 {
			a.PoorHelpers[h.ID] = true
		}
	}
	most := fs["most"]
	for _, least := range fs["least"] {
		if i := slices.IndexFunc(most, func(f fact) bool { return f.K == least.K }); i >= 0 {
			a.Spread[least.K] = [2]float64{least.N, most[i].N}
		}
	}
	a.Prices = fs.prices()
	fs.village(a, d.Household.Village)
	return a
}

func (fs facts) numbers(part string) map[string]int {
	out := make(map[string]int, len(fs[part]))
	for _, f := range fs[part] {
		out[f.K] = int(f.N)
	}
	return out
}

// village is what the sums of the village say, and how far it and its county are.
func (fs facts) village(a *models.Around, village string) {
	var all models.Summary
	for _, f := range fs["sum"] {
		all.Add(f.K, int64(f.N))
	}
	measures := 0
	for _, n := range all.Measures {
		measures += n
	}
	if alike := fs.numbers("dose")[""]; measures > 0 {
		a.SameMeasureShare = float64(alike) / float64(measures)
	}
	for at, l := range all.Exits {
		if q := a.ExitQuarters[at.Year]; at.Quarter >= 1 && at.Quarter <= 4 {
			q[at.Quarter-1] = l.Households
			a.ExitQuarters[at.Year] = q
		}
	}
	names := map[string]string{}
	for _, f := range fs["name"] {
		names[f.K] = f.S
	}
	a.Village = names[village]
	for _, f := range fs["leaving"] {
		l := models.AreaLeaving{Area: names[f.K], Level: models.LevelOf(f.K), Year: int(f.N)}
		if l.Level == models.Village {
			l.All = all.People
			for at, x := range all.Exits {
				if at.Year <= l.Year {
					l.Left += x.People
				}
			}
		} else {
			l.All, l.Left = fs.numbers("villages")[""], fs.numbers("left")[""]
		}
		a.Leaving = append(a.Leaving, l)
	}
}

// prices are the medians of the steps.
func (fs facts) prices() map[models.PriceOfUnit]float64 {
	steps := map[models.PriceOfUnit][]int{}
	for _, f := range fs["price"] {
		part := strings.Split(f.K, "|")
		step, err := strconv.Atoi(part[len(part)-1])
		if len(part) != 3 || err != nil {
			continue
		}
		p := models.PriceOfUnit{Cat2: part[0], Unit: part[1]}
		for range int(f.N) {
			steps[p] = append(steps[p], step)
		}
	}
	out := make(map[models.PriceOfUnit]float64, len(steps))
	for p, list := range steps {
		slices.Sort(list)
		out[p] = models.PriceOf(list[len(list)/2])
	}
	return out
}

// schoolsBefore opens what was last said of each member's school a year and two
// years ago.
func (s *Store) schoolsBefore(fs facts) (map[string][]string, error) {
	out := map[string][]string{}
	for _, part := range []string{"school1", "school2"} {
		last := map[string]fact{}
		for _, f := range fs[part] {
			if f.N > last[f.K].N {
				last[f.K] = f
			}
		}
		for member, f := range last {
			was, err := s.keys.OpenText("changes.new_value", f.S)
			if err != nil {
				return nil, err
			}
			out[member] = append(out[member], was)
		}
	}
	return out, nil
}

func (s *Store) facts(ctx context.Context, u *union) (facts, error) {
	rows, err := s.db.Statement.ConnPool.QueryContext(ctx, strings.Join(u.text, " UNION ALL "), u.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := facts{}
	for rows.Next() {
		var part string
		var f fact
		if err := rows.Scan(&part, &f.K, &f.S, &f.N); err != nil {
			return nil, err
		}
		out[part] = append(out[part], f)
	}
	return out, rows.Err()
}
