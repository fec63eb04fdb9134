package hear

import "strings"

// frames are what the speaker is to the head by what the head is to the speaker:
// 户主是我爹 makes the speaker a child of the head. Where the sex is not told, the
// relation holds for whom it is said of: 我媳妇 is a daughter-in-law.
var frames = map[string]string{
	"father": "son", "mother": "son", "grandfather": "grandson", "grandmother": "grandson",
	"father_in_law": "son_in_law", "mother_in_law": "son_in_law",
	"husbands_father": "daughter_in_law", "husbands_mother": "daughter_in_law",
	"spouse": "spouse", "sibling": "sibling",
}

// frame finds from whose view the text is told: 户主是我爹, 我爹是户主.
func (p *pass) frame() {
	for i := range p.toks {
		if !p.toks[i].is(kin) || !p.isHeadWord(i) {
			continue
		}
		if p.listing && p.is(i-1) && (p.toks[i-1].word.text == "我是" || i > 1 && p.toks[i-2].word.said() == "我") && i+1 < len(p.toks) && p.toks[i+1].kind == mark {
			p.speaker = "head" // 我是户主，叫杨文荣
			p.mark(max(0, i-2), i, helped)
			return
		}
		c := p.cls[p.clauseOf[i]]
		if j := p.kinOfHead(i); j >= 0 && p.speaker == "" {
			p.first = frames[p.toks[j].word.kin[0]]
			return
		}
		for j := c.from; j < c.to; j++ {
			if j != i && p.toks[j].is(kin) && p.mine(j) && (p.is(i+1) || p.is(i-1) || j > i && !p.joinsBetween(i, j)) {
				p.speaker = frames[p.toks[j].word.kin[0]]
				if !p.listing && len(p.withRelation("head")) > 0 && !p.headIs(j) {
					p.speaker = "" // the one on the register is somebody else
				}
				return
			}
		}
	}
}

// kinOfHead is the word of kinship of 老公罗永强是户主 behind the first one told of, -1
// when there is none.
func (p *pass) kinOfHead(i int) int {
	j := i - 1
	if !p.listing || p.clauseOf[i] == 0 || !p.is(j) {
		return -1
	}
	if j--; j < 0 || p.toks[j].kind != newname && p.toks[j].kind != person {
		return -1
	}
	if j--; j < 0 || !p.toks[j].is(kin) || p.mine(j) || p.toks[0].kind != newname {
		return -1
	}
	return j
}

// relateFirst says what the first one told of is to the head, when a word of theirs
// named the head.
func (p *pass) relateFirst() {
	if p.first == "" || len(p.out.NewPeople) < 2 {
		return
	}
	for _, d := range p.drafts {
		if d.fresh == 1 && d.Path == "m.relation" {
			return
		}
	}
	p.putFresh(1, 0, 0, "relation", p.first, approx)
}

// selfNamed: 我叫李强 of the speaker, in a text that tells what they are to the head.
func (p *pass) selfNamed(i int) bool {
	if p.speaker == "" || i == 0 || !p.toks[i-1].is(fill) {
		return false
	}
	called := p.toks[i-1].word.text
	if called == "我叫" || called == "我" {
		return true
	}
	mine := i > 1 && p.toks[i-2].word.said() == "我" || p.speaker == "head" && i > 1 && p.toks[i-2].kind == mark
	return called == "叫" && mine
}

// is reports whether token i is the 是 of 户主是.
func (p *pass) is(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].is(fill) && strings.HasSuffix(p.toks[i].word.text, "是")
}

// joinsBetween: 户主和我爹 are two.
func (p *pass) joinsBetween(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if t := &p.toks[i]; t.is(fill) && p.joins(i) || t.kind == mark || t.kind == newname || t.is(kin) {
			return true
		}
	}
	return false
}

// headIs: the word of kinship in token j fits the head who is known.
func (p *pass) headIs(j int) bool {
	head := p.c.People[p.withRelation("head")[0]]
	return p.toks[j].word.sex == "" || head.Sex == "" || head.Sex == p.toks[j].word.sex
}

// mine: the word of kinship in token i is the speaker's: 我爹, 我家媳妇, 我们的老大.
func (p *pass) mine(i int) bool {
	if i > 0 && p.toks[i-1].is(fill) && p.toks[i-1].word.text == "的" {
		i--
	}
	for i > 0 && p.isPeople(i-1) {
		i-- // 我们有两个娃
	}
	for i > 0 && p.toks[i-1].is(fill) && p.toks[i-1].word.text == "有" {
		i--
	}
	return i > 0 && p.toks[i-1].is(fill) && strings.HasPrefix(p.toks[i-1].word.text, "我")
}

// viewed is whose kin the word in token i names when the text is told from the view
// of one who is not the head; unsure when only what was told before says so.
func (p *pass) viewed(i, cur int) (owner string, unsure bool) {
	switch {
	case p.speaker == "" || p.isHeadWord(i):
		return "", false
	case p.mine(i):
		return p.speaker, false
	case p.toks[i].word.kin[0] == "husbands_father" || p.toks[i].word.kin[0] == "husbands_mother":
		return p.speaker, true // 婆婆 is hers who speaks
	case cur >= 0 && p.relationOf(p.subs[cur]) == p.speaker && p.speaker != "sibling":
		return p.speaker, true // 我叫马丽，有个儿子罗浩然
	case cur >= 0 && p.toks[i].word.kin[0] != "spouse" && p.relationOf(p.subs[cur]) == ofOwner[p.speaker]["spouse"]:
		return p.speaker, true // 我媳妇王琼，儿子李小宝
	}
	return "", false
}

// upward is the relation to the head of a child's or a grandchild's elders.
func (p *pass) upward(owner, word string) string {
	man, woman := "head", "spouse"
	if p.headSex() == "F" {
		man, woman = woman, man
	}
	elders := map[string]string{}
	switch owner {
	case "son", "daughter":
		elders = map[string]string{"father": man, "mother": woman, "grandfather": "father", "grandmother": "mother"}
	case "grandson", "granddaughter":
		elders = map[string]string{"father": "son", "mother": "daughter_in_law", "grandfather": man, "grandmother": woman}
	case "son_in_law":
		elders = map[string]string{"father_in_law": man, "mother_in_law": woman}
	case "daughter_in_law":
		elders = map[string]string{"husbands_father": man, "husbands_mother": woman, "father": man, "mother": woman}
	}
	return elders[word]
}

func (p *pass) headSex() string {
	for _, n := range p.withRelation("head") {
		return p.c.People[n].Sex
	}
	for i := range p.toks { // 户主是我妈
		if p.toks[i].is(kin) && p.mine(i) && p.speaker != "" && (p.is(i-2) && i > 2 && p.isHeadTok(i-3)) {
			return p.toks[i].word.sex
		}
	}
	return ""
}

func (p *pass) isHeadTok(i int) bool { return p.toks[i].is(kin) && p.isHeadWord(i) }
