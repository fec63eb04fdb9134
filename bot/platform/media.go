package platform

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
)

// media is one stored file: a person's picture or an upload of the bot.
type media struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"` // image, voice, video, thumb, file
	Type    string    `json:"type"` // content type
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	data    []byte    // in memory when there is no folder
}

// mediaPath is where stored files are shown, without a token as on the real
// picture host.
const mediaPath = "/mmbiz/"

// mediaLife is how long a media id can be used (wechat.md §1.11).
const mediaLife = 3 * 24 * time.Hour

// mediaSizes are the largest uploads by kind, in bytes.
var mediaSizes = map[string]int{"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}

// keepMedia stores a file under a new media id.
func (p *Platform) keepMedia(kind, name string, data []byte) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.addMedia(kind, name, data)
}

// addMedia is keepMedia for callers that hold p.mu.
func (p *Platform) addMedia(kind, name string, data []byte) (string, error) {
	m := &media{ID: randomHex(32), Kind: kind, Type: http.DetectContentType(data), Name: path.Base(name), Created: p.opt.Now()}
	if kind == "voice" {
		m.Type = "audio/amr"
	}
	if kept, err := p.store.keepMedia(m.ID, data); err != nil {
		return "", fmt.Errorf("keep media: %w", err)
	} else if !kept {
		m.data = data
	}
	p.media[m.ID] = m
	p.save()
	return m.ID, nil
}

// liveMedia is a media that can still be used, nil for none. Callers hold p.mu.
func (p *Platform) liveMedia(id string) *media {
	m := p.media[id]
	if m == nil || p.opt.Now().Sub(m.Created) >= mediaLife {
		return nil
	}
	return m
}

// bytes reads a stored file.
func (p *Platform) bytes(m *media) ([]byte, error) {
	if m.data != nil {
		return m.data, nil
	}
	return p.store.readMedia(m.ID)
}

func (p *Platform) mediaURL(id string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.url + mediaPath + id
}

func (p *Platform) mediaUpload(c *call) (any, *apiError) {
	kind := c.request.URL.Query().Get("type")
	limit, known := mediaSizes[kind]
	if !known {
		return nil, fail(40004)
	}
	part, header, err := c.request.FormFile("media")
	if err != nil {
		return nil, fail(41005)
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	if err != nil || len(data) == 0 {
		return nil, fail(41005)
	}
	if len(data) > limit {
		return nil, fail(40006)
	}
	id, err := p.addMedia(kind, header.Filename, data)
	if err != nil {
		return nil, fail(-1)
	}
	return map[string]any{"type": kind, "media_id": id, "created_at": c.now.Unix()}, nil
}

func (p *Platform) mediaDownload(c *call) (any, *apiError) {
	id := c.request.URL.Query().Get("media_id")
	if id == "" {
		return nil, fail(41006)
	}
	m := p.liveMedia(id)
	if m == nil {
		return nil, fail(40007)
	}
	if m.Kind == "video" {
		return map[string]string{"video_url": p.url + mediaPath + id}, nil
	}
	data, err := p.bytes(m)
	if err != nil {
		return nil, fail(-1)
	}
	return file{kind: m.Type, name: m.Name, data: data}, nil
}

// serveMedia shows a stored file. Only pictures, voices and videos are shown
// as what they are, so that no upload becomes a page of this origin.
func (p *Platform) serveMedia(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	m := p.media[r.PathValue("id")]
	p.mu.Unlock()
	if m == nil {
		http.NotFound(w, r)
		return
	}
	data, err := p.bytes(m)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kind := m.Type
	if !strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "audio/") && !strings.HasPrefix(kind, "video/") {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "private, max-age=86400")
	_, _ = w.Write(data) // a browser that left needs no answer
}

// silence is one second of an AMR voice in which nobody speaks.
func silence() []byte {
	const frames, frameSize, header = 50, 13, 0x04 // AMR 4.75 kbit/s, 20 ms a frame
	voice := []byte("#!AMR\n")
	for range frames {
		voice = append(voice, header)
		voice = append(voice, make([]byte, frameSize-1)...)
	}
	return voice
}
