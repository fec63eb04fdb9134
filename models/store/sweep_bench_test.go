package store

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// seedReminders gives n people reminders of households that are watched.
func seedReminders(t testing.TB, s *Store, n int) {
	t.Helper()
	for i := range n {
		id := fmt.Sprintf("%s%04d", villageCode(i%20), i)
		row := reminder(id, fmt.Sprint("m", i), "-7", func(r *models.Reminder) {
			r.PersonID, r.State = "p"+strconv.Itoa(i), []models.ReminderState{models.ReminderOpen, models.ReminderTold, models.ReminderVoid}[i%3]
		})
		row.At = clock
		for _, rec := range []any{
			&row, &models.Watch{Programme: prog, Thing: id, Next: models.Date(clock.AddDate(0, 0, i).Format(time.DateOnly)), Version: 1},
			&models.Binding{User: "o" + strconv.Itoa(i), PersonID: row.PersonID, At: clock},
			&models.RemindSetting{PersonID: row.PersonID, At: "08:00", Amount: models.RemindAll, UpdatedAt: clock},
			&models.Telling{PersonID: row.PersonID, Day: "2018-10-30", Push: strconv.Itoa(i), Outcome: "sent", At: clock},
			&models.Mute{HouseholdID: fmt.Sprintf("%s%04d", villageCode(i%20), i), Village: villageCode(i % 20), Until: "2018-10-01", At: clock},
		} {
			require.NoError(t, s.on(t.Context()).Create(rec).Error)
		}
	}
}

// BenchmarkSweep finds what a day brings among the due dates of many measures. Six to
// seven dates stand in one watch: the next day of their household. HHQ_BENCH_MEASURES
// says among how many measures, 15,000,000 is a province (domain.md §7);
// HHQ_BENCH_BACKEND (sqlite, mysql) on which database. The plan is
// logged, and what was read is counted.
func BenchmarkSweep(b *testing.B) {
	measures, err := strconv.Atoi(cmp.Or(os.Getenv("HHQ_BENCH_MEASURES"), "130000"))
	require.NoError(b, err)
	const perHousehold, days, page = 6.5, 31, 200
	n := int(float64(measures) / perHousehold)
	for _, back := range backends {
		if back.name == "memory" || os.Getenv("HHQ_BENCH_BACKEND") != "" && os.Getenv("HHQ_BENCH_BACKEND") != back.name {
			continue
		}
		s := openAt(b, back.url(b), keyring(b, testKey))
		require.NoError(b, s.Migrate(b.Context()))
		begin := time.Date(2018, 10, 31, 0, 0, 0, 0, time.UTC)
		require.NoError(b, s.atomic(b.Context(), "seed", func(tx *Store) error {
			rows := make([]models.Watch, 0, 6400)
			for i := range n {
				thing := fmt.Sprintf("53%02d%02d%03d%03d%04d", i/9000000, i/90000%90+1, i/9000%10+200, i/60%150+200, i%60+i/90000*60)
				rows = append(rows, models.Watch{Programme: prog, Thing: thing[:min(len(thing), 16)], Next: models.Date(begin.AddDate(0, 0, i%days).Format(time.DateOnly)), Version: 1})
				if len(rows) == cap(rows) || i == n-1 {
					if err := insertIgnored(tx, rows); err != nil {
						return err
					}
					rows = rows[:0]
				}
			}
			return nil
		}))
		var all int64
		require.NoError(b, s.on(b.Context()).Model(&models.Watch{}).Count(&all).Error)
		s.plan(b, page)
		b.Run(fmt.Sprintf("%s/page of %d among %d", back.name, page, all), func(b *testing.B) {
			after := models.Watch{}
			for b.Loop() {
				ws, err := s.Reminders().Watched(b.Context(), prog, today, after, page)
				require.NoError(b, err)
				require.NotEmpty(b, ws)
				if after = ws[len(ws)-1]; len(ws) < page {
					after = models.Watch{}
				}
			}
		})
		b.Run(back.name+"/whole day", func(b *testing.B) {
			for b.Loop() {
				found := 0
				for after := (models.Watch{}); ; {
					ws, err := s.Reminders().Watched(b.Context(), prog, today, after, page)
					require.NoError(b, err)
					if found += len(ws); len(ws) < page {
						break
					}
					after = ws[len(ws)-1]
				}
				b.ReportMetric(float64(found), "households")
			}
		})
	}
}

// plan logs how the database finds a page in the middle of a day, and holds MariaDB to
// reading no more rows than it gives.
func (s *Store) plan(b *testing.B, page int) {
	b.Helper()
	ws, err := s.Reminders().Watched(b.Context(), prog, today, models.Watch{}, page)
	require.NoError(b, err)
	var none []models.Watch
	stmt := reminders{s}.rest(b.Context(), prog, ws[len(ws)-1], page).Session(&gorm.Session{DryRun: true}).Find(&none).Statement
	query, how := s.db.Explain(stmt.SQL.String(), stmt.Vars...), "EXPLAIN QUERY PLAN "
	if s.mysql {
		how = "ANALYZE "
	}
	var plan []map[string]any
	require.NoError(b, s.on(b.Context()).Raw(how+query).Scan(&plan).Error)
	b.Logf("%s\n%v", query, plan)
	if s.mysql {
		read, err := strconv.ParseFloat(fmt.Sprint(plan[0]["r_rows"]), 64)
		require.NoError(b, err)
		require.LessOrEqual(b, read, float64(page+1))
	}
}

func insertIgnored(tx *Store, rows []models.Watch) error {
	for part := range chunks(rows) {
		text, args := watchRows(part)
		if err := tx.on(tx.db.Statement.Context).Exec(text, args...).Error; err != nil {
			return err
		}
	}
	return nil
}

// watchRows is one plain INSERT: gorm would take longer to build it than the database to run it.
func watchRows(rows []models.Watch) (text string, args []any) {
	text = "INSERT INTO watches (programme, thing, next_on, version) VALUES " + strings.TrimSuffix(strings.Repeat("(?, ?, ?, 1), ", len(rows)), ", ")
	for _, w := range rows {
		args = append(args, w.Programme, w.Thing, w.Next)
	}
	return text, args
}
