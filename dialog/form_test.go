package dialog

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// plain is a card with fixed paths that takes "path=value", "path~value" (to be
// confirmed), "skip path" and refuses "no".
type plain struct {
	id, section string
	paths       []string
	when        func(f *Form) bool
}

func (p plain) ID() string      { return p.id }
func (p plain) Section() string { return p.section }
func (p plain) Wants(f *Form) []string {
	if p.when != nil && !p.when(f) {
		return nil
	}
	return p.paths
}
func (p plain) Ask(*Form) Reply { return Reply{Text: p.id + "?"} }
func (p plain) Left(*Form) int  { return 1 }
func (p plain) Read(_ *Form, in Input) Heard {
	var h Heard
	if in.Text == "no" {
		return Heard{Wrong: "cannot be"}
	}
	for _, w := range strings.Fields(in.Text) {
		if path, v, ok := strings.Cut(w, "="); ok {
			h.Set = append(h.Set, Assign{Path: path, Value: v, Said: w})
		} else if path, v, ok := strings.Cut(w, "~"); ok {
			h.Set = append(h.Set, Assign{Path: path, Value: v, Said: w, Unsure: true})
		} else {
			h.Unread = append(h.Unread, w)
		}
	}
	return h
}

func branching() *Flow {
	return &Flow{ID: "t", Version: 1, Cards: []Card{
		plain{id: "house", section: "a", paths: []string{"grade"}},
		plain{id: "eval", section: "a", paths: []string{"eval"}, when: func(f *Form) bool { return f.Value("grade") == "C" }},
		plain{id: "land", section: "b", paths: []string{"farm", "forest"}},
	}}
}

func give(t *testing.T, fl *Flow, f *Form, text string) Outcome {
	t.Helper()
	return fl.Give(f, Input{Text: text}, nil)
}

func TestFlow(t *testing.T) {
	t.Run("asks only what is open and applies", func(t *testing.T) {
		fl := branching()
		f := NewForm(fl, "x", "张大有", 0)
		require.Equal(t, "house", fl.Next(f).ID())
		give(t, fl, f, "grade=A farm=3")
		require.Equal(t, "land", fl.Next(f).ID(), "no evaluation for an A-grade house")
		done, left := fl.Progress(f, fl.Next(f))
		require.Equal(t, []int{1, 1}, []int{done, left})
		give(t, fl, f, "forest=0")
		require.Nil(t, fl.Next(f))
	})
	t.Run("goes back any number of times and judges branches anew", func(t *testing.T) {
		fl := branching()
		f := NewForm(fl, "x", "", 0)
		give(t, fl, f, "grade=C")
		give(t, fl, f, "eval=镇村建中心")
		give(t, fl, f, "farm=3 forest=1")
		require.True(t, f.Back())
		require.Empty(t, f.Value("farm"))
		require.True(t, f.Back())
		require.True(t, f.Back())
		require.False(t, f.Back())
		give(t, fl, f, "grade=A")
		require.Equal(t, "land", fl.Next(f).ID())
	})
	t.Run("a question is given up on after three tries", func(t *testing.T) {
		fl := branching()
		f := NewForm(fl, "x", "", 0)
		require.Equal(t, NotRead, give(t, fl, f, "what").Event)
		require.Equal(t, NotAllowed, give(t, fl, f, "no").Event)
		require.Equal(t, GaveUp, give(t, fl, f, "what").Event)
		require.Equal(t, "land", fl.Next(f).ID())
		require.Equal(t, "tries", f.Passed["grade"])
	})
	t.Run("approximate values wait for a yes", func(t *testing.T) {
		fl := branching()
		f := NewForm(fl, "x", "", 0)
		give(t, fl, f, "grade=A")
		require.Equal(t, Checked, give(t, fl, f, "farm~7.5 forest=2").Event)
		require.Empty(t, f.Value("farm"))
		fl.Confirm(f, false, nil)
		require.Equal(t, []string{"farm"}, f.Open([]string{"farm", "forest"}))
		give(t, fl, f, "farm~7.5")
		fl.Confirm(f, true, nil)
		require.Equal(t, "7.5", f.Value("farm"))
		require.True(t, f.Back())
		require.Empty(t, f.Value("farm"))
	})
	t.Run("a section asked for goes first", func(t *testing.T) {
		fl := branching()
		f := NewForm(fl, "x", "", 0)
		f.Prefer = "b"
		require.Equal(t, "land", fl.Next(f).ID())
		give(t, fl, f, "farm=1 forest=1")
		require.Equal(t, "house", fl.Next(f).ID())
	})
}

func TestSessionIsReadAsItWasWritten(t *testing.T) {
	fl := branching()
	f := NewForm(fl, "new:岩温", "岩温", 1234)
	give(t, fl, f, "grade=C")
	give(t, fl, f, "farm~7.5")
	f.Pass(&Step{}, "skip", "eval")
	f.Base["farm"], f.Marks["m1.id"], f.Prefer = "3", "5399", "b"
	s := &Session{Form: f, Ask: "open", Args: map[string]string{"after": "1"}, Held: map[string]string{"list": "a,b"}, Menu: []Option{{1, "张大有 三组", "入户 张大有 三组"}}}
	got, err := Decode(s.Encode())
	require.NoError(t, err)
	require.Equal(t, s, got)
}

func FuzzDecode(f *testing.F) {
	f.Add((&Session{Ask: "x", Form: NewForm(branching(), "a", "b", 1)}).Encode())
	f.Add([]byte("s1\x1ef\x1f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Decode(s.Encode())
		require.NoError(t, err)
		require.Equal(t, s.Form == nil, again.Form == nil)
	})
}

// BenchmarkTurn is one answer in a form of a hundred answers, the session read
// and written around it (performance.md row 6: at most 25 µs).
func BenchmarkTurn(b *testing.B) {
	fl := branching()
	f := NewForm(fl, "x", "张大有", 0)
	for i := range 100 {
		f.Answers["m1.field"+strconv.Itoa(i)] = "value " + strconv.Itoa(i)
	}
	for i := range 25 {
		f.Note(Step{Card: "house", Was: []Was{{"m1.field" + strconv.Itoa(i), "", ""}}})
	}
	text := (&Session{Form: f}).Encode()
	b.ReportAllocs()
	for b.Loop() {
		s, err := Decode(text)
		if err != nil {
			b.Fatal(err)
		}
		fl.Give(s.Form, Input{Text: "grade=A farm=3"}, nil)
		fl.Next(s.Form).Ask(s.Form)
		s.Encode()
	}
}
