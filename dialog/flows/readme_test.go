package flows_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the README shows was said, in this order: it may leave things out (…, and options side by side), not invent them.
func TestTheReadmeTalkIsReal(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("testdata/readme.talk")
	require.NoError(t, err)
	s := newStage(t)
	var said strings.Builder
	for line := range strings.Lines(string(script)) {
		line = strings.TrimSuffix(line, "\n")
		s.line(line, line)
		if strings.HasPrefix(line, ">") {
			said.WriteString(line + "\n" + s.reply + "\n")
		}
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, shown, _ := strings.Cut(string(readme), "A real talk")
	shown, _, found := strings.Cut(shown, "And one morning")
	require.True(t, found)
	rest, shownLines := said.String(), 0
	for line := range strings.Lines(shown) {
		if !strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "    > [") {
			continue
		}
		shownLines++
		for part := range strings.SplitSeq(line, "  ") {
			part = strings.TrimSuffix(strings.TrimSpace(part), "…")
			_, after, ok := strings.Cut(rest, part)
			require.True(t, ok, "not said, or not after what stands before it: %s", part)
			rest = after
		}
	}
	require.Greater(t, shownLines, 20)
}
