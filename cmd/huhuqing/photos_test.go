package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/models"
	"github.com/huhuqing/huhuqing/models/seal"
)

// A photo sent in a conversation ends up sealed in the data folder, whatever the platform answers at first and although
// the bot is stopped in between; one that cannot be had is lost once and for all, and says so.
func TestPhotosAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		data := "HHQ_DATA=" + t.TempDir()
		s := w.serve(data)
		u := w.cadre("李红", dawan)
		newFamily().record(t, u)
		require.Contains(t, u.say("入户 张大有"), "张大有")

		const media = "/cgi-bin/media/get"
		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: media, Status: 503, Times: 5}}})
		sent := picture(t)
		require.Contains(t, u.read(u.Photo(t.Context(), sent)), "照片收到")
		require.Eventually(t, func() bool { return w.count(t, "SELECT COUNT(*) FROM photos WHERE reason = 'retry'") == 1 }, patience, pollEvery)
		s.stop()

		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: media, ErrCode: -1, Times: 2}}})
		s = w.serve(data)
		w.photos(t, "kept", 1)
		var p models.Photo
		require.NoError(t, w.rows.QueryRowContext(t.Context(), "SELECT id, file, bytes FROM photos").Scan(&p.ID, &p.File, &p.Bytes))
		require.Equal(t, len(sent), p.Bytes)
		folder := filepath.Join(data[len("HHQ_DATA="):], "photos")
		sealed, err := os.ReadFile(filepath.Join(folder, dawan, p.ID))
		require.NoError(t, err)
		require.NotContains(t, string(sealed), string(sent[:8]))
		keys, err := seal.Parse("k1:" + w.dataKey)
		require.NoError(t, err)
		got, err := bot.NewAlbum(folder, keys).Open(p)
		require.NoError(t, err)
		require.Equal(t, sent, got)

		w.wechat.SetFaults(platform.Faults{API: []platform.APIFault{{Path: media, ErrCode: 40007}}})
		u.read(u.Photo(t.Context(), sent))
		w.photos(t, "lost", 1)
		w.wechat.SetFaults(platform.Faults{})
		require.Equal(t, "expired", w.column(t, "SELECT reason FROM photos WHERE state = 'lost'")[0])
		require.Equal(t, "expired", s.out.line("photo lost")["code"])
		_, metrics := s.get(t, "/metrics")
		require.Contains(t, metrics, `huhuqing_photos_total{reason="expired",state="lost"} 1`)
		require.Contains(t, metrics, `huhuqing_photos_total{reason="",state="kept"} 1`)
	})
}

// Two replicas with one data folder: every photo is fetched once.
func TestReplicasShareThePhotos(t *testing.T) {
	t.Parallel()
	w := newWorld(t, servers(t), platform.Safe)
	data := "HHQ_DATA=" + t.TempDir()
	w.serve(data)
	w.serve(data)
	u := w.cadre("李红", dawan)
	newFamily().record(t, u)
	require.Contains(t, u.say("入户 张大有"), "张大有")
	const photos = 12
	for range photos {
		u.read(u.Photo(t.Context(), picture(t)))
	}
	w.photos(t, "kept", photos)
	fetched := 0
	for _, e := range w.wechat.Record() {
		if e.Path == "/cgi-bin/media/get" {
			fetched++
		}
	}
	require.Equal(t, photos, fetched)
}

// photos waits until so many have come to a state.
func (w *world) photos(t *testing.T, state string, n int) {
	t.Helper()
	require.Eventually(t, func() bool { return w.count(t, "SELECT COUNT(*) FROM photos WHERE state = ?", state) == n }, patience, pollEvery)
}
