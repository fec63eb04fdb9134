package platform

import (
	"net/url"
	"regexp"
	"strings"
)

// Run is a stretch of a text as the chat shows it: plain text, an option that
// makes the person send something when tapped, or a link to a page.
type Run struct {
	Text string `json:"text"`
	Say  string `json:"say,omitempty"` // option: what the tap sends
	ID   string `json:"id,omitempty"`  // option: the msgmenuid
	URL  string `json:"url,omitempty"` // link
	Menu bool   `json:"menu,omitempty"`
}

// Option is something to tap: what it is called, what the person then sends,
// and the id that goes along (wechat.md §1.6).
type Option struct {
	Label string `json:"label"`
	Say   string `json:"say"`
	ID    string `json:"id"`
	Menu  bool   `json:"menu,omitempty"` // stands in a msgmenu message: its tap opens only the short quota
}

// Link is a tap-able address in a text, a card or an article.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

var (
	anchor  = regexp.MustCompile(`(?is)<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)</a>`)
	bareURL = regexp.MustCompile(`https?://[\w\-.~:/?#\[\]@!$&'()*+,;=%]+`)
)

// parseRuns reads a text the way the client does: <a href> becomes a link or
// an option, bare addresses become links, everything else stays as it is.
func parseRuns(text string) []Run {
	var runs []Run
	for text != "" {
		at := anchor.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		runs = append(runs, plainRuns(text[:at[0]])...)
		runs = append(runs, anchorRun(group(text, at, 1)+group(text, at, 2), group(text, at, 3)))
		text = text[at[1]:]
	}
	return append(runs, plainRuns(text)...)
}

func group(text string, at []int, n int) string {
	if at[2*n] < 0 {
		return ""
	}
	return text[at[2*n]:at[2*n+1]]
}

func plainRuns(text string) []Run {
	var runs []Run
	from := 0
	for _, at := range bareURL.FindAllStringIndex(text, -1) {
		if at[0] > from {
			runs = append(runs, Run{Text: text[from:at[0]]})
		}
		address := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)'")
		runs = append(runs, Run{Text: address, URL: address})
		from = at[0] + len(address)
	}
	if from < len(text) {
		runs = append(runs, Run{Text: text[from:]})
	}
	return runs
}

// anchorRun is one <a>. The phone wants both parameters of a bizmsgmenu link
// and decodes them as a form; a link it cannot decode is dead text.
func anchorRun(href, label string) Run {
	query, isMenu := strings.CutPrefix(href, "weixin://bizmsgmenu?")
	if !isMenu {
		return Run{Text: label, URL: href}
	}
	values := map[string]string{}
	for _, pair := range strings.Split(query, "&") {
		name, raw, _ := strings.Cut(pair, "=")
		value, err := url.QueryUnescape(raw)
		if err != nil {
			return Run{Text: label}
		}
		values[name] = value
	}
	if values["msgmenucontent"] == "" || values["msgmenuid"] == "" {
		return Run{Text: label}
	}
	return Run{Text: label, Say: values["msgmenucontent"], ID: values["msgmenuid"]}
}
