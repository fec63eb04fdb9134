package zh

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// NameKeys are the ways a name can be looked up by sound.
type NameKeys struct {
	Full     []string // "zhangdayou": every combination of readings, at most 16
	Initials []string // "zdy", for every combination
	Sound    []string // Full made tolerant of dialect and homophones
}

// maxReadings bounds the combinations of readings of one name.
const maxReadings = 16

// noReading stands for a character that has no known reading.
const noReading = "_"

// surnameReadings come first when the character opens a name; all other
// readings are kept behind.
var surnameReadings = map[rune]string{
	'单': "shan", '解': "xie", '仇': "qiu", '查': "zha", '盖': "ge", '曾': "zeng", '区': "ou", '朴': "piao", '任': "ren",
	'岩': "ai", '乐': "yue", '召': "zhao", '晁': "chao", '缪': "miao", '冼': "xian", '翟': "zhai", '宓': "mi", '覃': "qin", '秘': "bi",
	'折': "she", '员': "yun", '黑': "he", '逄': "pang", '繁': "po", '重': "chong", '种': "chong", '尉': "yu", '万': "wan", '俞': "yu",
	'尹': "yin", '长': "chang", '阚': "kan", '燕': "yan", '谌': "chen", '郗': "xi", '瞿': "qu", '那': "na", '么': "yao", '纪': "ji",
	'隗': "wei", '洗': "xian", '幺': "yao", '阿': "a", '沈': "shen", '石': "shi", '叶': "ye", '和': "he", '夏': "xia", '番': "pan",
}

// doubleSurnames have readings of their own.
var doubleSurnames = map[string][2]string{"尉迟": {"yu", "chi"}, "万俟": {"mo", "qi"}, "长孙": {"zhang", "sun"}, "澹台": {"tan", "tai"}, "单于": {"chan", "yu"}}

// Keys makes the look-up keys of a name. Surname readings come first (单 shan,
// 岩 ai), every other reading is kept up to sixteen combinations. Characters
// without a reading become "_"; dots and signs are skipped.
func Keys(name string) NameKeys {
	var k NameKeys
	for _, syllables := range spellings(name) {
		var first, sound strings.Builder
		for _, s := range syllables {
			first.WriteByte(s[0])
			sound.WriteString(soundOf(s))
		}
		k.Full = addNew(k.Full, strings.Join(syllables, ""))
		k.Initials = addNew(k.Initials, first.String())
		k.Sound = addNew(k.Sound, sound.String())
	}
	return k
}

// spellings are the combinations of readings of a name, in syllables.
func spellings(name string) [][]string {
	combos := [][]string{{}}
	r := []rune(Clean(name))
	if len(r) > 30 {
		r = r[:30]
	}
	for i := range r {
		if list := readings(r, i); list != nil {
			combos = combine(combos, list)
		}
	}
	if len(combos[0]) == 0 {
		return nil
	}
	return combos
}

func addNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// combine appends every reading to every combination while there is room; past
// the bound only the first reading goes on.
func combine(combos [][]string, list []string) [][]string {
	if len(combos)*len(list) > maxReadings {
		list = list[:max(1, maxReadings/len(combos))]
	}
	out := make([][]string, 0, len(combos)*len(list))
	for _, syllable := range list {
		for _, c := range combos {
			out = append(out, append(append(make([]string, 0, len(c)+1), c...), syllable))
		}
	}
	return out
}

// readings are the toneless readings of sign i, the likeliest first; nil for a
// sign that is not spoken.
func readings(r []rune, i int) []string {
	c := r[i]
	if c < 0x80 {
		if latin(unicode.ToLower(c)) {
			return []string{string(unicode.ToLower(c))}
		}
		return nil
	}
	if c == nameDot || unicode.IsPunct(c) || unicode.IsSpace(c) || unicode.IsSymbol(c) {
		return nil
	}
	out := dictionary(c)
	if i == 0 {
		out = first(out, surnameReadings[c])
		if i+1 < len(r) {
			out = first(out, doubleSurnames[string(r[:2])][0])
		}
	} else if i == 1 {
		out = first(out, doubleSurnames[string(r[:2])][1])
	}
	if len(out) == 0 {
		return []string{noReading}
	}
	return out
}

