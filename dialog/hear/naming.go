package hear

import (
	"slices"
	"strings"
)

// realNames come before the name on the register, when another one was told.
var realNames = []string{"大名", "大名叫", "学名", "学名叫", "本名", "身份证上叫", "户口本上叫"}

// namedLater: 老婆是外地嫁来的，叫吴小凤 names who was told of without one; 杨老三，大名杨正荣
// gives who has one their real name, the other is what they are called as well.
func (p *pass) namedLater(i int, name string) (subject, bool) {
	fresh := len(p.out.NewPeople)
	if i == 0 || !p.toks[i-1].is(fill) || fresh == 0 {
		return subject{}, false
	}
	who := &p.out.NewPeople[fresh-1]
	before := p.toks[i-1].word.text
	switch {
	case slices.Contains(realNames, before) && who.Name != "":
		p.putFresh(fresh, i, i, "alias", who.Name, 0)
	case strings.HasSuffix(before, "叫") && before != "我叫" && i-1 == p.cls[p.clauseOf[i]].from && who.Name == "":
	default:
		return subject{}, false
	}
	who.Name = name
	return subject{fresh: fresh}, true
}
