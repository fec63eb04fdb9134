package models

import (
	"slices"
	"strconv"
	"strings"
)

// Tag is one thing that a household can be listed by: "grade:D", "cause:yinbing",
// "late". N is how many it is about: people for what people have, measures for
// what measures are, 1 for what the household is.
type Tag struct {
	What string
	N    int
}

// SetTags keeps what the household can be listed by, each thing once.
func (l *Light) SetTags(tags []Tag) {
	all := map[string]int{}
	for _, t := range tags {
		all[t.What] += t.N
	}
	lines := make([]string, 0, len(all))
	for what, n := range all {
		if what != "" && n != 0 {
			lines = append(lines, what+"\t"+strconv.Itoa(n))
		}
	}
	slices.Sort(lines)
	l.Tags = strings.Join(lines, "\n")
	for len(l.Tags) > maxTags { // a save never fails for it: what comes last is not listed
		l.Tags = l.Tags[:max(0, strings.LastIndexByte(l.Tags, '\n'))]
	}
}

// maxTags is what the column holds: a hundred measures and more.
const maxTags = 4000

// TagList is what the household can be listed by, sorted.
func (l *Light) TagList() []Tag {
	var out []Tag
	for line := range strings.SplitSeq(l.Tags, "\n") {
		what, n, ok := strings.Cut(line, "\t")
		if count, err := strconv.Atoi(n); ok && err == nil {
			out = append(out, Tag{what, count})
		}
	}
	return out
}

// Tagged is a question for households by tags: each of All names tags of which a
// household must have one.
type Tagged struct {
	Programme string
	Area      string // "" is all the actor may see
	Group     string // name of a group as written, "" for all
	All       [][]string
	After     string // cursor: id after which the next page begins
	Limit     int
}

// TaggedCount is how many there are: households, and of the first of All together
// what its tags count.
type TaggedCount struct{ Households, N int }
