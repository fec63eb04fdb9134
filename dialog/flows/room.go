package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/huhuqing/huhuqing/models"
)

// roomFor are the texts of a plan that may be longer than a name, in characters;
// the columns hold at least as much (a test compares them).
var roomFor = map[string]int{
	"cause.desc": 300, "cause.gap_use": 100,
	"measure.content": 500, "measure.project_id": 24, "measure.no_money_why": 100, "measure.why_unfitting": 150,
	"duty.goal": 150, "duty.reward": 100, "duty.penalty": 100, "duty.duty_unit": 50, "helper.helper_unit": 50,
	"exit.milestone": 400,
}

// room is how many characters a field takes, 0 when it holds no words.
func room(fd *models.Field) int {
	if fd == nil || fd.Kind != models.KindText && fd.Kind != models.KindName {
		return 0
	}
	if n := roomFor[fd.Path()]; n > 0 {
		return n
	}
	return maxWords
}

// maxNumber is where a number can be no sum and no quantity any more, in yuan or
// the unit of the field: a thousand million is more than a county spends on one
// measure, and less than a column holds.
const maxNumber = 1e9

// maxOrder bounds whole numbers: the place of a household in the order of its
// village, months.
const maxOrder = 9999

// numbers are the kinds of fields that hold a number of any size.
var numbers = []models.Kind{models.KindNumber, models.KindMoney, models.KindArea, models.KindFloor, models.KindKm}

// refuses says why a value cannot stand in its field, "" when it can: words that
// are too long, a number that is too large. It is said when it is typed; saving
// would refuse it (store.fits), when nobody remembers what was typed.
func (k *kit) refuses(path, value string) string {
	fd := fieldOf(path)
	if fd == nil || value == "" {
		return ""
	}
	if n := room(fd); n > 0 && utf8.RuneCountInString(value) > n {
		return k.texts.Say("unread.over", "field", fd.Label, "said", clip(value, 12), "most", itoa(n))
	}
	var most float64
	switch {
	case slices.Contains(numbers, fd.Kind):
		most = maxNumber
	case fd.Kind == models.KindInt:
		most = maxOrder
	default:
		return ""
	}
	n, err := models.ParseDec(value)
	if err == nil && n.Float() < 0 {
		return k.texts.Say("unread.negative", "said", fd.Label+value)
	}
	if err != nil || n.Float() >= most {
		return k.texts.Say("unread.huge", "field", fd.Label)
	}
	return ""
}

// negative is the first number with a minus in front of it that counts something
// (养鸡-5只), "" when there is none: a dash between two numbers is a span, behind a
// name it leads to a telephone.
func negative(text string) string {
	r := []rune(text)
	for i := 0; i+1 < len(r); i++ {
		if !strings.ContainsRune(lex().Minus, r[i]) || i > 0 && !opensMinus(r[i-1]) {
			continue
		}
		j := i + 1
		for j < len(r) && (r[j] >= '0' && r[j] <= '9' || r[j] == '.') {
			j++
		}
		if j > i+1 && j-i <= 8 && (j == len(r) && i == 0 || j < len(r) && strings.ContainsRune(lex().Counted, r[j])) {
			return string(r[max(0, i-2):min(len(r), j+1)])
		}
	}
	return ""
}

// opensMinus reports whether a minus may stand behind a sign: no digit, no unit.
func opensMinus(r rune) bool {
	return !(r >= '0' && r <= '9') && !strings.ContainsRune(lex().Counted+lex().DateSigns, r)
}
