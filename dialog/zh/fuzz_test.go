package zh

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var fuzzNow = time.Date(2018, 11, 20, 15, 0, 0, 0, time.FixedZone("CST", 8*3600))

var fuzzSeeds = []string{
	"", " ", "三亩半", "1,200", "两万三", "三组 张大有 4人2劳 C级 缺技术 牛2头 19脱", "2018年10月31日", "腊月廿三", "三个月内",
	"539901199801030030", "5399 0119 9801 0300 30", "138-1234-5678", "儿张小军", "尼玛·次仁", "𠮷田", "不是C级", "1、3", "①", "一百二三",
	"百八十", "大几千", "上百", "半个钟头", "个把月", "每人月210", "8000/年", "3到5万", "第一批", "\xff\xfe", "一年零三个月", "岩温", "闰六月初一",
	"千千千万万万", "零零零", "1.2.3.4", "半半半", "亩把亩把", "多多", "三到三到三到四", "前前前", "下下下周", "{亻罗}香", "９９９９９９９９９９９９９９９９",
}

func seed(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
}

func inside(t *testing.T, s string, start, end int) {
	t.Helper()
	if start < 0 || end > len(s) || start >= end {
		t.Fatalf("span %d:%d outside %q", start, end, s)
	}
}

func FuzzNumber(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := Number(s)
		if ok && (n.Low > n.Value || n.Value > n.High || !n.Approx && n.Low != n.High) {
			t.Fatalf("%q: %v outside %v–%v", s, n.Value, n.Low, n.High)
		}
		IsNone(s)
		YesNo(s)
		if c := Clean(s); Clean(c) != c {
			t.Fatalf("Clean is not stable on %q: %q", s, c)
		}
	})
}

func FuzzScan(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, q := range Scan(s) {
			inside(t, s, q.Start, q.End)
			if q.Start < last || s[q.Start:q.End] != q.Said {
				t.Fatalf("%q: overlap or wrong words at %d", s, q.Start)
			}
			if q.Low > q.High {
				t.Fatalf("%q: bounds of %+v", s, q)
			}
			last = q.End
		}
		for want := Plain; want <= Calendar; want++ {
			if q, ok := ReadQuantity(s, want); ok {
				inside(t, s, q.Start, q.End)
			}
		}
	})
}

func FuzzReadDate(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, lean := range []Lean{ThisYear, Past, Future} {
			d, problem := ReadDateLean(s, fuzzNow, lean)
			if problem == DateOK && (d.Precision == NoDate || d.Precision == Day && !validDay(d.Year, d.Month, d.Day) || d.Last().Before(d.First())) {
				t.Fatalf("%q: %+v", s, d)
			}
		}
		ReadYear(s, fuzzNow)
		if d, problem := ReadBirth(s, fuzzNow); problem == DateOK && d.First().After(fuzzNow) {
			t.Fatalf("%q: born in the future: %v", s, d)
		}
	})
}

func FuzzReadChoice(f *testing.F) {
	seed(f)
	menu := NewMenu(causes)
	f.Fuzz(func(t *testing.T, s string) {
		picked, _, ok := menu.Read(s)
		if ok != (len(picked) > 0) {
			t.Fatalf("%q: %v %v", s, picked, ok)
		}
		for _, i := range picked {
			if i < 0 || i >= len(causes) {
				t.Fatalf("%q: picks %d", s, i)
			}
		}
	})
}

func FuzzClauses(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, c := range Clauses(s) {
			inside(t, s, c.Start, c.End)
			if c.Start < last || s[c.Start:c.End] != c.Text {
				t.Fatalf("%q: %+v", s, c)
			}
			last = c.End
		}
		SplitList(s)
	})
}

func FuzzKin(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		k, rest, ok := Kin(s)
		if ok && (k.Key == "" || !strings.HasSuffix(s, rest)) || !ok && rest != s {
			t.Fatalf("%q: %+v %q", s, k, rest)
		}
	})
}

func FuzzIDNumbers(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, id := range IDNumbers(s, fuzzNow) {
			inside(t, s, id.Start, id.End)
		}
		for _, p := range Phones(s) {
			inside(t, s, p.Start, p.End)
			if len(p.Number) != 11 {
				t.Fatalf("%q: %+v", s, p)
			}
		}
	})
}

func FuzzReadName(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		name, ok := ReadName(s)
		if n := utf8.RuneCountInString(name); ok && (n < 2 || n > 30) {
			t.Fatalf("%q: %q", s, name)
		}
		if again, still := ReadName(name); ok && still && again != name && !strings.Contains(name, "家") && len(dropHonorific([]rune(name))) == len([]rune(name)) {
			t.Fatalf("%q: %q then %q", s, name, again)
		}
	})
}

func FuzzKeys(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		k := Keys(s)
		if len(k.Full) > maxReadings || len(k.Initials) > len(k.Full) || len(k.Sound) > len(k.Full) {
			t.Fatalf("%q: %+v", s, k)
		}
		LooksPinyin(s)
		SoundOfPinyin(s)
	})
}
