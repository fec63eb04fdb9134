package flows

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed lexicon.zh.yaml
var lexiconYAML []byte

// lexicon are the words the conversations look for, see lexicon.zh.yaml.
type lexicon struct {
	Rest          []string `yaml:"rest"`
	PartLeads     []string `yaml:"part_leads"`
	RestSame      []string `yaml:"rest_same"`
	Alone         []string `yaml:"alone"`
	Asks          []string `yaml:"asks"`
	Unnamely      string   `yaml:"unnamely"`
	NotToRegister string   `yaml:"not_to_register"`
	CountUnits    string   `yaml:"count_units"`
	NumberWords   []string `yaml:"number_words"`
	Ordinals      string   `yaml:"ordinals"`
	RelationCuts  []string `yaml:"relation_cuts"`
	GroupTails    string   `yaml:"group_tails"`
	BeforeSurname string   `yaml:"before_surname"`
	YearSign      string   `yaml:"year_sign"`
	Linkers       string   `yaml:"linkers"`
	Minus         string   `yaml:"minus"`
	Counted       string   `yaml:"counted"`
	Denials       string   `yaml:"denials"`
	Willers       string   `yaml:"willers"`
	Same          []string `yaml:"same"`
	Sweeping      []string `yaml:"sweeping"`
	Particles     string   `yaml:"particles"`
	Inquires      []string `yaml:"inquires"`
	YearSigns     string   `yaml:"year_signs"`
	YearWords     []string `yaml:"year_words"`
	AreaTails     []string `yaml:"area_tails"`

	RemindLess    []string            `yaml:"remind_less"`
	RemindOverdue []string            `yaml:"remind_overdue"`
	RemindNone    []string            `yaml:"remind_none"`
	RemindAll     []string            `yaml:"remind_all"`
	RemindNoise   []string            `yaml:"remind_noise"`
	HourMarks     []string            `yaml:"hour_marks"`
	HourHalf      string              `yaml:"hour_half"`
	HourQuarter   string              `yaml:"hour_quarter"`
	HourMinute    string              `yaml:"hour_minute"`
	HourMorning   []string            `yaml:"hour_morning"`
	HourNoon      string              `yaml:"hour_noon"`
	HourEvening   []string            `yaml:"hour_evening"`
	MuteVerbs     []string            `yaml:"mute_verbs"`
	UnmuteVerbs   []string            `yaml:"unmute_verbs"`
	MuteNoise     []string            `yaml:"mute_noise"`
	UntilWords    []string            `yaml:"until_words"`
	UntilTail     string              `yaml:"until_tail"`
	Owners        []string            `yaml:"owners"`
	Helpers       []string            `yaml:"helpers"`
	Leaves        []string            `yaml:"leaves"`
	Offices       []string            `yaml:"offices"`
	Filed         string              `yaml:"filed"`
	Stops         string              `yaml:"stops"`
	Breaks        string              `yaml:"breaks"`
	Comma         string              `yaml:"comma"`
	DateSigns     string              `yaml:"date_signs"`
	Assessed      []string            `yaml:"assessed"`
	Exits         []string            `yaml:"exits"`
	Reasons       []string            `yaml:"reasons"`
	Results       []string            `yaml:"results"`
	KeepWords     []string            `yaml:"keep_words"`
	Keeps         string              `yaml:"keeps"`
	WorkAsks      []string            `yaml:"work_asks"`
	WorkAll       []string            `yaml:"work_all"`
	WorkLate      []string            `yaml:"work_late"`
	WorkNot       []string            `yaml:"work_not"`
	CauseWords    []string            `yaml:"cause_words"`
	But           []string            `yaml:"but"`
	WorkLists     []string            `yaml:"work_lists"`
	Questions     []string            `yaml:"questions"`
	NoQuestions   []string            `yaml:"no_questions"`
	NamedSigns    []string            `yaml:"named_signs"`
	SurnameSigns  []string            `yaml:"surname_signs"`
	Pronouns      []string            `yaml:"pronouns"`
	Leads         []string            `yaml:"leads"`
	Dialect       []string            `yaml:"dialect"`
	Spellings     map[string][]string `yaml:"spellings"`
	FollowTails   []string            `yaml:"follow_tails"`
	Villages      []string            `yaml:"villages"`
	Whichever     []string            `yaml:"whichever"`
	Mosts         []string            `yaml:"mosts"`
	MostTails     []string            `yaml:"most_tails"`
	Amounts       []string            `yaml:"amounts"`
	Fewest        []string            `yaml:"fewest"`
	Housed        []string            `yaml:"housed"`
	WhetherTails  []string            `yaml:"whether_tails"`
	Grows         []string            `yaml:"grows"`
	CropEnds      string              `yaml:"crop_ends"`
	NoCrops       []string            `yaml:"no_crops"`
	Later         []string            `yaml:"later"`
	KindsInFront  []string            `yaml:"kinds_in_front"`
	AllLines      []string            `yaml:"all_lines"`
	FirstLines    []string            `yaml:"first_lines"`
	LineJoins     []string            `yaml:"line_joins"`
	LineSpans     []string            `yaml:"line_spans"`
	LineTails     []string            `yaml:"line_tails"`
	SlipLeads     []string            `yaml:"slip_leads"`
	SlipNot       string              `yaml:"slip_not"`
	SlipIs        []string            `yaml:"slip_is"`
	SlipAsks      []string            `yaml:"slip_asks"`
	SlipMarks     string              `yaml:"slip_marks"`
	Numerals      string              `yaml:"numerals"`
}

// lex is read once and never changed; a mistake in it is one of the build.
var lex = sync.OnceValue(func() lexicon {
	var l lexicon
	if err := yaml.UnmarshalWithOptions(lexiconYAML, &l, yaml.Strict()); err != nil {
		panic("lexicon.zh.yaml: " + err.Error())
	}
	return l
})

// without drops every one of the words, and blanks.
func without(s string, words []string) string {
	for _, w := range words {
		s = strings.ReplaceAll(s, w, "")
	}
	return strings.ReplaceAll(s, " ", "")
}

// containsAny reports whether one of the words stands in s.
func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
