package bot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

var jpeg = append([]byte("\xff\xd8\xff\xe0"), bytes.Repeat([]byte("face"), 500)...)

// photoRow is a table of one photo, with the store's rules.
type photoRow struct {
	models.Photo
	overtaken bool // somebody else has it when it is settled
	claimErr  error
	claims    []time.Time
}

func (r *photoRow) ClaimPhoto(_ context.Context, now time.Time, lease time.Duration) (models.Photo, error) {
	if r.claimErr != nil {
		return models.Photo{}, r.claimErr
	}
	if r.State != models.PhotoWaiting || r.NextTry.After(now) {
		return models.Photo{}, models.E(models.NotFound, "claim", nil)
	}
	r.claims = append(r.claims, now)
	r.Tries, r.NextTry = r.Tries+1, now.Add(lease)
	return r.Photo, nil
}

func (r *photoRow) SettlePhoto(_ context.Context, p models.Photo) error {
	if r.overtaken {
		r.overtaken = false
		return models.E(models.Conflict, "settle", nil)
	}
	r.Photo = p
	return nil
}

// medias answers every request for a file.
type medias func(ctx context.Context) (bot.Media, error)

func (f medias) Media(ctx context.Context, id string) (bot.Media, error) {
	if id != "m1" {
		return bot.Media{}, errors.New("another media")
	}
	return f(ctx)
}

type keeping struct {
	*photoRow
	album  *bot.Album
	folder string
	log    *bytes.Buffer
	reg    *prometheus.Registry
}

// keep runs Photos for a while of a clock that costs nothing.
func keep(t *testing.T, runs time.Duration, media medias, change ...func(*photoRow)) keeping {
	t.Helper()
	k := keeping{folder: filepath.Join(t.TempDir(), "photos"), log: &bytes.Buffer{}, reg: prometheus.NewRegistry()}
	keys, err := seal.Parse("k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	require.NoError(t, err)
	k.album = bot.NewAlbum(k.folder, keys)
	synctest.Test(t, func(t *testing.T) {
		k.photoRow = &photoRow{Photo: models.Photo{
			ID: "f-1", HouseholdID: "5306291012010001", Media: "m1", At: time.Now(), NextTry: time.Now(), State: models.PhotoWaiting,
		}}
		for _, f := range change {
			f(k.photoRow)
		}
		s, err := bot.NewPhotos(bot.PhotosOptions{
			Rows: k.photoRow, Media: media, Album: k.album, Now: time.Now, Metrics: bot.NewMetrics(k.reg), Log: slog.New(slog.NewJSONHandler(k.log, nil)),
		})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), runs)
		defer cancel()
		s.Run(ctx)
	})
	return k
}

func sends(m bot.Media) medias { return func(context.Context) (bot.Media, error) { return m, nil } }

func refuses(e bot.SendError) medias {
	return func(context.Context) (bot.Media, error) { return bot.Media{}, &e }
}

// counted wants one series of that state and reason at least once counted.
func (k keeping) counted(t *testing.T, state, reason string) {
	t.Helper()
	families, err := k.reg.Gather()
	require.NoError(t, err)
	var seen []string
	for _, f := range families {
		if f.GetName() == "huhuqing_photos_total" {
			for _, m := range f.GetMetric() {
				seen = append(seen, m.GetLabel()[1].GetValue()+" "+m.GetLabel()[0].GetValue()) // sorted by name
			}
		}
	}
	require.Contains(t, seen, state+" "+reason)
}

