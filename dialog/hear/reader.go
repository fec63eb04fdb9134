package hear

import "github.com/huhuqing/huhuqing/models"

// Reader reads sentences for one programme profile. It is safe for concurrent
// use: everything in it is made by New and never changed.
type Reader struct{ profile *models.Profile }

// New prepares the word tables of a profile.
func New(p *models.Profile) *Reader { return &Reader{profile: p} }

// Read reads free text: any fields of the sections that may be filled.
func (r *Reader) Read(text string, c Context) Reading { return Reading{} }

// Answer reads a text that as a whole answers one field. It returns either the
// fact or what is wrong with the text.
func (r *Reader) Answer(path, text string, c Context) (Fact, *Unread) {
	return Fact{}, &Unread{Said: text, End: len(text), Why: WhyNotAField}
}

// Roster reads the people of a household in one go:
// «张大有 户主 男52,妻李秀英,儿张小军 务工昆明9个月».
func (r *Reader) Roster(text string, c Context) ([]NewPerson, []Unread) { return nil, nil }

// Show is the value of a field in words, with its unit: "3.5亩", "慢病、残疾".
func (r *Reader) Show(path, value string) string { return value }

// Say is Show with the field's label before it: "耕地3.5亩".
func (r *Reader) Say(path, value string) string { return value }
