package hear

import "time"

// Person is one member of the household as far as the conversation knows them.
type Person struct {
	Ref      string   // slot in the form: "m1", "m2" …; the prefix of the paths of their facts
	Name     string   // as registered
	Aliases  []string // other names they are called by
	Sex      string   // M, F or ""
	Relation string   // key of the code list relation, "" when unknown
	Age      int      // full years, -1 when unknown
	Student  bool     // is at school
}

// Context is what the conversation knows when it hears a sentence.
type Context struct {
	Now      time.Time
	People   []Person
	Head     string            // what the household is called, the head's name as a rule; "" when unknown
	Open     []string          // paths the open question asks for: "condition.farm", "m2.health"
	Wide     bool              // Open are several questions at once: a bare no answers none of them
	Sections []string          // records that may be filled: household, member, condition, income; none means all
	About    string            // ref of the member last spoken of, for 他 and 她
	Known    map[string]string // values there already, by path; finds the field of a bare correction (三亩改两亩八)
}

// Fact is one value of one field.
type Fact struct {
	Path     string // "condition.farm", "household.phone", "m2.health"; "m.sex" inside a NewPerson
	Value    string // canonical text, as models.SetValue takes it
	Said     string // the words it was read from
	Start    int    // byte span of Said in the text
	End      int
	Approx   bool // 七八亩, or worked out from what was said: read it back
	Relative bool // a date made from relative words: read it back
	Replace  bool // said as a correction: 三亩改两亩八, 不是…是…
}

// Reasons of an Unread.
const (
	WhyUnknown    = "unknown"     // no word of it means a field
	WhyAmbiguous  = "ambiguous"   // fits several fields or people; Guess has them
	WhyImpossible = "impossible"  // a field was meant, the value cannot be
	WhyBadID      = "bad_id"      // an ID number that is not right
	WhyNoValue    = "no_value"    // a field was named, no value with it; Guess has the field
	WhyQuestion   = "question"    // asked, not told
	WhyNotAField  = "not_a_field" // a question about one field was answered with something else
)

// Unread is a piece of the text that became no fact.
type Unread struct {
	Said  string
	Start int // byte span in the text
	End   int
	Why   string // one of the Why constants
	Guess []Fact // what it may mean; an empty Value means only the field is known
	New   int    // 1 + index into NewPeople of whom guesses with the prefix "m." speak, 0 for nobody new
}

// NewPerson is somebody spoken of who is not among Context.People.
type NewPerson struct {
	Name  string // "" when only the relation was said: 小姑娘
	Facts []Fact // paths with the prefix "m.": "m.relation", "m.sex" …
	Said  string
}

// Reading is what a sentence says.
type Reading struct {
	Facts     []Fact
	Unread    []Unread
	NewPeople []NewPerson
	Stated    []Fact // counts that are computed, never set: household.member_count, household.labor_count
	House     string // the household the sentence names, as said without 家: 李阿普, 龚
	About     string // ref of the member last spoken of; "" when none
}
