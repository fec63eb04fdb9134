package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// huhuqing runs the command line and returns its exit code and what it printed.
func huhuqing(t *testing.T, environ []string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), program{Environ: environ, In: &bytes.Buffer{}, Out: &o, Err: &e}, args)
	return code, o.String(), e.String()
}

func TestConfigCheckNamesAllMistakes(t *testing.T) {
	t.Parallel()
	code, out, errs := huhuqing(t, []string{"HHQ_LISTN=x", "HHQ_REDIS=localhost"}, "config", "check")
	require.Equal(t, exitFailed, code)
	require.Empty(t, errs)
	for _, name := range []string{"HHQ_WECHAT_APPID", "HHQ_WECHAT_SECRET", "HHQ_WECHAT_TOKEN", "HHQ_DATA_KEY", "HHQ_REDIS", "HHQ_LISTN", "HHQ_LISTEN"} {
		require.Contains(t, out, name)
	}
}

func TestConfigCheckShowsWhatCounts(t *testing.T) {
	t.Parallel()
	code, out, errs := huhuqing(t, []string{"HHQ_WECHAT_TOKEN=geheim"}, "config", "check", "--for", "demo", "--listen", ":9000", "--data", t.TempDir(),
		"--set", "HHQ_WECHAT_ORIGINAL_ID=gh_1", "--set", "HHQ_WECHAT_TEMPLATE_DUE=0123456789:a=b1,c=d2")
	require.Zero(t, code, errs)
	require.Contains(t, out, "HHQ_LISTEN = :9000")
	require.Contains(t, out, "HHQ_WECHAT_ORIGINAL_ID = gh_1")
	require.Contains(t, out, "HHQ_WECHAT_TEMPLATE_DUE = 0123456789:a=b1,c=d2")
	require.NotContains(t, out, "geheim")
}

// A programme may be a file of the operator's own; whether it can be used is said before anything starts.
func TestConfigCheckReadsTheProgramme(t *testing.T) {
	t.Parallel()
	check := []string{"config", "check", "--for", "demo", "--data", t.TempDir(), "--programme"}
	code, out, errs := huhuqing(t, nil, append(check, "../../dialog/flows/testdata/third.json")...)
	require.Zero(t, code, errs)
	require.Contains(t, out, "third.json")
	broken := filepath.Join(t.TempDir(), "broken.json")
	require.NoError(t, os.WriteFile(broken, []byte(`{"id": "x", "base": "nobody"}`), 0o600))
	for _, programme := range []string{"nobody-2018", "nowhere.json", broken} {
		code, out, _ = huhuqing(t, nil, append(check, programme)...)
		require.Equal(t, exitFailed, code, programme)
		require.Contains(t, out, "「"+programme+"」", programme)
	}
}

func TestConfigExampleGoesToAFile(t *testing.T) {
	t.Parallel()
	code, out, _ := huhuqing(t, nil, "config", "example")
	require.Zero(t, code)
	path := filepath.Join(t.TempDir(), "example")
	code, nothing, _ := huhuqing(t, nil, "config", "example", "-o", path)
	require.Zero(t, code)
	require.Empty(t, nothing)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, out, string(text))

	code, _, errs := huhuqing(t, nil, "config", "check", "--for", "demo", "--config", path, "--data", t.TempDir())
	require.Zero(t, code, errs)
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	code, out, _ := huhuqing(t, nil, "--help")
	require.Zero(t, code)
	require.Contains(t, out, "config check")
	require.NotContains(t, out, "${", "a sentence is missing from texts.zh.yaml")
	code, same, _ := huhuqing(t, nil, "help")
	require.Zero(t, code)
	require.Equal(t, out, same)
	code, out, _ = huhuqing(t, nil, "help", "push")
	require.Zero(t, code)
	require.Contains(t, out, "push again")
	code, out, _ = huhuqing(t, nil, "version")
	require.Zero(t, code)
	require.Regexp(t, `^huhuqing \S+ go1\.\S+ \w+/\w+\n$`, out)
}

func TestWrongCalls(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"dance"}, {"config"}, {"config", "check", "--for", "fun"}, {"version", "--bogus"}} {
		code, out, errs := huhuqing(t, nil, args...)
		require.Equal(t, exitUsage, code, args)
		require.Empty(t, out, args)
		require.NotEmpty(t, errs, args)
	}
}
