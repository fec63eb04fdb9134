package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/dialog/zh"
)

// quantities are those of the text. What the scanner joins although it is two
// is taken apart: a sum and the year behind it (2万19年), a sum and a count that
// begins with 两, which is also a weight (3万两年).
func (p *pass) quantities(s string) []zh.Quantity {
	qs := zh.Scan(s)
	for k := 0; k < len(qs); k++ {
		q, cut, to := qs[k], -1, qs[k].End
		said := s[q.Start:q.End]
		switch {
		case p.glued(said) > 0: // 600019年, 4万2019
			cut = p.glued(said)
			if strings.HasPrefix(s[q.End:], "年") {
				to += len("年")
			}
		case q.Dim == zh.Weight && strings.HasSuffix(said, "两") && strings.ContainsRune("0123456789百千", lastRune(strings.TrimSuffix(said, "两"))) && countedAt(s[q.End:]): // 五千两头
			cut, to = len(said)-len("两"), len(s)
			if k+1 < len(qs) {
				to = qs[k+1].Start
			}
		case q.Dim == zh.Years && q.Value >= zh.Whole(100):
			if cut = strings.LastIndexAny(said, "万千百元块"); cut >= 0 {
				cut += len("万")
			}
		case q.Per != "" && strings.HasSuffix(said, "每"+q.Per): // 六个人每人2万, 8亩每亩补400
			qs = slices.Clone(qs)
			qs[k].End, qs[k].Per = q.End-len("每"+q.Per), ""
			if k+1 < len(qs) && qs[k+1].Per != "" && strings.HasPrefix(s[q.End:qs[k+1].Start], "每") { // 3个人每人每月210
				qs[k+1].Per = q.Per + "·" + qs[k+1].Per
			}
			continue
		case q.Dim == zh.Weight && strings.HasSuffix(said, "万两"):
			cut, to = len(said)-len("两"), len(s)
			if k+1 < len(qs) {
				to = qs[k+1].Start
			}
		}
		if cut < 1 || cut >= to-q.Start {
			continue
		}
		cut += q.Start
		parts := append(scanAt(s, q.Start, cut), scanAt(s, cut, to)...)
		qs = slices.Replace(slices.Clone(qs), k, k+1, parts...)
	}
	return qs
}

// glued is where a year of the programme begins that was written onto the
// digits of a sum, 0 when there is none.
func (p *pass) glued(said string) int {
	digits := strings.TrimSuffix(said, "年")
	yearly := len(digits) < len(said)
	tail := len(digits)
	for tail > 0 && digits[tail-1] >= '0' && digits[tail-1] <= '9' {
		tail--
	}
	run := digits[tail:]
	year := func(text string) bool {
		n, err := strconv.Atoi(text)
		if err == nil && len(text) == 2 {
			n += p.c.First / 100 * 100
		}
		return err == nil && n >= p.c.First && n <= p.c.Last && p.c.First > 0
	}
	switch n := len(run); {
	case n >= 7 && year(run[n-4:]), n == 4 && tail > 0 && strings.HasSuffix(digits[:tail], "万") && year(run):
		return len(digits) - 4
	case n >= 5 && yearly && year(run[n-2:]) && run[n-4:n-2] != "20":
		return len(digits) - 2
	}
	return 0
}

// countedAt: the text goes on with what two can count: 头, 亩, 年.
func countedAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("头只亩年户人口箱个匹株棵羽间套座", r)
}

// scanAt scans a stretch of a text, with its bytes in the whole.
func scanAt(s string, from, to int) []zh.Quantity {
	qs := zh.Scan(s[from:to])
	for k := range qs {
		qs[k].Start, qs[k].End = qs[k].Start+from, qs[k].End+from
	}
	return qs
}
