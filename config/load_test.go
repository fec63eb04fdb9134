package config_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/config"
)

const (
	keyA = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="
	keyB = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI="
	aes  = "0123456789012345678901234567890123456789abc"
)

// account is the least that serve starts with, and more.
func account(more ...string) []string {
	environ := []string{
		"HHQ_WECHAT_APPID=wx0123456789abcde0", "HHQ_WECHAT_SECRET=000102030405060708090a0b0c0d0e0f",
		"HHQ_WECHAT_TOKEN=tok123", "HHQ_DATA_KEY=" + keyA,
	}
	return append(environ, more...) // as in an environment, the last of a name counts
}

// keys are the problems as "SETTING key".
func keys(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return []string{}
	}
	var problems config.Problems
	require.ErrorAs(t, err, &problems)
	all := make([]string, 0, len(problems))
	for _, p := range problems {
		require.NotContains(t, p.Text(), "{", "a sentence with a hole: %s", p.Key)
		require.Greater(t, len([]rune(p.Text())), len(p.Setting)+4, "no sentence for %s", p.Key)
		all = append(all, strings.TrimSpace(p.Setting+" "+p.Key))
	}
	return all
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Demo, nil, config.Flags{Data: t.TempDir()})
	require.NoError(t, err)
	path, embedded := c.SQLite()
	require.True(t, embedded)
	require.Equal(t, filepath.Join(c.Data, "huhuqing.db"), path)
	require.Equal(t, "127.0.0.1:8080", c.Listen)
	require.Equal(t, "http://127.0.0.1:8080", c.PublicURL)
	require.Empty(t, c.Redis.Reveal())
	require.Equal(t, "huhuqing-2018", c.Programme)
	require.Equal(t, "https://api.weixin.qq.com", c.WeChat.API)
	require.Equal(t, config.ModePlain, c.WeChat.Mode)
	require.Equal(t, slog.LevelInfo, c.LogLevel)
	require.Empty(t, c.DataKeys)
	require.Empty(t, c.Warnings)
}

func TestLoadOrder(t *testing.T) {
	t.Parallel()
	file := write(t, "hhq.env", "HHQ_LISTEN=h:1\nHHQ_PROGRAMME=from-file\nHHQ_WECHAT_TOKEN=fromfile\n")
	secret := write(t, "token", "fromsecretfile\n")
	c, err := config.Load(config.Serve, account("HHQ_CONFIG="+file, "HHQ_PROGRAMME=from-env", "HHQ_LISTEN=h:2",
		"HHQ_WECHAT_TOKEN=", "HHQ_WECHAT_TOKEN_FILE="+secret), config.Flags{Listen: "h:3"})
	require.NoError(t, err)
	require.Equal(t, "h:3", c.Listen, "a flag beats the environment")
	require.Equal(t, "from-env", c.Programme, "the environment beats the file")
	require.Equal(t, "fromsecretfile", c.WeChat.Token.Reveal(), "…also as _FILE, and an empty value is none")

	c, err = config.Load(config.Serve, account("HHQ_CONFIG=/nowhere"), config.Flags{Config: file, Set: map[string]string{"HHQ_WECHAT_MODE": "plain"}})
	require.NoError(t, err, "--config beats HHQ_CONFIG")
	require.Equal(t, "from-file", c.Programme)
	require.Equal(t, "tok123", c.WeChat.Token.Reveal())
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	empty, large := write(t, "empty", " \n"), write(t, "large", strings.Repeat("x", 100_000))
	for name, c := range map[string]struct {
		environ []string
		flags   config.Flags
		want    []string
	}{
		"nothing set": {want: []string{"HHQ_DATA_KEY need_HHQ_DATA_KEY", "HHQ_WECHAT_APPID need_HHQ_WECHAT_APPID",
			"HHQ_WECHAT_SECRET need_HHQ_WECHAT_SECRET", "HHQ_WECHAT_TOKEN need_HHQ_WECHAT_TOKEN"}},
		"an empty token":                {environ: account("HHQ_WECHAT_TOKEN= "), want: []string{"HHQ_WECHAT_TOKEN need_HHQ_WECHAT_TOKEN"}},
		"safe mode without its key":     {environ: account("HHQ_WECHAT_MODE=safe"), want: []string{"HHQ_WECHAT_AES_KEY need_HHQ_WECHAT_AES_KEY"}},
		"an AES key of 42":              {environ: account("HHQ_WECHAT_MODE=safe", "HHQ_WECHAT_AES_KEY="+aes[1:]), want: []string{"HHQ_WECHAT_AES_KEY bad_aes_key"}},
		"a previous key with a space":   {environ: account("HHQ_WECHAT_AES_KEY_PREVIOUS=" + aes[:42] + " x"), want: []string{"HHQ_WECHAT_AES_KEY_PREVIOUS bad_aes_key"}},
		"the compatible mode":           {environ: account("HHQ_WECHAT_MODE=compat"), want: []string{"HHQ_WECHAT_MODE bad_mode"}},
		"both a secret and its file":    {environ: account("HHQ_WECHAT_TOKEN_FILE=" + empty), want: []string{"HHQ_WECHAT_TOKEN both_given"}},
		"a secret's file is not there":  {environ: account("HHQ_WECHAT_AES_KEY_FILE=/nowhere"), want: []string{"HHQ_WECHAT_AES_KEY secret_file_missing"}},
		"a secret's file is empty":      {environ: account("HHQ_WECHAT_AES_KEY_FILE=" + empty), want: []string{"HHQ_WECHAT_AES_KEY secret_file_empty"}},
		"a secret's file is a folder":   {environ: account("HHQ_WECHAT_AES_KEY_FILE=/tmp"), want: []string{"HHQ_WECHAT_AES_KEY secret_file_unreadable"}},
		"a secret's file is huge":       {environ: account("HHQ_WECHAT_AES_KEY_FILE=" + large), want: []string{"HHQ_WECHAT_AES_KEY secret_file_large"}},
		"a secret on the command line":  {environ: account(), flags: config.Flags{Set: map[string]string{"HHQ_WECHAT_TOKEN": "x"}}, want: []string{"HHQ_WECHAT_TOKEN secret_in_flag"}},
		"an unknown name":               {environ: account("HHQ_REDDIS=x", "HHQ_QQQQQQQQQQQQ=x"), want: []string{"HHQ_QQQQQQQQQQQQ unknown", "HHQ_REDDIS unknown_near"}},
		"_FILE of what is no secret":    {environ: account("HHQ_LISTEN_FILE=x"), want: []string{"HHQ_LISTEN_FILE unknown_near"}},
		"no settings file":              {environ: account("HHQ_CONFIG=/nowhere"), want: []string{"HHQ_CONFIG file_missing"}},
		"the settings file is a folder": {environ: account("HHQ_CONFIG=/tmp"), want: []string{"HHQ_CONFIG file_unreadable"}},
		"the example's secret":          {environ: account("HHQ_WECHAT_AES_KEY=BfsJzemAK5lMGzPRtQFaq2g0j3MnYpjRcSKtfTlfzyo"), want: []string{"HHQ_WECHAT_AES_KEY example_left"}},
		"a level nobody knows":          {environ: account("HHQ_LOG_LEVEL=loud"), want: []string{"HHQ_LOG_LEVEL bad_log_level"}},
		"a programme that is a path":    {environ: account("HHQ_PROGRAMME=../x"), want: []string{"HHQ_PROGRAMME bad_programme"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(config.Serve, c.environ, c.flags)
			require.Equal(t, c.want, keys(t, err))
		})
	}
}

