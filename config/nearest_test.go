package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, want string }{
		{"HHQ_LISTN", "HHQ_LISTEN"},
		{"HHQ_WECHAT_APP_ID", "HHQ_WECHAT_APPID"},
		{"HHQ_WECHAT_TOKEN_FIL", "HHQ_WECHAT_TOKEN_FILE"},
		{"HHQ_DATAKEY", "HHQ_DATA_KEY"},
		{"HHQ_WECHAT_TOKEN_PATH", "HHQ_WECHAT_TOKEN_FILE"},
		{"HHQ_LISTEN_FILE", "HHQ_LISTEN"},
		{"HHQ_SOMETHING_ELSE", ""},
		{"HHQ_X", ""},
		{"HHQ_", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			near, ok := nearest(c.name)
			require.Equal(t, c.want, near)
			require.Equal(t, c.want != "", ok)
		})
	}
}
