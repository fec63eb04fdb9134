package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseEnvFileReadsWhatAllReadAlike(t *testing.T) {
	t.Parallel()
	values, problems := parseEnvFile("f", "\ufeff# head\r\n\r\nA=1\r\n  export B = two words \nC=\"quoted # not a comment\"\nD='single'\nE=\nF=a=b#c\nG=\"\"\n")
	require.Empty(t, problems)
	require.Equal(t, map[string]string{"A": "1", "B": "two words", "C": "quoted # not a comment", "D": "single", "E": "", "F": "a=b#c", "G": ""}, values)
}

func TestParseEnvFileNamesLineAndFault(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"nonsense":   "file_line",
		"=value":     "file_line",
		"A-B=1":      "file_line",
		"A=1 # why":  "file_comment",
		"A=# why":    "file_comment",
		`A="open`:    "file_quote",
		`A="`:        "file_quote",
		`A='a'b'`:    "file_quote",
		"FIRST=else": "file_twice",
	} {
		_, problems := parseEnvFile("/etc/f", "FIRST=1\n"+row)
		require.Len(t, problems, 1, row)
		require.Equal(t, want, problems[0].Key, row)
		require.Contains(t, problems[0].Text(), "/etc/f")
		require.Contains(t, problems[0].Text(), " 2 ")
	}
}
