package flows_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
	"github.com/huhuqing/huhuqing/dialog/flows"
	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/demo"
	"github.com/huhuqing/huhuqing/models/seal"
	"github.com/huhuqing/huhuqing/models/store"
)

// Conversations as scripts (testdata/*.talk), on a real SQLite store, the
// session written and read again between any two lines:
//
//	as 王建国            who speaks (village.People)
//	seed work            the households of work_test.go are on file
//	programme NAME       the profile from here on: built in, or a .json file
//	at 2018-11-20 09:00  the clock; it goes on by 20 s a line
//	> text               what is said;  >> kind text  for photo, place, menu, follow …
//	< part               must be in the reply
//	<! part              must not be in the reply
//	! kind               an effect of that kind must have been made
//	village              the households of the demo village are on file, and judged
//	count 30             so many > lines at most up to here in this script
func TestTalks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.talk")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".talk"), func(t *testing.T) {
			t.Parallel()
			runTalk(t, file)
		})
	}
}

// stage is the village with its store and what the last line brought.
type stage struct {
	t        testing.TB
	store    *store.Store
	profile  *models.Profile
	keys     *seal.Keyring
	conv     *flows.Conversation
	now      time.Time
	who      string
	sessions map[string][]byte
	versions map[string]int64
	reply    string
	last     dialog.Reply
	effects  []string
	said, n  int
}

func newStage(t testing.TB) *stage {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.db")
	require.NoError(t, os.WriteFile(path, places(), 0o600))
	s := &stage{t: t, keys: keys(), sessions: map[string][]byte{}, versions: map[string]int64{}, now: opening}
	s.store = openStore(path, func() time.Time { return s.now })
	t.Cleanup(func() { require.NoError(t, s.store.Close()) })
	s.programme("huhuqing-2018")
	return s
}

// opening is when a stage begins.
var opening = time.Date(2018, 11, 20, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

var keys = sync.OnceValue(func() *seal.Keyring { return must(seal.Parse(seal.Generate())) })

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func openStore(path string, now func() time.Time) *store.Store {
	return must(store.Open(store.Options{
		URL: "sqlite:" + path, Keys: keys(), Log: slog.New(slog.DiscardHandler), Now: now,
		Reading: func(name string) (full, initials, sounds []string) {
			k := zh.Keys(name)
			return k.Full, k.Initials, k.Sound
		},
	}))
}

// places is a migrated database with areas and people: to copy it takes a fraction
// of the time that making it takes, and there are many stages.
var places = sync.OnceValue(func() []byte {
	dir := must(os.MkdirTemp("", "stage"))
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "t.db")
	s := openStore(path, func() time.Time { return opening })
	err := errors.Join(settle(s), s.Close())
	return must(os.ReadFile(must(path, err)))
})

