package platform

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every text that the page or the platform names exists, and every one that
// exists is named.
func TestTextsAreUsedAndExist(t *testing.T) {
	t.Parallel()
	texts, err := loadTexts()
	require.NoError(t, err)
	source := ""
	for _, name := range []string{"index.html", "page.js", "base.js", "chat.js", "bar.js"} {
		raw, err := fs.ReadFile(web(), name)
		require.NoError(t, err)
		source += string(raw)
	}
	used := map[string]bool{"fault": true, "followed": true, "unfollowed": true} // named in Go
	for _, match := range regexp.MustCompile(`\bt\("(\w+)"|data-[ta]="(\w+)"|\? "(\w+_title)" : "(\w+_title)"|\? "(code_text)" : "(scan_scene)"`).FindAllStringSubmatch(source, -1) {
		for _, key := range match[1:] {
			if key != "" && !strings.HasSuffix(key, "_") {
				used[key] = true
			}
		}
	}
	for key := range used {
		require.Contains(t, texts, key)
	}
	for key := range texts {
		if !strings.HasPrefix(key, "k_") && !strings.HasPrefix(key, "card_") { // named by kind
			require.True(t, used[key], "%s is never used", key)
		}
	}
}
