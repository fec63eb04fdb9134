package platform

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// pageRoutes serve the phone page: its files, what it shows, live notes, and
// what the people on it do.
func (p *Platform) pageRoutes(mux *http.ServeMux) {
	files := http.FileServerFS(web())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:")
		files.ServeHTTP(w, r)
	})
	mux.Handle("GET /web/", http.StripPrefix("/web/", noCache(files)))
	mux.HandleFunc("GET /page/state", p.pageState)
	mux.HandleFunc("GET /page/chat", p.pageChat)
	mux.HandleFunc("GET /page/events", p.pageEvents)
	mux.HandleFunc("POST /page/act", p.pageAct)
}

// noCache lets a newer program bring its newer page along.
func noCache(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// row is one person in the page's list.
type row struct {
	User
	Following bool  `json:"following"`
	Unread    int   `json:"unread"`
	Typing    bool  `json:"typing"`
	Last      *Item `json:"last,omitempty"`
}

// qrChoice is one QR code that can be scanned on the page.
type qrChoice struct {
	Ticket string `json:"ticket"`
	Scene  string `json:"scene"`
}

func (p *Platform) pageState(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	people := []row{}
	for _, openid := range p.order {
		u := p.people[openid]
		line := row{User: u.User, Following: u.Following, Unread: u.unread(), Typing: u.busy > 0 || u.typing}
		if len(u.chat) > 0 {
			last := u.chat[len(u.chat)-1]
			line.Last = &last
		}
		people = append(people, line)
	}
	codes := []qrChoice{}
	for id := range p.tickets {
		if scene, alive := p.sceneOf(id); alive {
			codes = append(codes, qrChoice{Ticket: id, Scene: scene})
		}
	}
	out := map[string]any{"account": p.opt.Name, "texts": p.texts, "menu": p.menu, "people": people, "codes": codes}
	p.mu.Unlock()
	sendJSON(w, out)
}

// chatPage is how many items the page gets at once; older ones on request.
const chatPage = 80

func (p *Platform) pageChat(w http.ResponseWriter, r *http.Request) {
	var before int64
	if text := r.URL.Query().Get("before"); text != "" {
		if _, err := fmt.Sscan(text, &before); err != nil {
			http.Error(w, "before must be a number", http.StatusBadRequest)
			return
		}
	}
	p.mu.Lock()
	items := []Item{}
	if u := p.people[r.URL.Query().Get("user")]; u != nil {
		end := len(u.chat)
		for before > 0 && end > 0 && u.chat[end-1].Seq >= before {
			end--
		}
		items = append(items, u.chat[max(0, end-chatPage):end]...)
	}
	p.mu.Unlock()
	sendJSON(w, items)
}

// heartbeat keeps the line of a page open through sleepy proxies.
const heartbeat = 20 * time.Second

// pageEvents is the live line: one JSON note per Server-Sent Event.
func (p *Platform) pageEvents(w http.ResponseWriter, r *http.Request) {
	line := p.hub.join()
	defer p.hub.leave(line)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Time{}) // this answer never ends; a server that cannot lets the page reconnect
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	fmt.Fprint(w, "retry: 1000\n\n")
	for out.Flush() == nil {
		select {
		case n, open := <-line:
			if !open {
				return
			}
			raw, err := plainJSON(n)
			if err != nil {
				return
			}
			fmt.Fprintf(w, "data: %s\n\n", raw)
		case <-beat.C:
			fmt.Fprint(w, ": beat\n\n")
		case <-r.Context().Done():
			return
		}
	}
}

// pageAct takes one act of a person and answers at once; what comes of it
// arrives by the live line. A key that was seen before is not acted on again.
func (p *Platform) pageAct(w http.ResponseWriter, r *http.Request) {
	if !sameOrigin(r) {
		http.Error(w, "only from this page", http.StatusForbidden)
		return
	}
	var a act
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 2*uploadLimit)).Decode(&a); err != nil {
		http.Error(w, "broken request", http.StatusBadRequest)
		return
	}
	run, status := p.prepare(a)
	if run != nil {
		go run()
	}
	w.WriteHeader(status)
}

// sameOrigin refuses other sites' pages.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	parsed, err := url.Parse(origin)
	return err == nil && parsed.Host == r.Host
}
