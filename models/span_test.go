package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestSpan(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"huhuqing-2018", "monitoring-2021"} {
		p, err := models.LoadProfile(name)
		require.NoError(t, err)
		for _, c := range []struct{ from, to, want string }{
			{"2018-10-31", "2018-11-01", "1天"},
			{"2018-10-31", "2018-12-29", "59天"},
			{"2018-10-31", "2018-12-31", "2个月"},
			{"2018-10", "2018-12-31", "2个月"},
			{"2018-01-31", "2018-12-30", "10个月"},
			{"2018-02-28", "2019-02-28", "1年"},
			{"2018-12-20", "2026-11-28", "7年多"},
			{"2018", "2026-12-31", "8年"},
			{"2018-03-31", "2026-11-28", "8年多"},
		} {
			got, long := p.Span(models.Date(c.from), models.Date(c.to))
			require.Equal(t, c.want, got, c.from+" "+c.to)
			require.Equal(t, len(got) > 0 && (got[len(got)-len("年"):] == "年" || len(got) > 6 && got[len(got)-len("年多"):] == "年多"), long, got)
		}
	}
}
