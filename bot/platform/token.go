package platform

import (
	"encoding/json"
	"time"
)

// tokens are the access tokens given out (wechat.md §1.12). The two kinds
// live apart: a stable token is the same for all callers until its last five
// minutes, a plain one replaces the plain one before it.
type tokens struct {
	live     map[string]*token
	stable   string
	plain    string
	forced   int // force_refresh calls of forcedOn
	forcedOn string
	forcedAt time.Time
}

type token struct {
	expires time.Time
	dead    bool // taken back before its time: not latest any more
}

const (
	tokenLife    = 7200 * time.Second
	tokenOverlap = 5 * time.Minute
	forcedPerDay = 20
	forcedApart  = 30 * time.Second
	shortToken   = 64 // no token of the platform is shorter; such a one is malformed
)

// issue makes a token that lives for two hours.
func (t *tokens) issue(now time.Time) string {
	if t.live == nil {
		t.live = map[string]*token{}
	}
	id := "90_" + randomHex(66)
	t.live[id] = &token{expires: now.Add(tokenLife)}
	return id
}

// stableAt returns the stable token, renewed when it has five minutes or less.
func (t *tokens) stableAt(now time.Time) string {
	current := t.live[t.stable]
	if current == nil || current.dead || current.expires.Sub(now) <= tokenOverlap {
		t.stable = t.issue(now)
	}
	return t.stable
}

// force renews the stable token at once and kills the one before, 20 times a
// day and not within 30 seconds.
func (t *tokens) force(now time.Time) (string, *apiError) {
	if t.live[t.stable] != nil && now.Sub(t.forcedAt) < forcedApart {
		return t.stableAt(now), nil
	}
	if day := dayOf(now); day != t.forcedOn {
		t.forced, t.forcedOn = 0, day
	}
	if t.forced >= forcedPerDay {
		return "", fail(45009)
	}
	if old := t.live[t.stable]; old != nil {
		old.dead = true
	}
	t.forced, t.forcedAt = t.forced+1, now
	t.stable = t.issue(now)
	return t.stable, nil
}

// plainAt returns a new plain token; the one before lives five minutes more.
func (t *tokens) plainAt(now time.Time) string {
	if old := t.live[t.plain]; old != nil && old.expires.After(now.Add(tokenOverlap)) {
		old.expires = now.Add(tokenOverlap)
	}
	t.plain = t.issue(now)
	return t.plain
}

// check says what is wrong with a token, if anything.
func (t *tokens) check(id string, now time.Time) *apiError {
	found := t.live[id]
	switch {
	case id == "":
		return fail(41001)
	case len(id) < shortToken:
		return fail(40014)
	case found == nil || found.dead:
		return fail(40001)
	case !now.Before(found.expires):
		return fail(42001)
	}
	return nil
}

// ExpireTokens ends all tokens now: the next call with one answers 42001.
func (p *Platform) ExpireTokens() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.tokens.live {
		t.expires = p.opt.Now()
	}
}

// RevokeTokens takes all tokens back: the next call with one answers 40001.
func (p *Platform) RevokeTokens() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.tokens.live {
		t.dead = true
	}
}

type tokenAnswer struct {
	Token   string `json:"access_token"`
	Expires int    `json:"expires_in"`
}

func (p *Platform) stableToken(c *call) (any, *apiError) {
	var in struct {
		Grant  string `json:"grant_type"`
		AppID  string `json:"appid"`
		Secret string `json:"secret"`
		Force  bool   `json:"force_refresh"`
	}
	if json.Unmarshal(c.body, &in) != nil {
		return nil, fail(47001)
	}
	if wrong := p.checkAccount(in.Grant, in.AppID, in.Secret); wrong != nil {
		return nil, wrong
	}
	id, wrong := p.stableID(in.Force, c.now)
	if wrong != nil {
		return nil, wrong
	}
	return tokenAnswer{Token: id, Expires: int(p.tokens.live[id].expires.Sub(c.now).Seconds())}, nil
}

func (p *Platform) stableID(forced bool, now time.Time) (string, *apiError) {
	if forced {
		return p.tokens.force(now)
	}
	return p.tokens.stableAt(now), nil
}

func (p *Platform) plainToken(c *call) (any, *apiError) {
	query := c.request.URL.Query()
	if wrong := p.checkAccount(query.Get("grant_type"), query.Get("appid"), query.Get("secret")); wrong != nil {
		return nil, wrong
	}
	return tokenAnswer{Token: p.tokens.plainAt(c.now), Expires: int(tokenLife.Seconds())}, nil
}

func (p *Platform) checkAccount(grant, appID, secret string) *apiError {
	switch {
	case grant != "client_credential":
		return fail(40002)
	case appID != p.opt.AppID:
		return fail(40013)
	case secret == "":
		return fail(41004)
	case secret != p.opt.Secret:
		return fail(40125)
	}
	return nil
}
