package zh

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// row is one case of a file in testdata: "input ⇒ want", several to a line
// separated by |, all with the prefix that stands before a colon, if any.
type row struct{ head, in, want string }

func rows(t *testing.T, file string, headed bool) []row {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	require.NoError(t, err)
	defer f.Close()
	var out []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		head := ""
		if headed {
			head, line, _ = strings.Cut(line, ": ")
		}
		for _, part := range strings.Split(line, " | ") {
			in, want, ok := strings.Cut(part, "⇒")
			require.True(t, ok, part)
			out = append(out, row{head, strings.TrimSpace(in), strings.TrimSpace(want)})
		}
	}
	require.NotEmpty(t, out)
	return out
}

// check runs every row and reports all that differ, with what was read.
func check(t *testing.T, list []row, read func(r row) string) {
	t.Helper()
	for _, r := range list {
		if got := read(r); got != r.want {
			t.Errorf("%s %q: got %q, want %q", r.head, r.in, got, r.want)
		}
	}
}

func shown(n Num) string {
	s := n.Value.String()
	if n.Approx {
		s += "~" + n.Low.String() + "-" + n.High.String()
	}
	return s
}

func TestNumberTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "number.txt", false), func(r row) string {
		n, ok := Number(r.in)
		if !ok {
			return "-"
		}
		return shown(n)
	})
}

var dimNames = map[string]Dim{"area": Area, "length": Length, "floor": Floor, "money": Money, "months": Months, "weight": Weight, "count": Count,
	"percent": Percent, "age": Age, "minutes": Minutes, "days": Days, "years": Years, "volume": Volume}

func shownQuantity(q Quantity) string {
	s := q.Value.String() + q.Unit
	if q.Approx {
		s += "~" + q.Low.String() + "-" + q.High.String()
	}
	if q.Per != "" {
		s += "/" + q.Per
	}
	return s
}

func TestReadQuantityTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "quantity.txt", true), func(r row) string {
		want, known := dimNames[r.head]
		require.True(t, known, r.head)
		q, ok := ReadQuantity(r.in, want)
		if !ok {
			return "-"
		}
		s := shownQuantity(q)
		if q.Ambiguous {
			s += "?"
		}
		return s
	})
}

func TestScanTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "scan.txt", false), func(r row) string {
		var out []string
		for _, q := range Scan(r.in) {
			require.Equal(t, q.Said, r.in[q.Start:q.End])
			switch q.Dim {
			case Calendar:
				out = append(out, "date:"+q.Said)
			case Ordinal:
				out = append(out, "no:"+shownQuantity(q))
			default:
				out = append(out, shownQuantity(q))
			}
		}
		return strings.Join(out, " ")
	})
}

func shownDate(d Date, problem DateProblem) string {
	if problem != DateOK {
		return string(problem)
	}
	flags := ""
	for _, f := range []struct {
		on   bool
		mark string
	}{{d.Relative, "r"}, {d.Approx, "a"}, {d.Before, "b"}} {
		if f.on {
			flags += f.mark
		}
	}
	return strings.TrimSpace(d.String() + " " + flags)
}

func TestReadDateTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "date.txt", false), func(r row) string { return shownDate(ReadDate(r.in, fuzzNow)) })
}

func TestReadBirthTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "birth.txt", false), func(r row) string { return shownDate(ReadBirth(r.in, fuzzNow)) })
}

func TestKinTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "kin.txt", false), func(r row) string {
		k, rest, ok := Kin(r.in)
		if !ok {
			require.Equal(t, r.in, rest)
			return "-"
		}
		return strings.Join(strings.Fields(k.Key+" "+k.Sex+" "+rest), " ")
	})
}

func TestAnswerTable(t *testing.T) {
	t.Parallel()
	check(t, rows(t, "answer.txt", false), func(r row) string {
		s := map[Answer]string{Yes: "yes", No: "no", Unclear: "?"}[YesNo(r.in)]
		what, none := NoneOf(r.in)
		require.Equal(t, none && what == "", IsNone(r.in), r.in)
		if none {
			s += " 0" + what
		}
		return s
	})
}

const han = "零一二三四五六七八九"

// spell writes n in Chinese, as cheques do, with 零 where a place is skipped.
func spell(n int) string {
	if n == 0 {
		return "零"
	}
	var b strings.Builder
	digits, units := []rune(han), []string{"万", "千", "百", "十", ""}
	place, gap := 10000, false
	for _, u := range units {
		d := n / place % 10
		switch {
		case d > 0:
			if gap && b.Len() > 0 {
				b.WriteRune('零')
			}
			b.WriteRune(digits[d])
			b.WriteString(u)
			gap = false
		default:
			gap = true
		}
		place /= 10
	}
	return b.String()
}

// colloquial drops the last unit (三千五) and the first 一 (十五) as people do.
func colloquial(s string) string {
	if strings.HasPrefix(s, "一十") {
		return strings.TrimPrefix(s, "一")
	}
	r := []rune(s)
	if n := len(r); n >= 4 && unitOf(r[n-1]) > 0 && unitOf(r[n-3]) == 10*unitOf(r[n-1]) {
		return string(r[:n-1])
	}
	return s
}

func TestEveryNumberComesBack(t *testing.T) {
	t.Parallel()
	for n := 0; n < 100_000; n++ {
		for _, s := range []string{spell(n), colloquial(spell(n)), Whole(n).String()} {
			got, ok := Number(s)
			if !ok || got.Approx || got.Value != Whole(n) {
				t.Fatalf("%d as %q: %v %+v", n, s, ok, got)
			}
		}
	}
}

func TestDecimalsComeBack(t *testing.T) {
	t.Parallel()
	for d := Dec(-30_000); d < 30_000; d += 7 {
		got, ok := ParseDec(d.String())
		require.True(t, ok)
		require.Equal(t, d, got)
	}
	for _, s := range []string{"", "-", "1.", ".5", "1e3", "１", "9999999999999", "--1"} {
		_, ok := ParseDec(s)
		require.False(t, ok, s)
	}
	n, whole := Dec(35_000).Int()
	require.Equal(t, 3, n)
	require.False(t, whole)
	require.Equal(t, "-0.25", Dec(-2500).String())
	require.InDelta(t, 3.5, Dec(35_000).Float(), 1e-9)
}