func settle(s *store.Store) error {
	ctx := context.Background()
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	if _, err := s.Areas().Put(ctx, []models.Area{
		{Code: "53", Name: "云南省", Level: models.Province}, {Code: "5399", Name: "示范州", Level: models.Prefecture, Parent: "53"},
		{Code: "539901", Name: "示范县", Level: models.County, Parent: "5399"},
		{Code: "539901200", Name: "清水乡", Level: models.Township, Parent: "539901"},
		{Code: "539901200201", Name: "大水井村", Level: models.Village, Parent: "539901200"},
		{Code: "539901200202", Name: "小箐村", Level: models.Village, Parent: "539901200"},
	}); err != nil {
		return err
	}
	for _, p := range []models.Person{
		{ID: "wang", Name: "王建国", Role: models.RoleVillage, AreaCode: "539901200201", Groups: models.Set{"三组"}, Phone: "13900000101", Unit: "大水井村委会", Post: "村委会副主任", Active: true},
		{ID: "li", Name: "李梅", Role: models.RoleVillage, AreaCode: "539901200201", Active: true},
		{ID: "yan", Name: "岩叫", Role: models.RoleVillage, AreaCode: "539901200202", Active: true},
		{ID: "zhao", Name: "赵明", Role: models.RoleTownship, AreaCode: "539901200", Phone: "13900000105", Unit: "清水乡人民政府", Post: "副乡长", Active: true},
		{ID: "liu", Name: "刘文斌", Role: models.RoleDepartment, AreaCode: "539901", Department: "农业局", Phone: "13900000106", Unit: "示范县农业局", Post: "副局长", Active: true},
		{ID: "chen", Name: "陈丽", Role: models.RoleDepartment, AreaCode: "539901", Department: "住房和城乡建设局", Unit: "示范县住房和城乡建设局", Post: "危改办主任", Active: true},
		{ID: "luo", Name: "罗敏", Role: models.RoleDepartment, AreaCode: "539901", Department: "卫生和计划生育局", Unit: "示范县卫生和计划生育局", Post: "科长", Active: true},
		{ID: "he", Name: "何勇", Role: models.RoleDepartment, AreaCode: "539901", Department: "人力资源和社会保障局", Unit: "示范县人社局", Post: "股长", Active: true},
		{ID: "sun", Name: "孙丽", Role: models.RoleCounty, AreaCode: "539901", Active: true},
	} {
		if err := s.People().Add(ctx, &p); err != nil {
			return err
		}
		if p.ID == "li" {
			continue
		}
		err := s.People().Invite(ctx, models.Invite{Hash: "h" + p.ID, PersonID: p.ID, ExpiresAt: opening.Add(time.Hour)})
		if err != nil {
			return err
		}
		if _, err = s.People().Bind(ctx, "h"+p.ID, "o"+p.Name, opening); err != nil {
			return err
		}
	}
	return s.People().Invite(ctx, models.Invite{Hash: "hash:ABCDE23456", PersonID: "li", ExpiresAt: opening.Add(time.Hour)})
}

// programmes are the conversations of a profile, made once: they hold no state.
var programmes sync.Map // name → stage with profile and conv

