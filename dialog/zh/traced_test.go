package zh

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTracedTextFindsItsWayBack(t *testing.T) {
	t.Parallel()
	s := Trace("　３畝Ａ級x：\xff")
	require.Equal(t, " 3亩A级X:?", s.Text)
	require.Equal(t, "３畝", s.Said(1, 5))
	require.Equal(t, "級", s.Said(6, 9))
	require.Equal(t, "\xff", s.Said(11, 12))
	start, end := s.Span(12, 12)
	require.Equal(t, []int{len(s.Source), len(s.Source)}, []int{start, end})
}
