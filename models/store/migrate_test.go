package store

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"github.com/huhuqing/huhuqing/models"
)

// TestMigrateBringsAnOldDatabaseForward builds the first schema, fills it the way
// the first program did, and goes to the newest.
func TestMigrateBringsAnOldDatabaseForward(t *testing.T) {
	t.Parallel()
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			s := openAt(t, b.url(t), keyring(t, testKey))
			require.NoError(t, s.migrateTo(ctx, 1))
			refused(t, s.CheckSchema(ctx), models.Conflict, "schema_older")
			settle(t, s)
			first := firstVersion(s.on(ctx))
			old := wen()
			old.Household.ID, old.Household.Version = damiao+"0007", 3
			require.NoError(t, first(&old.Household))
			for i := range old.Members {
				m := &old.Members[i]
				m.HouseholdID, m.Village, m.Seq = old.Household.ID, damiao, i
				m.ID = old.Household.ID + []string{"01", "02", "04", "09"}[i]
				require.NoError(t, first(m))
			}
			twice := old.Members[0] // the first program did not notice
			twice.ID, twice.HouseholdID = damiao+"000801", damiao+"0008"
			require.NoError(t, first(&models.Household{ID: damiao + "0008", Village: damiao, Version: 1}))
			require.NoError(t, first(&twice))
			require.NoError(t, s.on(ctx).Create(&serial{Scope: damiao, Last: 8}).Error)

			require.NoError(t, s.Migrate(ctx))
			require.NoError(t, s.Migrate(ctx), "again changes nothing")
			require.NoError(t, s.CheckSchema(ctx))

			got := stored(t, s, ann(""), old.Household.ID)
			require.Empty(t, models.Diff(&old.Household, &got.Household))
			require.Equal(t, 3, got.Household.Version)
			for i := range old.Members {
				require.Empty(t, models.Diff(&old.Members[i], &got.Members[i]))
			}
			for _, q := range []models.Query{{Name: "岩𠮷"}, {Pinyin: "yuxiang"}, {Group: "3组"}, {Phone: "5678"}, {IDTail: "002X"}} {
				cards, _, err := s.Households().Find(ctx, ann(""), q)
				require.NoError(t, err)
				require.Equal(t, []string{damiao + "0007"}, []string{cards[0].ID}, "%+v", q)
			}
			dups, err := s.Households().DupID(ctx, []models.IDNumber{"539901197203050016"}, "")
			require.NoError(t, err)
			require.Len(t, dups, 1, "the first one counts")

			got.Members = append(got.Members, models.Member{Name: "新人"})
			_, err = s.Households().Save(ctx, ann("m"), got, 3, clock)
			require.NoError(t, err)
			require.Equal(t, damiao+"000710", got.Members[4].ID, "no number is used again")
			require.Equal(t, damiao+"0009", create(t, s, ann("m"), li(damiao, "")).Household.ID)
		})
	}
}

// firstVersion writes a record without the columns the first schema did not have.
func firstVersion(db *gorm.DB) func(any) error {
	return func(rec any) error {
		return db.Omit("group_key", "members_ever", "rows_ever", "rechecks", "id_hash").Create(rec).Error
	}
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		require.NoError(t, s.on(ctx).Exec("INSERT INTO schema_versions (version_id, is_applied) VALUES (99, 1)").Error)
		refused(t, s.Migrate(ctx), models.Conflict, "schema_newer")
		refused(t, s.CheckSchema(ctx), models.Conflict, "schema_newer")
	})
}

// TestSchemaHasEveryColumn holds the SQL against the records.
func TestSchemaHasEveryColumn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *Store) {
		for _, record := range []any{
			models.Area{}, models.Person{}, models.Binding{}, models.Invite{}, models.Feedback{}, models.Household{}, models.Member{},
			models.Condition{}, models.Income{}, models.Cause{}, models.Measure{}, models.Fund{}, models.Output{}, models.Duty{},
			models.Helper{}, models.Exit{}, models.AreaExit{}, models.Waiver{}, models.Light{}, sum{}, models.Photo{}, models.Change{}, models.Access{}, models.Turn{},
			models.Draft{}, lookup{}, serial{}, bindFailure{}, models.Reminder{}, models.Watch{}, models.Telling{}, models.RemindSetting{}, models.Mute{}, sweep{}, lease{},
		} {
			sc, err := s.schemaOf(record)
			require.NoError(t, err)
			cols, err := s.db.Migrator().ColumnTypes(record)
			require.NoError(t, err)
			var have []string
			for _, c := range cols {
				have = append(have, c.Name())
			}
			require.ElementsMatch(t, sc.DBNames, have, reflect.TypeOf(record).Name())
			for _, ix := range sc.ParseIndexes() {
				require.True(t, s.db.Migrator().HasIndex(record, ix.Name), "%s.%s", sc.Table, ix.Name)
			}
		}
	})
}

// TestReplicasMigrateTogether lets several begin on an empty database at once.
func TestReplicasMigrateTogether(t *testing.T) {
	t.Parallel()
	url := mysqlURL(t)
	errs := make(chan error)
	for range 3 {
		s := openAt(t, url, keyring(t, testKey))
		go func() { errs <- s.Migrate(t.Context()) }()
	}
	for range 3 {
		require.NoError(t, <-errs)
	}
}

// TestMigrateSealsPlans goes on from the last schema that kept the words of a plan as
// they were said.
func TestMigrateSealsPlans(t *testing.T) {
	t.Parallel()
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			s := openAt(t, b.url(t), keyring(t, testKey))
			require.NoError(t, s.migrateTo(ctx, 10))
			id := damiao + "0007"
			sealedFirst := s.keys.SealText("causes.descr", "早就封好的")
			for sql, args := range map[string][]any{
				"INSERT INTO causes (household_id, village, programme, seq, kind, descr) VALUES (?, ?, 'p', 0, 'yinbing', ?)":      {id, damiao, "户主尿毒症，每周透析三次"},
				"INSERT INTO causes (household_id, village, programme, seq, kind, descr) VALUES (?, ?, 'p', 1, 'zhangai', ?)":      {id, damiao, sealedFirst},
				"INSERT INTO measures (id, household_id, village, programme, version, content) VALUES (?, ?, ?, 'p', 1, '送县医院治疗')": {id + "m01", id, damiao},
			} {
				require.NoError(t, s.on(ctx).Exec(sql, args...).Error)
			}
			require.NoError(t, s.Migrate(ctx))
			require.NoError(t, s.Migrate(ctx), "again changes nothing")

			var raw []string
			require.NoError(t, s.on(ctx).Raw("SELECT descr FROM causes UNION ALL SELECT content FROM measures").Scan(&raw).Error)
			require.Len(t, raw, 3)
			for _, text := range raw {
				require.NotContains(t, text, "透析")
				require.NotContains(t, text, "医院")
			}
			require.Contains(t, raw, sealedFirst, "sealed once is enough")
			var causes []models.Cause
			require.NoError(t, s.on(ctx).Order("seq").Find(&causes).Error)
			require.Equal(t, "户主尿毒症，每周透析三次", causes[0].Desc)
			require.Equal(t, "早就封好的", causes[1].Desc)
			var measures []models.Measure
			require.NoError(t, s.on(ctx).Find(&measures).Error)
			require.Equal(t, "送县医院治疗", measures[0].Content)
		})
	}
}