// programme makes the conversations those of a profile: a built-in one or a file.
func (s *stage) programme(name string) {
	s.t.Helper()
	if made, ok := programmes.Load(name); ok {
		s.profile, s.conv = made.(stage).profile, made.(stage).conv
		return
	}
	profile, err := models.LoadProfile(name)
	require.NoError(s.t, err)
	s.profile = profile
	s.conv, err = flows.New(flows.Options{
		Profile: profile, Blind: func(c string) string { return "hash:" + c }, Seal: s.keys, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(s.t, err)
	programmes.Store(name, stage{profile: s.profile, conv: s.conv})
}

// take runs one turn the way dialog/turn does.
func (s *stage) take(in dialog.Input) {
	s.t.Helper()
	ctx := context.Background()
	s.n++
	s.now = s.now.Add(20 * time.Second)
	user := "o" + s.who
	in.User, in.At, in.Key = user, s.now, fmt.Sprintf("%s-%d", user, s.n)
	by := s.actor(user, in.Key)
	res, err := s.conv.Turn(ctx, s.sessions[user], in, by, s.store.Reader(), s.now)
	require.NoError(s.t, err)
	err = s.apply(ctx, res, by)
	if models.CodeOf(err) == models.Conflict {
		res, err = s.conv.Conflict(ctx, s.sessions[user], in, by, s.store.Reader(), s.now, err)
		require.NoError(s.t, err)
		err = s.apply(ctx, res, by)
	}
	require.NoError(s.t, err)
	s.sessions[user] = res.Session
	if by != nil && !res.Forget { // the durable session, as dialog/turn writes it: others can see what is open
		d := models.Draft{User: user, PersonID: by.PersonID, Household: res.Household, UpdatedAt: s.now}
		require.NoError(s.t, s.store.Turns().SaveSession(ctx, d, s.versions[user]))
		s.versions[user]++
	}
	s.effects = nil
	for _, e := range res.Effects {
		s.effects = append(s.effects, e.Kind())
	}
	s.last, s.reply = res.Reply, plainReply(res.Reply)
}

func (s *stage) apply(ctx context.Context, res dialog.Result, by *models.Actor) error {
	actor := models.Actor{}
	if by != nil {
		actor = *by
	}
	return s.store.Atomically(ctx, func(st models.Store) error {
		for _, e := range res.Effects {
			if err := e.(models.Effect).Apply(ctx, st, actor, s.now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *stage) actor(user, key string) *models.Actor {
	p, err := s.store.People().ByUser(context.Background(), user)
	if models.CodeOf(err) == models.NotFound {
		return nil
	}
	require.NoError(s.t, err)
	a, err := s.store.Areas().Area(context.Background(), p.AreaCode)
	require.NoError(s.t, err)
	return &models.Actor{PersonID: p.ID, Name: p.Name, Role: p.Role, Area: p.AreaCode, AreaName: a.Name, Groups: p.Groups, Department: p.Department, Source: key}
}

// village puts the households of models/demo into the store, as an import does, and
// has them judged.
func (s *stage) village() {
	s.t.Helper()
	ctx := context.Background()
	v := demo.Village(s.now)
	_, err := s.store.Areas().Put(ctx, v.Areas)
	require.NoError(s.t, err)
	for i := range v.Dossiers {
		d := &v.Dossiers[i]
		_, err := s.store.Households().Create(ctx, models.Actor{PersonID: "import", Role: models.RoleAdmin, Area: d.Household.Village, Source: "import"}, d, s.now)
		require.NoError(s.t, err)
	}
	n, err := s.keeper().Pass(ctx, s.now)
	require.NoError(s.t, err)
	require.Equal(s.t, len(v.Dossiers), n)
}

func (s *stage) keeper() *flows.Keeper {
	return &flows.Keeper{View: s.store.Reader(), Store: s.store, Profile: s.profile, Log: slog.New(slog.DiscardHandler)}
}

// plainReply is the reply as a person reads it.
func plainReply(r dialog.Reply) string {
	var b strings.Builder
	b.WriteString(r.Text)
	for _, o := range r.Options {
		b.WriteString("\n")
		if o.Number > 0 {
			fmt.Fprintf(&b, "%d ", o.Number)
		}
		b.WriteString(o.Label)
	}
	if r.Foot != "" {
		b.WriteString("\n" + r.Foot)
	}
	if r.Then != nil {
		b.WriteString("\n" + plainReply(*r.Then))
	}
	return b.String()
}

// print shows the talk when HHQ_TALK_OUT is set: to read replies aloud.
func (s *stage) print(line string) {
	if os.Getenv("HHQ_TALK_OUT") != "" {
		fmt.Printf("\n%s> %s\n%s\n", s.who, line, s.reply)
	}
}

func runTalk(t *testing.T, file string) {
	f, err := os.Open(file)
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	s := newStage(t)
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		s.line(fmt.Sprintf("%s:%d", file, n), sc.Text())
	}
	require.NoError(t, sc.Err())
}

// line runs one line of a script.
func (s *stage) line(at, text string) {
	s.t.Helper()
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.ReplaceAll(rest, `\n`, "\n")
	switch word {
	case "", "#":
	case "as":
		s.who = rest
	case "seed":
		s.seedWork()
	case "programme":
		s.programme(rest)
	case "at":
		at, err := time.ParseInLocation("2006-01-02 15:04", rest, s.now.Location())
		require.NoError(s.t, err)
		s.now = at
	case "village":
		s.village()
	case ">":
		s.said++
		s.take(dialog.Input{Kind: dialog.InputText, Text: rest})
		s.print(rest)
	case ">>":
		kind, arg, _ := strings.Cut(rest, " ")
		in := dialog.Input{Kind: dialog.InputKind(kind), Text: arg, Media: "media-" + arg}
		if in.Kind == dialog.InputPlace {
			in.Place = &dialog.Place{Lat: 22.1, Lng: 100.2, Label: arg}
		}
		s.take(in)
		s.print(rest)
	case "<":
		require.Contains(s.t, s.reply, rest, at)
	case "<!":
		require.NotContains(s.t, s.reply, rest, at)
	case "!":
		require.Contains(s.t, s.effects, rest, at)
	case "count":
		most := 0
		_, err := fmt.Sscan(rest, &most)
		require.NoError(s.t, err, at)
		require.LessOrEqual(s.t, s.said, most, "%s: messages so far", at)
		s.t.Logf("%s: %d messages, at most %d", at, s.said, most)
		s.said = 0
	default:
		require.Failf(s.t, "unknown line", "%s: %q", at, text)
	}
}
