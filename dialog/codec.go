package dialog

import (
	"errors"
	"strconv"
)

// The session is written as text, one record after the other, with separators
// that cannot occur in cleaned input: it is read and written in every turn, and
// general-purpose encodings cost several times as much. A step names the paths
// that still have an answer by their place among the records before it: paths
// are most of a session, and it is sealed, sent and stored twice in every turn.
const (
	recSep   = '\x1e'
	fieldSep = '\x1f'
	pathMark = "#"
	codecTag = "s1"
)

var errCodec = errors.New("dialog: session cannot be read")

// fieldCount is how many fields a kind of record has, its kind included; 0 for
// a kind that is none.
var fieldCount = [256]int{
	'k': 2, 's': 2, 'e': 2,
	'g': 3, 'h': 3, 'a': 3, 'b': 3, 'p': 3, 'm': 3, 'l': 3,
	'o': 4, 'c': 4, 'w': 4,
	'f': 11,
}

func itoa(n int) string { return strconv.Itoa(n) }