// first puts s in front of list; "" changes nothing.
func first(list []string, s string) []string {
	if s == "" {
		return list
	}
	out := []string{s}
	for _, x := range list {
		if x != s {
			out = append(out, x)
		}
	}
	return out
}

// dictionary looks up the readings of one character, without tones.
func dictionary(c rune) []string {
	all, ok := pinyin.PinyinDict[int(c)]
	if !ok {
		if c = foldRune(c); c == 0 {
			return nil
		}
		all = pinyin.PinyinDict[int(c)]
	}
	var out []string
	for _, p := range strings.Split(all, ",") {
		if p = toneless(p); p != "" {
			out = addNew(out, p)
		}
	}
	return out
}

// Sound is how a sign sounds to an ear in Yunnan, without its tone: the same for all
// that are easily taken for one another (顶 and 定, 化 and 话); "" for what is not spoken.
func Sound(r rune) string {
	if list := dictionary(r); len(list) > 0 {
		return soundOf(list[0])
	}
	return ""
}

// toneless turns "zhāng" into "zhang", "lǚ" into "lv", and drops what is no letter.
func toneless(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case isLetter(r):
			b.WriteRune(r)
		case strings.ContainsRune("āáǎà", r):
			b.WriteByte('a')
		case strings.ContainsRune("ēéěèêếềḗ", r):
			b.WriteByte('e')
		case strings.ContainsRune("īíǐì", r):
			b.WriteByte('i')
		case strings.ContainsRune("ōóǒò", r):
			b.WriteByte('o')
		case strings.ContainsRune("ūúǔù", r):
			b.WriteByte('u')
		case strings.ContainsRune("ǖǘǚǜü", r):
			b.WriteByte('v')
		case strings.ContainsRune("ńňǹ", r):
			b.WriteByte('n')
		case r == 'ḿ':
			b.WriteByte('m')
		}
	}
	return b.String()
}

// soundOf maps a syllable to one for all that sound alike in Yunnan: n/l, zh/z,
// ch/c, sh/s, f/h, r/y kept apart, ing/in, eng/en, ang/an merged.
func soundOf(s string) string {
	for _, m := range [][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}, {"fu", "hu"}, {"f", "hu"}} {
		if strings.HasPrefix(s, m[0]) && len(s) > len(m[0]) {
			s = m[1] + s[len(m[0]):]
			break
		}
	}
	if strings.HasSuffix(s, "ng") && s != "ng" && !strings.HasSuffix(s, "ong") {
		s = s[:len(s)-1]
	}
	return s
}

// LooksPinyin reports whether a query is pinyin or initials: Latin letters (with
// or without tone marks), blanks and apostrophes only.
func LooksPinyin(s string) bool {
	letters := 0
	for _, r := range read(s).r {
		switch {
		case r == ' ' || r == '\'' || r == '’' || r == '-':
		case toneless(string(r)) != "":
			letters++
		default:
			return false
		}
	}
	return letters > 0
}

// NormalizePinyin makes "zhang da you", "ZhangDaYou" and "zhāng dà yǒu" into
// "zhangdayou"; ü becomes v; everything that is no letter goes.
func NormalizePinyin(s string) string { return toneless(string(read(s).r)) }

// SoundOfPinyin is the tolerant key (NameKeys.Sound) of typed pinyin; it is
// split into syllables greedily.
func SoundOfPinyin(s string) string {
	var b strings.Builder
	for s = NormalizePinyin(s); s != ""; {
		n := syllable(s)
		b.WriteString(soundOf(s[:n]))
		s = s[n:]
	}
	return b.String()
}

// syllable is the length of the longest syllable that s starts with, leaving a
// consonant to a vowel that follows it (xinan is xi nan).
func syllable(s string) int {
	i := 0
	for i < len(s) && !vowel(s[i]) {
		i++
	}
	for i < len(s) && vowel(s[i]) {
		i++
	}
	if strings.HasPrefix(s[i:], "ng") && (len(s) == i+2 || !vowel(s[i+2])) {
		return i + 2
	}
	if i < len(s) && (s[i] == 'n' || s[i] == 'r' && s[i-1] == 'e' && i == 1) && (len(s) == i+1 || !vowel(s[i+1])) {
		return i + 1
	}
	return max(i, 1)
}

func vowel(c byte) bool { return strings.IndexByte("aeiouv", c) >= 0 }
