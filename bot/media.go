package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// Media is a file that somebody sent.
type Media struct {
	ContentType string // image/jpeg, audio/amr, …
	Body        []byte
	VideoURL    string // instead of Body for a video
}

// MediaSource gets a file by the media id of its message; bot/wechat does. Errors
// are of type *SendError when the platform, or the way to it, refused.
type MediaSource interface {
	Media(ctx context.Context, id string) (Media, error)
}

// maxPicture is the platform's own limit for pictures (wechat.md §1.11), in bytes.
const maxPicture = 10 << 20

// pictures are the kinds a phone sends, as http.DetectContentType names them by
// their first bytes.
var pictures = []string{"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"}

var (
	errNotPicture = errors.New("not a picture")
	errTooBig     = errors.New("picture too big")
)

// checkPicture wants m to be called a picture and to begin like one. Which of the
// kinds may differ: the platform says image/jpeg of everything.
func checkPicture(m Media) error {
	switch {
	case len(m.Body) > maxPicture:
		return errTooBig
	case !strings.HasPrefix(m.ContentType, "image/") || !slices.Contains(pictures, http.DetectContentType(m.Body)):
		return errNotPicture
	}
	return nil
}
