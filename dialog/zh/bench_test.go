package zh

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const benchSentence = "三组 张大有 4人2劳 C级 缺技术 牛2头 去年烤烟卖了两万三 明年五月底前修好"

func BenchmarkScan(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Scan(benchSentence)
	}
}

func BenchmarkClauses(b *testing.B) {
	for b.Loop() {
		Clauses(benchSentence)
	}
}

func BenchmarkReadChoice(b *testing.B) {
	menu := NewMenu(causes)
	for b.Loop() {
		menu.Read("因病 缺技术")
	}
}

func BenchmarkReadChoiceBySound(b *testing.B) {
	menu := NewMenu(causes)
	for b.Loop() {
		menu.Read("武保")
	}
}

func BenchmarkReadDate(b *testing.B) {
	for b.Loop() {
		ReadDate("明年五月底前", fuzzNow)
	}
}

func BenchmarkReadDateLunar(b *testing.B) {
	for b.Loop() {
		ReadDate("腊月廿三", fuzzNow)
	}
}

func BenchmarkReadQuantity(b *testing.B) {
	for b.Loop() {
		ReadQuantity("大概三亩半", Area)
	}
}

func BenchmarkKin(b *testing.B) {
	for b.Loop() {
		Kin("大儿子李强")
	}
}

func BenchmarkKeys(b *testing.B) {
	for b.Loop() {
		Keys("张大有")
	}
}

// Ten times the text must not take much more than ten times the time.
func TestLongInputTakesLinearTime(t *testing.T) {
	menu := NewMenu(causes)
	readers := map[string]func(string){
		"scan": func(s string) { Scan(s) }, "number": func(s string) { Number(s) }, "quantity": func(s string) { ReadQuantity(s, Area) },
		"date": func(s string) { ReadDate(s, fuzzNow) }, "choice": func(s string) { menu.Read(s) }, "clauses": func(s string) { Clauses(s) },
		"kin": func(s string) { Kin(s) }, "ids": func(s string) { IDNumbers(s, fuzzNow) }, "phones": func(s string) { Phones(s) },
		"name": func(s string) { ReadName(s) }, "keys": func(s string) { Keys(s) }, "yes": func(s string) { YesNo(s) }, "none": func(s string) { IsNone(s) },
	}
	for name, run := range readers {
		for _, unit := range []string{"三", "1", "1,", "1 ", "111-", "一百", "大概", "前", "三亩", "一年", "的", "三到", "每人", "不是", "三亩二分", "x", "1.", "半", "好几", "没有", "岩", "因病", "下", "家"} {
			long := strings.Repeat(unit, 60_000/len(unit))
			start := time.Now()
			run(long)
			require.Less(t, time.Since(start), 20*time.Second, "%s on 60 kB of %q", name, unit)
		}
	}
}
