package config

import "strings"

// farthest is how many letters a name may be off and still be taken for a slip of the finger.
const farthest = 4

// nearest returns the known name that an unknown one was most likely meant to be. Of a short name fewer letters may be
// off: with half of them wrong it is another word.
func nearest(name string) (string, bool) {
	if base, cut := strings.CutSuffix(name, fileSuffix); cut {
		if _, ok := find(base); ok { // no secret, so it has no file
			return base, true
		}
	}
	best, distance := "", min(farthest, (len(name)-len(prefix))/2)+1
	for _, known := range names() {
		if d := edits(name, known); d < distance {
			best, distance = known, d
		}
	}
	return best, best != ""
}

// edits is the Levenshtein distance of two ASCII words.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
