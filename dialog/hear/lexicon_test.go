package hear

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// Every code, field and role that words.yaml names exists.
func TestVocabularyRefersToWhatExists(t *testing.T) {
	t.Parallel()
	p, err := models.LoadProfile("huhuqing-2018")
	require.NoError(t, err)
	require.Empty(t, newLexicon(p).problems)
}
