package zh

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Choice is one option of a question.
type Choice struct {
	Key   string
	Label string
	Also  []string // other words for it
}

// Menu is a compiled list of choices; it may be shared.
type Menu struct {
	size  int
	words []menuWord // longest first
	keys  *sync.Map  // word → []string, how it sounds; worked out when it is first needed
}

// menuWord is a word that picks a choice; -1 when two choices claim it.
type menuWord struct {
	s    string
	r    []rune
	pick int
}

// NewMenu compiles choices, for questions that are asked often.
func NewMenu(cs []Choice) Menu {
	m := Menu{size: len(cs), keys: new(sync.Map)}
	owner := map[string]int{}
	for i, c := range cs {
		for k, w := range append([]string{c.Label}, c.Also...) {
			f := Fold(w)
			if f == "" {
				continue
			}
			if o, taken := owner[f]; taken && o != i && k > 0 {
				if o >= 0 && Fold(cs[o].Label) != f {
					owner[f] = -1
				}
				continue
			}
			owner[f] = i
		}
	}
	for f, i := range owner {
		m.words = append(m.words, menuWord{f, []rune(f), i})
	}
	slices.SortFunc(m.words, func(a, b menuWord) int {
		if len(a.r) != len(b.r) {
			return len(b.r) - len(a.r)
		}
		return slices.Compare(a.r, b.r)
	})
	return m
}

// ReadChoice finds which options an answer picks: indexes into cs in the order
// said, what was not understood, and whether anything was picked. It reads
// numbers (1, １, ①, 第一个, 选1, "1。", 1、3, 1 3; 13 only when there are thirteen
// options), labels, synonyms, parts of a label that only one option has, and as a
// last resort words that sound like exactly one option (西级, 武保, 特快). What is
// denied (不是C级) is not picked and stays in rest.
func ReadChoice(s string, cs []Choice) (picked []int, rest string, ok bool) {
	return NewMenu(cs).Read(s)
}

// Read is ReadChoice on a compiled menu.
func (m Menu) Read(s string) (picked []int, rest string, ok bool) {
	p := picker{menu: m, r: read(s).r}
	p.run()
	return p.picked, strings.TrimSpace(strings.Join(p.rest, " ")), len(p.picked) > 0
}

type picker struct {
	menu   Menu
	r      []rune
	picked []int
	rest   []string
}

// run reads piece by piece: pieces end at punctuation and blanks.
func (p *picker) run() {
	if i := p.whole(trimBlank(p.r)); i >= 0 {
		p.pick(i)
		return
	}
	start := 0
	for i := 0; i <= len(p.r); i++ {
		if i == len(p.r) || separates(p.r, i) {
			if i > start {
				p.piece(p.r[start:i])
			}
			start = i + 1
		}
	}
}

// whole picks the choice whose word is the whole answer, blanks aside.
func (p *picker) whole(r []rune) int {
	var bare []rune
	for _, c := range r {
		if c != ' ' {
			bare = append(bare, c)
		}
	}
	said := string(bare)
	for i := range p.menu.words {
		if w := &p.menu.words[i]; w.s == said {
			return w.pick
		}
	}
	return -1
}

// separates reports that sign i stands between pieces.
func separates(r []rune, i int) bool {
	c := r[i]
	if c == '.' && isDigit(sign(r, i-1)) && isDigit(sign(r, i+1)) {
		return true // 1.3 as a list of options
	}
	return c == ' ' || strings.ContainsRune(clauseMarks+".+&/;:()[]~\"'“”", c)
}

func (p *picker) pick(i int) {
	if !slices.Contains(p.picked, i) {
		p.picked = append(p.picked, i)
	}
}

// piece reads one piece: number, then words, then sounds.
func (p *picker) piece(r []rune) {
	r = stripChoice(r)
	if len(r) == 0 {
		return
	}
	if i, n := p.number(r); i >= 0 {
		p.pick(i)
		if n < len(r) {
			p.piece(r[n:])
		}
		return
	}
	if i := linkAt(r); i > 0 {
		p.piece(r[:i])
		p.piece(r[i+1:])
		return
	}
	if p.words(r) || p.unique(r) || p.sounds(r) {
		return
	}
	p.rest = append(p.rest, string(r))
}

