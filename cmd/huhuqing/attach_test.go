package main

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// Photos, places and recognised voice belong to the household that is open; what cannot be kept is said so, and the
// open question stays open.
func TestWhatIsNoTextDuringAVisit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		u := w.cadre("李红", dawan)
		require.Contains(t, u.read(u.Photo(t.Context(), picture(t))), "哪一户", "nothing is open yet")
		v := newFamily().visit(u)
		v.answer(t, u, 1)
		open := v.asking(v.reply)

		stays := func(reply, part string) {
			t.Helper()
			require.Contains(t, reply, part)
			require.Equal(t, open.question, v.asking(reply).question)
		}
		stays(u.read(u.Photo(t.Context(), picture(t))), "照片收到，归到张大有户")
		stays(u.read(u.Photo(t.Context(), picture(t))), "照片收到，归到张大有户")
		stays(u.read(u.Place(t.Context(), 27.846901, 105.049, "大湾村三组")), "位置记下了（大湾村三组）")
		stays(u.read(u.Voice(t.Context(), "")), "语音")
		for kind, m := range map[string]platform.Message{
			"video":   {Type: "video", MediaID: "m1", ThumbMediaID: "m2"},
			"short":   {Type: "shortvideo", MediaID: "m1", ThumbMediaID: "m2"},
			"link":    {Type: "link", Title: "新闻", URL: "https://example.org/"},
			"file":    {Type: "file", Title: "花名册.xlsx", MediaID: "m3"},
			"sticker": {Type: "emoticon"},
			"unknown": {Type: "hologram", Extra: "<Depth>3</Depth>"},
			"nowhere": {Type: "location", Lat: 91, Lng: 181},
		} {
			reply := u.read(u.Send(t.Context(), m))
			require.Equal(t, open.question, v.asking(reply).question, kind)
		}

		v.reply = u.read(u.Voice(t.Context(), strings.TrimPrefix(v.next(), "#"))) // spoken, and recognised
		after := v.asking(v.reply)
		require.NotEqual(t, open.question, after.question, "the spoken answer counts")
		v.finish(t, u)
		require.GreaterOrEqual(t, w.count(t, "SELECT COUNT(*) FROM photos WHERE household_id = (SELECT id FROM households)"), 2)
		require.Equal(t, []string{"27.846901"}, w.column(t, "SELECT lat FROM households"))
	})
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}
