package hear

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/zh"
	"github.com/huhuqing/huhuqing/models"
)

// Every code, field and role that words.yaml names exists.
func TestVocabularyRefersToWhatExists(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	require.Empty(t, newLexicon(p).problems)
}

func TestFoldedTextFindsItsWayBack(t *testing.T) {
	t.Parallel()
	f := foldText("　３畝Ａ級x", zh.Simplified())
	require.Equal(t, " 3亩A级X", f.text)
	require.Equal(t, "３畝", f.said(1, 5))
	require.Equal(t, "級", f.said(6, 9))
}
