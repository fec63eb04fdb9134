package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/config"
)

// TestNoSecretIsEverPrinted prints a whole configuration in every way there is and looks for its secrets.
func TestNoSecretIsEverPrinted(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Serve, []string{
		"HHQ_WECHAT_APPID=wx0123456789abcde0", "HHQ_WECHAT_SECRET=geheimsecret", "HHQ_WECHAT_TOKEN=geheimtoken",
		"HHQ_WECHAT_AES_KEY=geheim6789012345678901234567890123456789abc", "HHQ_WECHAT_AES_KEY_PREVIOUS=geheim6789012345678901234567890123456789abd",
		"HHQ_DATABASE=mysql://hhq:geheim%40db@db.example/hhq", "HHQ_REDIS=redis://:geheimredis@a:1,b:2",
		"HHQ_DATA_KEY=k1:geheimAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=",
	}, config.Flags{})
	require.NoError(t, err)

	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&out, verb+"\n", c)
		fmt.Fprintf(&out, verb+"\n", &c.WeChat)
		fmt.Fprintf(&out, verb+"\n", c.WeChat.Token)
		fmt.Fprintf(&out, verb+"\n", c.Database)
		fmt.Fprintf(&out, verb+"\n", c.DataKeys)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "c", c, "token", c.WeChat.Token, "db", c.Database)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "c", c, "token", c.WeChat.Token, "db", c.Database)
	require.NoError(t, json.NewEncoder(&out).Encode(c))
	text, err := yaml.Marshal(c)
	require.NoError(t, err)
	out.Write(text)
	out.WriteString(c.Report(config.Serve))

	printed := out.String()
	require.NotContains(t, printed, "geheim")
	require.NotContains(t, printed, fmt.Sprintf("%x", "geheim"))
	require.NotContains(t, printed, fmt.Sprintf("%X", "geheim"))
	require.NotContains(t, printed, c.DataKeys[0].Key.Reveal())
	require.NotContains(t, printed, fmt.Sprintf("%x", c.DataKeys[0].Key.Reveal()))
	require.Contains(t, printed, "mysql://hhq:******@db.example/hhq")
	require.Contains(t, printed, "redis://:******@a:1,b:2")
}

func TestNoProblemRepeatsASecret(t *testing.T) {
	t.Parallel()
	for _, pair := range []string{
		"HHQ_DATABASE=mysql://u:geheim@h", "HHQ_DATABASE=u:geheim@tcp(h)/x", "HHQ_DATABASE=mysql://u:geheim%zz@h/x",
		"HHQ_REDIS=redis://:geheim@", "HHQ_REDIS=redis://:geheim@a:x", "HHQ_DATA_KEY=a:geheim", "HHQ_DATA_KEY=geheim,geheim",
		"HHQ_DATA_KEY=geheim!:geheim", "HHQ_WECHAT_AES_KEY=geheim", "HHQ_PUBLIC_URL=https://u:geheim@h", "HHQ_WECHAT_TOKN=geheim",
	} {
		c, err := config.Load(config.Serve, []string{pair}, config.Flags{})
		var problems config.Problems
		require.ErrorAs(t, err, &problems)
		require.NotContains(t, problems.Text()+problems.Error()+c.Summary(), "geheim", pair)
	}
}
