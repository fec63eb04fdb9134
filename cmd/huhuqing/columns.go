package main

import (
	"io"
	"strings"
)

// columns writes rows under each other. A Chinese character takes two places on a
// terminal, which text/tabwriter does not know.
func columns(out io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], places(cell))
		}
	}
	const gap = 2
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-places(cell)+gap))
			}
		}
		if _, err := io.WriteString(out, strings.TrimRight(line.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// wide is where the characters begin that take two places (CJK radicals; Hangul Jamo
// and emoji do not occur here).
const wide = 0x2e80

// places is how many places a text takes.
func places(text string) int {
	n := 0
	for _, r := range text {
		if n++; r >= wide {
			n++
		}
	}
	return n
}
