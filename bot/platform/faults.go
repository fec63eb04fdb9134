package platform

import (
	"net/http"
	"strings"
	"time"
)

// Faults are what the platform does wrong until they are switched off. The
// zero value is a platform without faults.
type Faults struct {
	API []APIFault `json:"api,omitempty"` // the first that matches a call is played

	RefuseAll bool `json:"refuse_all,omitempty"` // every API call loses its connection at once

	DuplicateMessages int  `json:"duplicate_messages,omitempty"` // extra deliveries of each message and event
	DuplicateOutcomes int  `json:"duplicate_outcomes,omitempty"` // extra deliveries of each outcome event (TEMPLATESENDJOBFINISH, subscribe_msg_sent_event)
	Together          bool `json:"together,omitempty"`           // duplicates come at the same time, not afterwards

	LoseAnswers int    `json:"lose_answers,omitempty"` // the bot's answers to the first n tries get lost
	LoseOutcome bool   `json:"lose_outcome,omitempty"` // no outcome event is sent at all
	Outcome     string `json:"outcome,omitempty"`      // status of every TEMPLATESENDJOBFINISH, such as "failed: system failed"
	RawCDATA    bool   `json:"raw_cdata,omitempty"`    // messages carry ]]> unescaped (wechat.md §2.2.4)
}

// APIFault is one thing that goes wrong with API calls. Path and OpenID
// choose the calls; exactly one of ErrCode, Status, Drop and Hang spoils the
// answer, or none when only Delay is wanted.
type APIFault struct {
	Path   string `json:"path,omitempty"`   // beginning of the path, empty for all
	OpenID string `json:"openid,omitempty"` // empty for all
	Times  int    `json:"times,omitempty"`  // 0 for until switched off
	Every  int    `json:"every,omitempty"`  // only each nth matching call; 0 and 1 for all

	After   bool          `json:"after,omitempty"`   // the work is done, only the answer is spoilt
	Delay   time.Duration `json:"delay,omitempty"`   // nanoseconds of real time before answering
	ErrCode int           `json:"errcode,omitempty"` // such as -1, 45009, 43004, 43101
	Status  int           `json:"status,omitempty"`  // HTTP status, such as 500
	Drop    bool          `json:"drop,omitempty"`    // the connection is cut
	Hang    bool          `json:"hang,omitempty"`    // no answer until the bot gives up

	seen, played int
}

// SetFaults replaces the faults. Counters start anew.
func (p *Platform) SetFaults(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f.API = append([]APIFault(nil), f.API...)
	p.faults = f
}

// Faults returns the faults that are switched on.
func (p *Platform) Faults() Faults {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.faults
	f.API = append([]APIFault(nil), f.API...)
	return f
}

// faultFor picks the fault for one call and counts it.
func (p *Platform) faultFor(path, openid string) APIFault {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.faults.RefuseAll {
		return APIFault{Drop: true}
	}
	for i := range p.faults.API {
		f := &p.faults.API[i]
		if !strings.HasPrefix(path, f.Path) || (f.OpenID != "" && f.OpenID != openid) || (f.Times > 0 && f.played >= f.Times) {
			continue
		}
		f.seen++
		if f.Every > 1 && f.seen%f.Every != 0 {
			continue
		}
		f.played++
		return *f
	}
	return APIFault{}
}

// serveWithFaults answers a call, spoilt by the fault chosen for it.
func (p *Platform) serveWithFaults(w http.ResponseWriter, r *http.Request, e *Entry, work func() any) {
	fault := p.faultFor(e.Path, e.OpenID)
	spoilt := fault.ErrCode != 0 || fault.Status != 0 || fault.Drop || fault.Hang
	e.Faulty = spoilt
	var answer any
	if !spoilt || fault.After {
		answer = work()
	}
	if fault.Delay > 0 {
		timer := time.NewTimer(fault.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		}
	}
	switch {
	case fault.Hang:
		<-r.Context().Done()
		e.Status = 0
	case fault.Drop:
		e.Status = 0
		cut(w)
	case fault.Status != 0:
		e.Status = fault.Status
		http.Error(w, http.StatusText(fault.Status), fault.Status)
	case fault.ErrCode != 0:
		e.write(w, e.refuse(fail(fault.ErrCode), p.opt.Now()))
	default:
		e.write(w, answer)
	}
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2: the server resets the stream
	}
	connection.Close()
}