// choiceHeads and choiceTails say that something is chosen, not what.
var (
	choiceHeads = []string{"我选择", "我要选", "我选", "选择", "选的是", "选的", "选", "应该是", "应该", "大概是", "可能是", "就是", "主要是", "主要因为", "主要", "次要是", "次要", "其次", "还有", "以及", "另外", "因为", "属于", "他家是因为", "他家是", "他家", "他是", "她是", "个个是", "都是", "算是", "是", "要", "填", "和", "跟", "与", "及", "加", "也", "还"}
	choiceTails = []string{"这个", "那个", "这一个", "那一个", "吧", "了", "的", "嘛", "呢", "啊", "呀", "哦", "噶", "咯", "都有", "也有"}
)

// stripChoice takes such words off both ends.
func stripChoice(r []rune) []rune {
	for n := anyAt(r, 0, choiceHeads...); n > 0 && n < len(r); n = anyAt(r, 0, choiceHeads...) {
		r = r[n:]
	}
	for n := endsAt(r, len(r), choiceTails...); n > 0 && n < len(r); n = endsAt(r, len(r), choiceTails...) {
		r = r[:len(r)-n]
	}
	return r
}

// number reads an option's number at the start of r: the index, or -1, and how
// many signs it took. The number must end the piece or be followed by a word
// that follows option numbers only.
func (p *picker) number(r []rune) (index, signs int) {
	if n := circled(r[0]); n > 0 {
		return p.inRange(n), 1
	}
	i := 0
	first := hasAt(r, 0, "第")
	if first {
		i++
	}
	var v int
	end := digitsEnd(r, i)
	if end > i {
		v = numberOf(r[i:end])
	} else if n, ok := numeralAt(r, i); ok && !n.approx {
		v, _ = n.v.mid.Int()
		end = n.end
	} else {
		return -1, 0
	}
	after := anyAt(r, end, "个", "项", "号", "条", "种", "、")
	if end+after == len(r) && (after == 0 || first || r[end] == '号' || r[end] == '项') {
		return p.inRange(v), len(r)
	}
	if (first || digitsEnd(r, i) > i) && p.starts(r[end+after:], v-1) {
		return p.inRange(v), len(r)
	}
	return -1, 0
}

// linkAt finds the 和 between two numbers: 1和3.
func linkAt(r []rune) int {
	for i := 1; i+1 < len(r); i++ {
		if strings.ContainsRune("和跟与及", r[i]) && isDigit(r[i-1]) && isDigit(r[i+1]) {
			return i
		}
	}
	return -1
}

// starts reports that r is the label that belongs to the number before it.
func (p *picker) starts(r []rune, index int) bool {
	for _, w := range p.menu.words {
		if w.pick == index && len(w.r) == len(r) && hasAt(r, 0, w.s) {
			return true
		}
	}
	return false
}

func (p *picker) inRange(n int) int {
	if n < 1 || n > p.menu.size {
		return -1
	}
	return n - 1
}

// circled is the value of ①–⑳, ⑴–⒇, ❶–❿, ㊀–㊉; 0 for other signs.
func circled(r rune) int {
	switch {
	case '①' <= r && r <= '⒇':
		return int(r-'①')%20 + 1
	case '❶' <= r && r <= '❿':
		return int(r-'❶') + 1
	case '⒈' <= r && r <= '⒛':
		return int(r-'⒈') + 1
	case '㊀' <= r && r <= '㊉':
		return int(r-'㊀') + 1
	case '㈠' <= r && r <= '㈩':
		return int(r-'㈠') + 1
	}
	return 0
}

// words picks every option whose word stands in r; what is between stays in rest.
func (p *picker) words(r []rune) bool {
	hit, from := false, 0
	for i := 0; i < len(r); {
		w, ok := p.wordAt(r, i)
		if !ok {
			i++
			continue
		}
		n := len(w.r)
		if denied(r, i) || w.pick < 0 {
			i += n
			continue
		}
		if !hit {
			hit = true
		}
		p.leave(r[from:i])
		p.pick(w.pick)
		i += n
		from = i
	}
	if hit {
		p.leave(r[from:])
	}
	return hit
}

