package models

import (
	"strconv"
	"strings"
)

// GroupKey is a group's name in the form look-ups compare: 三组 = 3组 = 第三组 =
// 三小组 = 三社 = 三, 曼班三队 = 曼班3队, and 大水井组 = 大水井. A 队 or 寨 stays one: 三队 is not 三组
// (domain.md §0: names with a number and names of places, both are asked for).
func GroupKey(name string) string {
	key := strings.Join(strings.Fields(name), "")
	key = strings.TrimPrefix(key, "第")
	for _, suffix := range []string{"村民小组", "小组", "组", "社"} {
		if rest, ok := strings.CutSuffix(key, suffix); ok && rest != "" {
			key = rest
			break
		}
	}
	var out strings.Builder
	for key != "" {
		start := strings.IndexAny(key, digitRunes)
		if start < 0 {
			break
		}
		number := key[start:]
		if end := strings.IndexFunc(number, func(r rune) bool { return !strings.ContainsRune(digitRunes, r) }); end >= 0 {
			number = number[:end]
		}
		out.WriteString(key[:start])
		if n, ok := smallNumber(number); ok {
			out.WriteString(strconv.Itoa(n))
		} else {
			out.WriteString(number)
		}
		key = key[start+len(number):]
	}
	return out.String() + key
}

// digitRunes are the characters a number in a group's name is made of.
const digitRunes = "0123456789０１２３４５６７８９〇零一二三四五六七八九十"

// smallNumber reads 3, ３, 三, 十, 十二, 二十 and 二十三; false for anything else.
func smallNumber(text string) (n int, ok bool) {
	ten := false
	for _, r := range text {
		d := digitOf(r)
		switch {
		case d < 10 && ten:
			n += d
		case d < 10:
			n = n*10 + d
		case ten:
			return 0, false
		default:
			ten = true
			n = max(n, 1) * 10
		}
	}
	return n, text != "" && n < 1000
}

func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	case r == '〇' || r == '零':
		return 0
	case r == '十':
		return 10
	}
	for i, c := range []rune("一二三四五六七八九") {
		if c == r {
			return i + 1
		}
	}
	return 10
}