func TestAPhotoIsKeptSealed(t *testing.T) {
	t.Parallel()
	k := keep(t, time.Minute, sends(bot.Media{ContentType: "image/jpeg", Body: jpeg}), func(r *photoRow) { r.Tries = 2 })
	sum := sha256.Sum256(jpeg)
	require.Equal(t, models.PhotoKept, k.State)
	require.Equal(t, []any{"530629101201/f-1", len(jpeg), hex.EncodeToString(sum[:])}, []any{k.File, k.Bytes, k.SHA256})
	require.Equal(t, k.claims[0], *k.FetchedAt)
	k.counted(t, "kept", "")

	file := filepath.Join(k.folder, k.File)
	sealed, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NotContains(t, string(sealed), "face")
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
	got, err := k.album.Open(k.Photo)
	require.NoError(t, err)
	require.Equal(t, jpeg, got)
	other := k.Photo
	other.ID = "f-2"
	_, err = k.album.Open(other)
	require.ErrorIs(t, err, seal.ErrSealed, "it opens as no other photo")
	left, err := os.ReadDir(filepath.Join(k.folder, ".part"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestAlbum(t *testing.T) {
	t.Parallel()
	keys, err := seal.Parse(seal.Generate())
	require.NoError(t, err)
	folder := t.TempDir()
	a := bot.NewAlbum(folder, keys)
	p := models.Photo{ID: "f-1", HouseholdID: "5306291012010001", Tries: 3}
	t.Run("removes what a killed process left of the photo", func(t *testing.T) {
		require.NoError(t, os.Mkdir(filepath.Join(folder, ".part"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(folder, ".part", "f-1.2"), []byte("half"), 0o600))
		p.File, err = a.Put(p, jpeg)
		require.NoError(t, err)
		left, err := os.ReadDir(filepath.Join(folder, ".part"))
		require.NoError(t, err)
		require.Empty(t, left)
	})
	t.Run("puts it again", func(t *testing.T) {
		again, err := a.Put(p, []byte("again"))
		require.NoError(t, err)
		require.Equal(t, p.File, again)
		got, err := a.Open(p)
		require.NoError(t, err)
		require.Equal(t, "again", string(got))
	})
	t.Run("stays in its folder", func(t *testing.T) {
		_, err := a.Put(models.Photo{ID: "../../../out", HouseholdID: p.HouseholdID}, jpeg)
		require.Error(t, err)
		_, err = a.Put(models.Photo{ID: "f", HouseholdID: "../../../../"}, jpeg)
		require.Error(t, err)
		_, err = a.Put(models.Photo{ID: "f", HouseholdID: "53"}, jpeg)
		require.Error(t, err)
		_, err = a.Open(models.Photo{ID: "f", File: "../x"})
		require.Error(t, err)
	})
}

func TestAPhotoIsLost(t *testing.T) {
	t.Parallel()
	big := append(bytes.Clone(jpeg), make([]byte, 10<<20)...)
	for reason, c := range map[string]struct {
		media medias
		when  string
	}{
		"expired":       {refuses(bot.SendError{Code: 40007, Class: bot.SendOurBug, Rid: "r-1"}), "the platform has it no more"},
		"too_big":       {sends(bot.Media{ContentType: "image/jpeg", Body: big}), "it is too big"},
		"not_a_picture": {sends(bot.Media{ContentType: "image/jpeg", Body: []byte("<html>")}), "it only says it is a picture"},
	} {
		t.Run("when "+c.when, func(t *testing.T) {
			t.Parallel()
			k := keep(t, 80*time.Hour, c.media)
			require.Equal(t, models.PhotoLost, k.State)
			require.Equal(t, reason, k.Reason)
			require.Len(t, k.claims, 1)
			k.counted(t, "lost", reason)
			require.Contains(t, k.log.String(), `"photo lost"`)
			require.NotContains(t, k.log.String(), k.HouseholdID)
			require.NoDirExists(t, k.folder)
		})
	}
	for name, m := range map[string]bot.Media{
		"video": {ContentType: "video/mp4", VideoURL: "http://x"}, "page": {ContentType: "text/html", Body: jpeg}, "nothing": {ContentType: "image/jpeg"},
		"vector": {ContentType: "image/svg+xml", Body: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	} {
		t.Run("when it is a "+name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, "not_a_picture", keep(t, time.Minute, sends(m)).Reason)
		})
	}
}

func TestAPhotoIsAskedForAgain(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]bot.SendError{
		"a timeout":        {Class: bot.SendRetry, Err: context.DeadlineExceeded},
		"a refused token":  {Class: bot.SendNewToken, Code: 40001},
		"a missing permit": {Class: bot.SendOurBug, Code: 48001},
		"a proxy":          {Class: bot.SendOurBug, HTTP: 403},
	} {
		t.Run("after "+name, func(t *testing.T) {
			t.Parallel()
			n := 0
			k := keep(t, 5*time.Hour, func(context.Context) (bot.Media, error) {
				if n++; n <= 3 {
					return bot.Media{}, &e
				}
				return bot.Media{ContentType: "image/jpeg", Body: jpeg}, nil
			})
			require.Equal(t, []any{models.PhotoKept, "", 4}, []any{k.State, k.Reason, k.Tries})
			k.counted(t, "waiting", string(e.Class))
			var last time.Duration
			for i := 1; i < len(k.claims); i++ {
				pause := k.claims[i].Sub(k.claims[i-1])
				require.GreaterOrEqual(t, pause, last)
				last = pause
			}
		})
	}
	t.Run("not for ever", func(t *testing.T) {
		t.Parallel()
		k := keep(t, 80*time.Hour, refuses(bot.SendError{Class: bot.SendRetry}))
		require.Equal(t, models.PhotoLost, k.State)
		require.Equal(t, "retry", k.Reason)
		require.InDelta(t, 80, len(k.claims), 10)
	})
	t.Run("when a quota is back", func(t *testing.T) {
		t.Parallel()
		n := 0
		k := keep(t, 24*time.Hour, func(context.Context) (bot.Media, error) {
			if n++; n == 1 {
				return bot.Media{}, &bot.SendError{Class: bot.SendStopAll, Code: 45009, Until: time.Now().Add(9 * time.Hour)}
			}
			return bot.Media{ContentType: "image/png", Body: []byte("\x89PNG\r\n\x1a\n")}, nil
		})
		require.Equal(t, models.PhotoKept, k.State)
		require.InDelta(t, 9, k.claims[1].Sub(k.claims[0]).Hours(), 0.1)
	})
	t.Run("after the database was away", func(t *testing.T) {
		t.Parallel()
		k := keep(t, 5*time.Minute, nil, func(r *photoRow) { r.claimErr = models.E(models.Unavailable, "claim", nil) })
		require.Equal(t, models.PhotoWaiting, k.State)
		require.LessOrEqual(t, strings.Count(k.log.String(), "\n"), 11)
	})
}

func TestAStoppedFetchIsFreeAtOnce(t *testing.T) {
	t.Parallel()
	k := keep(t, 10*time.Second, func(ctx context.Context) (bot.Media, error) {
		<-ctx.Done()
		return bot.Media{}, &bot.SendError{Class: bot.SendRetry, Err: context.Canceled}
	})
	require.Equal(t, models.PhotoWaiting, k.State)
	require.Equal(t, 10*time.Second, k.NextTry.Sub(k.claims[0]))
	require.Empty(t, k.log.String())
}

func TestAnOvertakenFetchCountsNothing(t *testing.T) {
	t.Parallel()
	k := keep(t, 10*time.Minute, sends(bot.Media{ContentType: "image/jpeg", Body: jpeg}), func(r *photoRow) { r.overtaken = true })
	require.Equal(t, models.PhotoKept, k.State)
	require.Len(t, k.claims, 2)
	n, err := testutil.GatherAndCount(k.reg, "huhuqing_photos_total")
	require.NoError(t, err)
	require.Equal(t, 1, n)
}