// leave keeps what was not understood, apart from words that link choices.
func (p *picker) leave(r []rune) {
	r = stripChoice(r)
	if len(r) > 0 && anyAt(r, 0, choiceHeads...) != len(r) && anyAt(r, 0, choiceTails...) != len(r) {
		p.rest = append(p.rest, string(r))
	}
}

// wordAt finds the longest word of the menu at i. Words of one sign and Latin
// words must stand alone.
func (p *picker) wordAt(r []rune, i int) (menuWord, bool) {
	for k := range p.menu.words {
		w := &p.menu.words[k]
		if r[i] != w.r[0] || len(w.r) > len(r)-i || !hasAt(r, i, w.s) {
			continue
		}
		before, after := sign(r, i-1), sign(r, i+len(w.r))
		alone := before == 0 && after == 0
		if len(w.r) == 1 && isHan(w.r[0]) && !alone && (after != 0 || !strings.ContainsRune("是选要和跟", before)) {
			continue
		}
		if latin(w.r[0]) && latin(before) || latin(w.r[len(w.r)-1]) && latin(after) {
			continue
		}
		return *w, true
	}
	return menuWord{}, false
}

func latin(r rune) bool { return isDigit(r) || isLetter(r) }

// denied reports a denial directly before sign i.
func denied(r []rune, i int) bool {
	return endsAt(r, i, "不是", "不属于", "不算", "没有", "没得", "并非", "不要", "除了", "不选", "不在", "不", "非", "没", "未", "不太", "不够", "不大", "莫得", "取消", "去掉", "删掉", "不再是") > 0
}

// unique picks the option whose word alone begins with r or contains it.
func (p *picker) unique(r []rune) bool {
	if denied(r, len(r)) || anyAt(r, 0, "不", "没", "非", "未") > 0 {
		return false
	}
	said := string(r)
	for _, fits := range []func(w *menuWord) bool{
		func(w *menuWord) bool { return strings.HasPrefix(w.s, said) },
		func(w *menuWord) bool { return len(r) > 1 && strings.Contains(w.s, said) },
	} {
		if i := p.only(fits); i >= 0 && (len(r) > 1 || !latin(r[0])) {
			p.pick(i)
			return true
		}
	}
	return false
}

// only is the one option with a word that fits; -1 for none or several.
func (p *picker) only(fits func(w *menuWord) bool) int {
	hit := -1
	for i := range p.menu.words {
		w := &p.menu.words[i]
		if !fits(w) {
			continue
		}
		if w.pick < 0 || hit >= 0 && hit != w.pick {
			return -1
		}
		hit = w.pick
	}
	return hit
}

// misheard are mistakes of speech recognition that do not sound the same.
var misheard = strings.NewReplacer("特快", "特困", "键档", "建档", "建党", "建档", "癌", "岩", "低宝", "低保", "地保", "低保")

// sounds picks the one option that sounds like r.
func (p *picker) sounds(r []rune) bool {
	if len(r) < 2 || anyAt(r, 0, "不", "没", "非", "未") > 0 {
		return false
	}
	said := misheard.Replace(string(r))
	if said != string(r) {
		if rs := []rune(said); p.words(rs) || p.unique(rs) {
			return true
		}
	}
	size := utf8.RuneCountInString(said)
	keys := sync.OnceValue(func() []string { return soundKeys(said) }) // most menus have no word of that length
	i := p.only(func(w *menuWord) bool { return len(w.r) == size && overlap(keys(), p.menu.sound(w.s)) })
	if i < 0 {
		return false
	}
	p.pick(i)
	return true
}

// sound is soundKeys of a word of the menu.
func (m Menu) sound(w string) []string {
	if keys, ok := m.keys.Load(w); ok {
		return keys.([]string)
	}
	keys := soundKeys(w)
	m.keys.Store(w, keys)
	return keys
}

var spelt = strings.NewReplacer("a", "诶", "b", "必", "c", "西", "d", "地")

// soundKeys spells s without tones; Latin letters as they are said (C is xi).
func soundKeys(s string) []string {
	var full []string
	for _, syllables := range spellings(spelt.Replace(s)) {
		full = addNew(full, strings.Join(syllables, ""))
	}
	return full
}

func overlap(a, b []string) bool {
	return len(a) > 0 && slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
