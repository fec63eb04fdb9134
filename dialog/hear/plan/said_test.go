package plan

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// TestSaid reads the sentences of testdata/*.txt. A line names the reader (with
// what is asked and the measure spoken of behind colons) and the sentence; the
// indented line below is what it says, "" when nothing: values with ~ for
// approximate, ^ for relative and ! for large, what was not read behind a "?".
func TestSaid(t *testing.T) {
	t.Parallel()
	for file, profile := range map[string]string{"2018.txt": "huhuqing-2018", "cadres.txt": "huhuqing-2018", "fresh.txt": "huhuqing-2018", "hard.txt": "huhuqing-2018", "2021.txt": "monitoring-2021"} {
		p, err := models.LoadProfile(profile)
		require.NoError(t, err)
		r, c := New(p), village2018()
		if profile != "huhuqing-2018" {
			c.Now, c.First, c.Last = autumn.AddDate(4, 0, 0), 2021, 2025
		}
		f, err := os.Open("testdata/" + file)
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		count, scan := 0, bufio.NewScanner(f)
		for scan.Scan() {
			mode, text, ok := strings.Cut(scan.Text(), " ")
			if !ok || !scan.Scan() {
				continue
			}
			want := strings.TrimSpace(scan.Text())
			count++
			t.Run(mode+" "+text, func(t *testing.T) {
				require.Equal(t, want, strings.TrimSpace(read(r, c, mode, text)))
			})
		}
		require.NoError(t, scan.Err())
		require.Greater(t, count, 15)
	}
}

func TestVocabularyFits(t *testing.T) {
	t.Parallel()
	r := reader(t)
	require.Empty(t, r.lex.problems)
	for text, w := range r.lex.words.All() {
		require.LessOrEqual(t, len(w.causes), 1, "%s means several causes", text)
		require.LessOrEqual(t, len(w.cats), 1, "%s means several measures", text)
	}
}

// TestSpansAreOfTheText: every byte span points at what it says, also in
// full-width and Traditional text.
func TestSpansAreOfTheText(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	for _, text := range []string{"養牛２頭，１８年滬滇２萬", "因病，缺資金３萬　買牛", "  危改Ｄ　2.1万 10月完！"} {
		ms, us := r.Measures(text, c)
		cs, more := r.Causes(text, c)
		for _, u := range append(us, more...) {
			require.Equal(t, text[u.Start:u.End], u.Said)
		}
		for _, m := range ms {
			require.Equal(t, text[m.Span.Start:m.End], m.Said)
		}
		for _, c := range cs {
			require.Equal(t, text[c.Span.Start:c.End], c.Said)
		}
		require.NotEmpty(t, append(ms, make([]Measure, len(cs))...))
	}
}

// TestNoSentenceIsMetWithSilence: whatever a cadre says, a reader finds a value
// in it or says that it did not, unless nothing but small words was said.
func TestNoSentenceIsMetWithSilence(t *testing.T) {
	t.Parallel()
	r, c := reader(t), village2018()
	f, err := os.Open("testdata/cadres.txt")
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	scan := bufio.NewScanner(f)
	for scan.Scan() {
		mode, text, ok := strings.Cut(scan.Text(), " ")
		if !ok || mode == "" {
			continue
		}
		p := r.newPass(text, c)
		if !slices.ContainsFunc(p.pieces, func(x piece) bool {
			return !p.empty(x) && p.find(x, func(tk *tok) bool { return !tk.is(is | helper) }) >= 0
		}) {
			continue
		}
		for _, mode := range []string{"measure", "fund", "output", "exit"} {
			require.NotEmpty(t, strings.TrimSpace(read(r, c, mode, text)), "%s %s", mode, text)
		}
	}
	require.NoError(t, scan.Err())
}
