package platform

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// tries is how often the platform pushes one thing in total (wechat.md §1.3).
const tries = 3

// replyLimit bounds what is read of the bot's answer.
const replyLimit = 1 << 20

// outcome is what became of a push.
type outcome struct {
	reply   *Item // what is shown, nil for none
	raw     string
	tries   int
	trouble string // why the bot's answer was no answer, empty when all is well
}

// callbackClient neither follows redirects nor keeps cookies, as WeChat. Its
// idle connections serve the bulk of outcome events.
func callbackClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil // the bot is this machine's neighbour
	transport.MaxIdleConnsPerHost = asyncPushes
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// deliver pushes a notice until the bot answers, three times at most, and
// shows the person what comes of it: the reply, or the fault sentence.
func (p *Platform) deliver(ctx context.Context, n notice) outcome {
	p.busy(n, 1)
	defer p.busy(n, -1)
	faults := p.Faults()
	var extra sync.WaitGroup
	if faults.Together {
		p.duplicate(ctx, &extra, n, faults)
	}
	out := p.push(ctx, n, faults)
	p.present(n, &out)
	if !faults.Together {
		p.duplicate(ctx, &extra, n, faults)
	}
	extra.Wait()
	return out
}

// duplicate delivers a notice again, as the platform sometimes does, and
// throws the answers away.
func (p *Platform) duplicate(ctx context.Context, extra *sync.WaitGroup, n notice, faults Faults) {
	times := faults.DuplicateMessages
	if n.kind == jobFinish || n.kind == subscribeSent {
		times = faults.DuplicateOutcomes
	}
	for range times {
		extra.Add(1)
		go func() {
			defer extra.Done()
			_, _ = p.try(ctx, n, 1, true) // the entry of the log says how it went
		}()
	}
}

func (p *Platform) push(ctx context.Context, n notice, faults Faults) outcome {
	out := outcome{}
	for out.tries < tries {
		out.tries++
		body, err := p.try(ctx, n, out.tries, false)
		if err == nil && out.tries <= faults.LoseAnswers {
			err = errors.New("the answer was lost")
		}
		if err != nil {
			out.trouble = err.Error()
			continue
		}
		out.raw, out.trouble = body, ""
		clear, reply, err := p.readReply(n.openid, body)
		if err != nil {
			out.trouble = err.Error()
			return out
		}
		if clear != "" {
			out.raw = clear
		}
		if n.replied {
			out.reply = reply
		}
		return out
	}
	return out
}

// present shows the outcome of a push on the person's screen.
func (p *Platform) present(n notice, out *outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	u := p.person(n.openid)
	if out.trouble != "" && n.banner && u.Following {
		banner := p.show(u, p.notice("banner", "fault"))
		out.reply = &banner
		return
	}
	if out.reply == nil || !u.Following {
		out.reply = nil
		return
	}
	shown := p.show(u, *out.reply)
	out.reply = &shown
}

// try is one push: a body of its own signature and, in safe mode, of its own
// encryption. An answer other than 200 is none.
func (p *Platform) try(ctx context.Context, n notice, number int, extra bool) (string, error) {
	entry := p.begin(Entry{Kind: EntryPush, OpenID: n.openid, Type: n.kind, MsgID: n.msgID, Try: number, Extra: extra, Sent: n.xml})
	body, status, err := p.post(ctx, n)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("the bot answered with status %d", status)
	}
	entry.Got, entry.Status = body, status
	if err != nil {
		entry.Trouble = err.Error()
	}
	p.keep(entry)
	return body, err
}

func (p *Platform) post(ctx context.Context, n notice) (string, int, error) {
	ctx, cancel := context.WithTimeout(ctx, p.opt.Timeout)
	defer cancel()
	address, body, err := p.sealed(n)
	if err != nil {
		return "", 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	request.Header.Set("Content-Type", "text/xml")
	request.Header.Set("User-Agent", "Mozilla/4.0")
	response, err := p.client.Do(request)
	if err != nil {
		return "", 0, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, replyLimit))
	return string(answer), response.StatusCode, err
}

// sealed is the address and the body of one try (wechat.md §1.1).
func (p *Platform) sealed(n notice) (address, body string, err error) {
	query := p.signedQuery()
	query.Set("openid", n.openid)
	body = n.xml
	if p.opt.Mode != Plain {
		secret := p.envelope.seal([]byte(n.xml))
		query.Set("encrypt_type", "aes")
		query.Set("msg_signature", sign(p.opt.Token, query.Get("timestamp"), query.Get("nonce"), secret))
		encrypted := field("Encrypt", secret, false) + "</xml>"
		body = "<xml>" + field("ToUserName", p.opt.OriginalID, false) + encrypted
		if p.opt.Mode == Compat {
			body = strings.TrimSuffix(n.xml, "</xml>") + encrypted
		}
	}
	address, err = p.callbackWith(query)
	return address, body, err
}

func (p *Platform) signedQuery() url.Values {
	timestamp, nonce := strconv.FormatInt(p.opt.Now().Unix(), 10), digits(10)
	return url.Values{"timestamp": {timestamp}, "nonce": {nonce}, "signature": {sign(p.opt.Token, timestamp, nonce)}}
}

func (p *Platform) callbackWith(query url.Values) (string, error) {
	p.mu.Lock()
	callback := p.callback
	p.mu.Unlock()
	address, err := url.Parse(callback)
	if err != nil || callback == "" {
		return "", errors.New("the callback URL is missing or wrong")
	}
	own := address.Query()
	for name, values := range query {
		own[name] = values
	}
	address.RawQuery = own.Encode()
	return address.String(), nil
}

// Verify checks the callback the way the console does when it is saved: a GET
// whose echostr must come back unchanged (wechat.md §1.1).
func (p *Platform) Verify(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, p.opt.Timeout)
	defer cancel()
	query, echo := p.signedQuery(), digits(19)
	query.Set("echostr", echo)
	address, err := p.callbackWith(query)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, replyLimit))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || string(body) != echo {
		return fmt.Errorf("the callback answered %d and not the echostr", response.StatusCode)
	}
	return nil
}

// busy keeps count of a person's pushes under way for the typing mark.
func (p *Platform) busy(n notice, change int) {
	if !n.replied {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	u := p.person(n.openid)
	u.busy += change
	p.hub.tell(note{Kind: "typing", OpenID: n.openid, On: u.busy > 0 || u.typing})
}
