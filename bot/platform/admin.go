package platform

import (
	"encoding/json"
	"net"
	"net/http"
)

// routes is everything the platform serves.
func (p *Platform) routes() http.Handler {
	mux := http.NewServeMux()
	for path, e := range p.endpoints() {
		mux.HandleFunc(path, p.serveAPI(path, e))
	}
	mux.HandleFunc("GET "+mediaPath+"{id}", p.serveMedia)
	mux.HandleFunc("GET /admin/faults", loopbackOnly(func(w http.ResponseWriter, _ *http.Request) { sendJSON(w, p.Faults()) }))
	mux.HandleFunc("PUT /admin/faults", loopbackOnly(p.putFaults))
	mux.HandleFunc("DELETE /admin/faults", loopbackOnly(func(http.ResponseWriter, *http.Request) { p.SetFaults(Faults{}) }))
	mux.HandleFunc("POST /admin/tokens/expire", loopbackOnly(func(http.ResponseWriter, *http.Request) { p.ExpireTokens() }))
	mux.HandleFunc("POST /admin/tokens/revoke", loopbackOnly(func(http.ResponseWriter, *http.Request) { p.RevokeTokens() }))
	mux.HandleFunc("GET /admin/record", loopbackOnly(p.sendRecord))
	p.pageRoutes(mux)
	return mux
}

func (p *Platform) putFaults(w http.ResponseWriter, r *http.Request) {
	var f Faults
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p.SetFaults(f)
}

func (p *Platform) sendRecord(w http.ResponseWriter, r *http.Request) {
	record := p.Record()
	if openid := r.URL.Query().Get("openid"); openid != "" {
		record = p.RecordOf(openid)
	}
	sendJSON(w, record)
}

// loopbackOnly keeps everybody but this machine out, and with it web pages
// of other origins that the operator happens to have open.
func loopbackOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil || !net.ParseIP(host).IsLoopback() || r.Header.Get("Origin") != "" {
			http.Error(w, "only from this machine", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func sendJSON(w http.ResponseWriter, v any) {
	raw, err := plainJSON(v)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(raw) // a client that left needs no answer
}