func TestLoadNamesEveryMistakeAtOnce(t *testing.T) {
	t.Parallel()
	file := write(t, "hhq.env", "HHQ_LISTEN=8080\nnonsense\n")
	_, err := config.Load(config.Serve, []string{"HHQ_CONFIG=" + file, "HHQ_DATABASE=mysql://u@h", "HHQ_REDIS=h:1", "HHQ_DATA_KEY=a:x", "HHQ_WECHAT_MODE=safe", "HHQ_X=1"}, config.Flags{})
	require.Equal(t, []string{
		"HHQ_LISTEN bad_listen", "HHQ_DATABASE bad_mysql_name", "HHQ_REDIS bad_redis", "HHQ_DATA_KEY bad_key",
		"HHQ_WECHAT_APPID need_HHQ_WECHAT_APPID", "HHQ_WECHAT_SECRET need_HHQ_WECHAT_SECRET", "HHQ_WECHAT_TOKEN need_HHQ_WECHAT_TOKEN",
		"HHQ_WECHAT_AES_KEY need_HHQ_WECHAT_AES_KEY", "file_line", "HHQ_X unknown",
	}, keys(t, err))
}

func TestTestVariablesAreNoSettings(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Serve, account("HHQ_TEST_MYSQL=x", "HOME=/", "broken"), config.Flags{})
	require.NoError(t, err)
}

func TestToolsNeedAKeyForAServer(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Tools, []string{"HHQ_DATABASE=mysql://u:p@h/db"}, config.Flags{Data: t.TempDir()})
	require.Equal(t, []string{"HHQ_DATA_KEY need_HHQ_DATA_KEY"}, keys(t, err))
	_, err = config.Load(config.Tools, nil, config.Flags{Data: t.TempDir()})
	require.NoError(t, err)
}

func TestModeFollowsTheKey(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Serve, account("HHQ_WECHAT_AES_KEY="+aes), config.Flags{})
	require.NoError(t, err)
	require.Equal(t, config.ModeSafe, c.WeChat.Mode)
	c, err = config.Load(config.Serve, account("HHQ_WECHAT_AES_KEY="+aes, "HHQ_WECHAT_MODE=plain"), config.Flags{})
	require.NoError(t, err)
	require.Equal(t, config.ModePlain, c.WeChat.Mode)
}

func TestServeAdvises(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Serve, account("HHQ_WECHAT_APPID=wx_test", "HHQ_REDIS=redis://h"), config.Flags{})
	require.NoError(t, err)
	require.Equal(t, []string{"HHQ_PUBLIC_URL warn_public_url", "HHQ_WECHAT_APPID warn_appid", "HHQ_WECHAT_MODE warn_plain",
		"HHQ_WECHAT_ORIGINAL_ID warn_original_id"}, keys(t, c.Warnings))
}
