package wechat

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/bot"
)

// What a body may hold. WeChat's own bodies have at most a few dozen elements
// on four levels; these bounds keep a forged one cheap (wechat.md §2.2).
const (
	maxDepth    = 8
	maxElements = 200
)

// unreadable says in one word, used as a metric label, why a body was not
// understood.
type unreadable string

func (u unreadable) Error() string { return "unreadable body: " + string(u) }

const (
	badXML       unreadable = "xml"       // malformed, or not XML
	badDoctype   unreadable = "doctype"   // a DTD
	badRoot      unreadable = "root"      // the root is not <xml>, or there is more than one
	badDepth     unreadable = "depth"     // nested too deep
	badCount     unreadable = "elements"  // too many elements
	badDuplicate unreadable = "duplicate" // a top-level name twice: text that broke out of its CDATA
	badMixed     unreadable = "mixed"     // text beside elements
	badShape     unreadable = "shape"     // an event with text, a message with an event
)

// sanitize drops a byte-order mark, broken UTF-8 and the code points that XML
// forbids: people do send U+0002, U+0008 and U+001D (silenceper #750).
func sanitize(body []byte) []byte {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !dirty(body) {
		return body
	}
	clean := make([]byte, 0, len(body))
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if r != utf8.RuneError || n > 1 {
			if !forbidden(r) {
				clean = append(clean, body[:n]...)
			}
		}
		body = body[n:]
	}
	return clean
}

func dirty(body []byte) bool {
	for _, b := range body {
		if forbidden(rune(b)) {
			return true
		}
	}
	return !utf8.Valid(body) || bytes.Contains(body, []byte("\uFFFE")) || bytes.Contains(body, []byte("\uFFFF"))
}

func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// parser walks the tokens of one body.
type parser struct {
	dec      *xml.Decoder
	fields   []bot.Field
	stack    []string // open elements, the root first
	parents  uint     // bit d: the element at depth d has children
	elements int
	text     []byte // of the element that opened last
	closed   bool   // the root was closed
}

// parse reads a body into its leaves, in order. It knows no types: whatever a
// field holds is a string. Errors are of type unreadable.
func parse(body []byte) ([]bot.Field, error) {
	p := parser{dec: xml.NewDecoder(bytes.NewReader(body)), fields: make([]bot.Field, 0, 16)}
	for {
		token, err := p.dec.RawToken()
		if errors.Is(err, io.EOF) {
			if !p.closed {
				return nil, badXML
			}
			return p.fields, nil
		}
		if err != nil {
			return nil, badXML
		}
		if err := p.take(token); err != nil {
			return nil, err
		}
	}
}

func (p *parser) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return p.start(t.Name)
	case xml.EndElement:
		return p.end(t.Name)
	case xml.CharData:
		if len(p.stack) == 0 && !blank(t) {
			return badRoot
		}
		p.text = append(p.text, t...)
	case xml.Directive:
		return badDoctype
	}
	return nil // comments and <?xml …?> say nothing
}

func (p *parser) start(name xml.Name) error {
	p.elements++
	depth := len(p.stack)
	switch {
	case name.Space != "":
		return badXML
	case depth == 0 && (p.closed || name.Local != "xml"):
		return badRoot
	case depth >= maxDepth:
		return badDepth
	case p.elements > maxElements:
		return badCount
	case !blank(p.text):
		return badMixed
	case depth == 1 && p.seen(name.Local):
		return badDuplicate
	}
	if depth > 0 {
		p.parents |= 1 << (depth - 1)
	}
	p.parents &^= 1 << depth
	p.stack = append(p.stack, name.Local)
	p.text = p.text[:0]
	return nil
}

func (p *parser) end(name xml.Name) error {
	depth := len(p.stack) - 1
	if depth < 0 || p.stack[depth] != name.Local || name.Space != "" {
		return badXML
	}
	switch {
	case p.parents&(1<<depth) == 0 && depth > 0:
		p.fields = append(p.fields, bot.Field{Name: p.path(), Value: string(p.text)})
	case !blank(p.text):
		return badMixed
	}
	p.stack = p.stack[:depth]
	p.text = p.text[:0]
	p.closed = depth == 0
	return nil
}

func (p *parser) path() string {
	if len(p.stack) == 2 {
		return p.stack[1]
	}
	return strings.Join(p.stack[1:], "/")
}

// seen tells whether the body has a top-level element of that name already.
func (p *parser) seen(name string) bool {
	for _, f := range p.fields {
		if f.Name == name || strings.HasPrefix(f.Name, name) && strings.HasPrefix(f.Name[len(name):], "/") {
			return true
		}
	}
	return false
}

func blank(text []byte) bool { return len(bytes.TrimLeft(text, " \t\r\n")) == 0 }
