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

// Media gets a file by the media id of its message. An id that has run out is
// an error of class our_bug with code 40007.
func (a *Account) Media(ctx context.Context, id string) (bot.Media, error) {
	r := request{name: "media", path: "/cgi-bin/media/get", query: url.Values{"media_id": {id}}, repeatable: true}
	res, err := a.client.do(ctx, r, maxMedia)
	if err != nil {
		return bot.Media{}, err
	}
	kind, _, _ := mime.ParseMediaType(res.contentType)
	if kind != "application/json" && kind != "text/plain" {
		return bot.Media{ContentType: kind, Body: res.body}, nil
	}
	var answer struct {
		VideoURL string `json:"video_url"`
	}
	if json.Unmarshal(res.body, &answer) != nil || !strings.HasPrefix(answer.VideoURL, "http") {
		return bot.Media{}, &bot.SendError{Class: bot.SendOurBug, Err: errors.New("answer is neither a file nor a video")}
	}
	return bot.Media{ContentType: "video/mp4", VideoURL: answer.VideoURL}, nil
}
