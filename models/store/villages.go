package store

import (
	"context"
	"time"

	"github.com/huhuqing/huhuqing/models"
)

// A list of the villages of an area lets the database jump to each of them in
// the lookups. 512 is three big counties; a province is searched by a join.
const (
	maxListed   = 512
	villagesFor = time.Minute // villages are founded rarely, and each replica asks for itself
)

// villageList is what a Store remembers of an area.
type villageList struct {
	codes []string
	until time.Time
}

// villages are the village codes within an area, at most maxListed+1 of them.
func (s *Store) villages(ctx context.Context, area string) ([]string, error) {
	if models.LevelOf(area) == models.Village {
		return []string{area}, nil
	}
	if known, ok := s.known.Load(area); ok && s.now().Before(known.(villageList).until) {
		return known.(villageList).codes, nil
	}
	from, to := span(area)
	var codes []string
	err := s.on(ctx).Model(&models.Area{}).Where("code >= ? AND code < ? AND level = ?", from, to, models.Village).
		Order("code").Limit(maxListed+1).Pluck("code", &codes).Error
	if err == nil && !s.inTx { // a transaction may see what never comes to be
		s.known.Store(area, villageList{codes, s.now().Add(villagesFor)})
	}
	return codes, err
}

// listSize rounds up, so that few lengths of the list are ever prepared.
func listSize(n int) int {
	for _, size := range []int{1, 16, 64, 256} {
		if n <= size {
			return size
		}
	}
	return maxListed
}
