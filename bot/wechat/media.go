package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/url"
	"strings"

	"github.com/huhuqing/huhuqing/bot"
)

// maxMedia is the platform's own limit for pictures and videos (wechat.md
// §1.11) with a little room.
const maxMedia = 12 << 20 // bytes

// Media is a file that somebody sent. The platform keeps it for three days.
type Media struct {
	ContentType string // image/jpeg, audio/amr, …
	Body        []byte
	VideoURL    string // instead of Body for a video
}

// Media gets a file by the media id of its message. An id that has run out is
// an error of class our_bug with code 40007.
func (a *Account) Media(ctx context.Context, id string) (Media, error) {
	r := request{name: "media", path: "/cgi-bin/media/get", query: url.Values{"media_id": {id}}, repeatable: true}
	res, err := a.client.do(ctx, r, maxMedia)
	if err != nil {
		return Media{}, err
	}
	kind, _, _ := mime.ParseMediaType(res.contentType)
	if kind != "application/json" && kind != "text/plain" {
		return Media{ContentType: kind, Body: res.body}, nil
	}
	var answer struct {
		VideoURL string `json:"video_url"`
	}
	if json.Unmarshal(res.body, &answer) != nil || !strings.HasPrefix(answer.VideoURL, "http") {
		return Media{}, &bot.SendError{Class: bot.SendOurBug, Err: errors.New("answer is neither a file nor a video")}
	}
	return Media{ContentType: "video/mp4", VideoURL: answer.VideoURL}, nil
}
