package progress

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// autumn is the day the tests speak on.
var autumn = time.Date(2018, 9, 20, 10, 0, 0, 0, time.FixedZone("CST", 8*3600))

func reader(t testing.TB, profile string) *Reader {
	p, err := models.LoadProfile(profile)
	require.NoError(t, err)
	return New(p)
}

func amountSaid(a Amount) string { return a.Qty + a.Unit }

// dump is a reading in one line: ~ for an estimate, ^ for a date of relative words,
// what was not read behind a "?".
func dump(r Reading) string {
	var out []string
	if r.House != "" || r.Group != "" || r.Batch {
		out = append(out, strings.TrimSpace(fmt.Sprintf("of %s %s%s", r.Group, r.House, map[bool]string{true: " all"}[r.Batch])))
	}
	for _, x := range r.Reports {
		out = append(out, dumpReport(x))
	}
	for _, u := range r.Unread {
		out = append(out, "?"+u.Why+":"+u.House+map[bool]string{true: " "}[u.House != ""]+u.Said)
	}
	return strings.Join(out, " | ")
}

func dumpReport(x Report) string {
	var f []string
	put := func(key, value string) {
		if value != "" {
			f = append(f, key+value)
		}
	}
	put("of ", x.House)
	put("", string(x.Step)+map[bool]string{true: "(promised)"}[x.Promise])
	put("", x.Percent+map[bool]string{true: "%"}[x.Percent != ""])
	put("done=", amountSaid(x.Done)+map[bool]string{true: "+"}[x.More])
	put("of=", amountSaid(x.Of))
	put("left=", amountSaid(x.Left))
	put("lost=", amountSaid(x.Loss))
	put("on=", x.On)
	put("due=", x.Due)
	put("by=", x.By)
	put("instead=", x.Instead)
	put("why=", x.Why)
	put("dept=", x.Dept)
	for _, m := range x.Money {
		put(m.Kind+"=", m.Amount+map[bool]string{true: "~"}[m.Approx]+map[bool]string{true: "+"}[m.Again]+map[bool]string{true: "all"}[m.Amount == "" && m.Share == ""]+m.Share+map[bool]string{true: "%"}[m.Share != ""])
	}
	for _, o := range x.Outputs {
		put(o.Indicator+"=", amountSaid(o.Amount)+map[bool]string{true: "~"}[o.Approx])
	}
	for _, w := range x.Follows {
		put(w.Path+"=", w.Value)
	}
	put("", map[bool]string{true: "photo"}[x.Photo])
	put("", map[bool]string{true: "~"}[x.Approx]+map[bool]string{true: "^"}[x.Turned])
	var about []string
	for _, a := range x.About {
		about = append(about, a.Word)
	}
	put("@", strings.Join(about, ","))
	return strings.Join(f, " ")
}

// TestSaid reads the sentences of testdata/*.txt: a sentence, and indented below it
// what it tells. A sentence may begin with "[due]", "[why]" or another thing asked
// for, or "[=postpone]" for the command it was given to.
func TestSaid(t *testing.T) {
	t.Parallel()
	for _, of := range [][2]string{{"2018.txt", "huhuqing-2018"}, {"2021.txt", "monitoring-2021"}} {
		file, r := of[0], reader(t, of[1])
		f, err := os.Open("testdata/" + file)
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		count, scan := 0, bufio.NewScanner(f)
		for scan.Scan() {
			text := scan.Text()
			if text == "" || strings.HasPrefix(text, "#") || !scan.Scan() {
				continue
			}
			want := strings.TrimSpace(scan.Text())
			count++
			t.Run(text, func(t *testing.T) {
				c, said := Context{Now: autumn}, text
				if asked, rest, ok := strings.Cut(text, "]"); ok && strings.HasPrefix(text, "[") {
					said = rest
					if step, is := strings.CutPrefix(asked, "[="); is {
						c.Step = models.StepKind(step)
					} else {
						c.Asked = asked[1:]
					}
				}
				got := dump(r.Read(said, c))
				if os.Getenv("HHQ_SAID_OUT") != "" {
					fmt.Printf("%s\n      %s\n", text, got)
					return
				}
				require.Equal(t, want, got)
			})
		}
		require.NoError(t, scan.Err())
		require.Greater(t, count, 10)
	}
}

func TestVocabularyFits(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	r := reader(t, "huhuqing-2018")
	require.Empty(t, r.lex.problems)
	for text, w := range r.lex.words.All() {
		if w.dept != "" {
			require.NotNil(t, p.Item("dept", w.dept), text)
		}
		for _, f := range w.follows {
			require.NotNil(t, models.FieldAt(f.Path), "%s: %s", text, f.Path)
		}
	}
	require.NotEmpty(t, r.lex.after)
	for _, a := range r.lex.after {
		require.NotNil(t, p.Item("measure_cat2", a.kind), a.kind)
		fd := models.FieldAt(a.Path)
		require.NotNil(t, fd, a.Path)
		require.True(t, fd.Codes == "" || p.Item(fd.Codes, a.Value) != nil, a.Value)
	}
}
