package platform

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// call is one request of the bot to the API. Endpoints run under p.mu.
type call struct {
	request *http.Request
	body    []byte
	now     time.Time
	entry   *Entry
}

// file is an answer that is not JSON.
type file struct {
	kind string // content type
	name string
	data []byte
}

// endpoint is one path of the API. daily is the number of calls a day
// (wechat.md §1.12), 0 for no limit.
type endpoint struct {
	method string
	daily  int
	open   bool // needs no access token
	serve  func(*call) (any, *apiError)
}

// uploadLimit bounds a request's body: a 10 MB picture and its form.
const uploadLimit = 11 << 20

func (p *Platform) endpoints() map[string]endpoint {
	return map[string]endpoint{
		"/cgi-bin/token":                             {http.MethodGet, 2000, true, p.plainToken},
		"/cgi-bin/stable_token":                      {http.MethodPost, 500_000, true, p.stableToken},
		"/cgi-bin/message/custom/send":               {http.MethodPost, 500_000, false, p.customSend},
		"/cgi-bin/message/custom/typing":             {http.MethodPost, 500_000, false, p.customTyping},
		"/cgi-bin/message/template/send":             {http.MethodPost, 100_000, false, p.templateSend},
		"/cgi-bin/message/subscribe/bizsend":         {http.MethodPost, 500_000, false, p.subscribeSend},
		"/cgi-bin/menu/create":                       {http.MethodPost, 1000, false, p.menuCreate},
		"/cgi-bin/menu/get":                          {http.MethodGet, 10_000, false, p.menuGet},
		"/cgi-bin/get_current_selfmenu_info":         {http.MethodGet, 10_000, false, p.menuCurrent},
		"/cgi-bin/menu/delete":                       {http.MethodGet, 1000, false, p.menuDelete},
		"/cgi-bin/qrcode/create":                     {http.MethodPost, 100_000, false, p.qrCreate},
		"/cgi-bin/showqrcode":                        {http.MethodGet, 0, true, p.qrShow},
		"/cgi-bin/media/upload":                      {http.MethodPost, 100_000, false, p.mediaUpload},
		"/cgi-bin/media/get":                         {http.MethodGet, 200_000, false, p.mediaDownload},
		"/cgi-bin/user/info":                         {http.MethodGet, 5_000_000, false, p.userInfo},
		"/cgi-bin/user/get":                          {http.MethodGet, 500, false, p.userList},
		"/cgi-bin/clear_quota":                       {http.MethodPost, 0, false, p.clearQuota},
		"/cgi-bin/get_api_domain_ip":                 {http.MethodGet, 0, false, p.serverAddresses},
		"/cgi-bin/getcallbackip":                     {http.MethodGet, 0, false, p.serverAddresses},
		"/cgi-bin/template/get_all_private_template": {http.MethodGet, 0, false, p.templateList},
	}
}

// serveAPI answers one path of the API, with the faults that are switched on.
func (p *Platform) serveAPI(path string, e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, uploadLimit))
		if err != nil {
			http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
			return
		}
		entry := p.begin(Entry{Kind: EntryAPI, Path: path, Got: bodyForRecord(r, body), Status: http.StatusOK, OpenID: receiver(r, body)})
		r.Body = io.NopCloser(bytes.NewReader(body))
		p.serveWithFaults(w, r, &entry, func() any {
			return p.answerCall(e, &call{request: r, body: body, now: p.opt.Now(), entry: &entry})
		})
		p.keep(entry)
	}
}

// answerCall does the work of one call and returns what to write.
func (p *Platform) answerCall(e endpoint, c *call) any {
	p.mu.Lock()
	defer p.mu.Unlock()
	var answer any
	wrong := p.checkCall(e, c)
	if wrong == nil {
		answer, wrong = e.serve(c)
	}
	if wrong != nil {
		return c.entry.refuse(wrong, c.now)
	}
	c.entry.Done = true
	if answer == nil {
		answer = map[string]any{"errcode": 0, "errmsg": "ok"}
	}
	return answer
}

// checkCall looks at what all endpoints have in common: method, token, quota.
func (p *Platform) checkCall(e endpoint, c *call) *apiError {
	if c.request.Method != e.method {
		if e.method == http.MethodPost {
			return fail(43002)
		}
		return fail(43001)
	}
	if !e.open {
		if wrong := p.tokens.check(c.request.URL.Query().Get("access_token"), c.now); wrong != nil {
			return wrong
		}
	}
	if day := dayOf(c.now); day != p.usedOn {
		p.usedOn = day
		clear(p.used)
	}
	if e.daily > 0 && p.used[c.entry.Path] >= e.daily {
		return fail(45009)
	}
	p.used[c.entry.Path]++
	return nil
}

// refuse makes the JSON of an error and notes it in the record.
func (e *Entry) refuse(wrong *apiError, now time.Time) any {
	e.ErrCode, e.RID = wrong.code, newRID(now)
	return map[string]any{"errcode": wrong.code, "errmsg": wrong.text(e.RID)}
}

// write sends an answer and notes it in the record.
func (e *Entry) write(w http.ResponseWriter, answer any) {
	if f, isFile := answer.(file); isFile {
		w.Header().Set("Content-Type", f.kind)
		if f.name != "" {
			w.Header().Set("Content-Disposition", `attachment; filename="`+f.name+`"`)
		}
		_, _ = w.Write(f.data) // a bot that hung up has its own error
		return
	}
	raw, err := plainJSON(answer)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	e.Sent = string(raw)
	w.Header().Set("Content-Type", "application/json; encoding=utf-8")
	_, _ = w.Write(raw)
}

// plainJSON leaves & < > as they are, as the platform does.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// receiver is the person a call concerns, if it names one.
func receiver(r *http.Request, body []byte) string {
	if openid := r.URL.Query().Get("openid"); openid != "" {
		return openid
	}
	var in struct {
		To string `json:"touser"`
	}
	if json.Unmarshal(body, &in) != nil {
		return ""
	}
	return in.To
}

// bodyForRecord keeps uploads out of the record.
func bodyForRecord(r *http.Request, body []byte) string {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return ""
	}
	return string(body)
}

// china is the zone of the platform's days.
var china = time.FixedZone("UTC+8", 8*60*60)

func dayOf(now time.Time) string { return now.In(china).Format(time.DateOnly) }

const clearsPerMonth = 10

func (p *Platform) clearQuota(c *call) (any, *apiError) {
	var in struct {
		AppID string `json:"appid"`
	}
	if json.Unmarshal(c.body, &in) != nil {
		return nil, fail(47001)
	}
	if in.AppID != p.opt.AppID {
		return nil, fail(40013)
	}
	month := c.now.In(china).Format("2006-01")
	if p.clears[month] >= clearsPerMonth {
		return nil, fail(48006)
	}
	p.clears[month]++
	clear(p.used)
	return nil, nil
}

func (p *Platform) serverAddresses(*call) (any, *apiError) {
	return map[string]any{"ip_list": []string{"127.0.0.1"}}, nil
}
