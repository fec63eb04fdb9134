package hear

// Roster reads the people of a household in one go, the head first by custom:
// «张大有 户主 男52,妻李秀英,儿张小军 务工昆明9个月,孙女小花 小学三年级».
// What belongs to the household, not to a person, is left to Read and comes
// back as unread here.
func (r *Reader) Roster(text string, c Context) ([]NewPerson, []Unread) {
	c.Sections, c.Open, c.People = []string{"member"}, nil, nil
	p := r.newPass(limit(text), c)
	p.listing = true
	p.lex()
	got := p.read()
	return got.NewPeople, got.Unread
}
