package config

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEverySettingIsExplained(t *testing.T) {
	t.Parallel()
	explained := make([]string, 0, len(texts.Settings))
	for _, text := range texts.Settings {
		explained = append(explained, text.Name)
		s, ok := find(text.Name)
		require.True(t, ok, text.Name)
		require.NotEmpty(t, text.Meaning, text.Name)
		require.NotEqual(t, s.fallback == "", text.Default == "", "%s: a default in words, or a fixed one", text.Name)
		require.NotContains(t, text.short(), "${", text.Name)
	}
	table := make([]string, 0, len(settings))
	for _, s := range settings {
		table = append(table, s.name)
	}
	require.ElementsMatch(t, table, explained)
}

// The examples of secrets are refused as they stand (anybody can read them); everything else is taken.
func TestEveryExampleIsRight(t *testing.T) {
	t.Parallel()
	for _, text := range texts.Settings {
		s, _ := find(text.Name)
		var c Config
		key, _ := s.parse(&c, text.Example)
		require.Empty(t, key, text.Name)
		key, _ = s.check(&c, text.Example)
		require.Equal(t, s.secret && !s.address, key == "example_left", text.Name)
	}
}

func TestTheExampleFileIsTheDefaults(t *testing.T) {
	t.Parallel()
	values, problems := parseEnvFile("example", Example())
	require.Empty(t, problems)
	require.Empty(t, values)

	uncommented := regexp.MustCompile(`(?m)^#(HHQ_)`).ReplaceAllString(Example(), "$1")
	values, problems = parseEnvFile("example", uncommented)
	require.Empty(t, problems)
	require.Len(t, values, len(settings))
}

func TestTheExampleInDeployIsFresh(t *testing.T) {
	t.Parallel()
	written, err := os.ReadFile("../deploy/huhuqing.env.example")
	require.NoError(t, err, "run: make generate")
	require.True(t, Example() == string(written), "deploy/huhuqing.env.example is stale; run: make generate")
}

// The operator who reads the README first finds every setting there.
func TestTheReadmeNamesEverySetting(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	for _, s := range settings {
		require.Contains(t, string(readme), "`"+s.name+"`", s.name)
	}
}

// The other way round, a key without a sentence, is caught where the problems are provoked: see keys in load_test.go.
func TestEverySentenceIsUsed(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		code.Write(text)
	}
	for key := range texts.Problems {
		half := regexp.MustCompile(`_(missing|forbidden|unreadable)$`).ReplaceAllString(key, "_") // completed by whyUnreadable
		if name, need := strings.CutPrefix(key, "need_"); need {
			half = name // completed by reader.need
		}
		require.Contains(t, code.String(), `"`+half+`"`, key)
	}
}
