package state_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/state"
)

func TestDialUnderstandsOneServerAndClusters(t *testing.T) {
	t.Parallel()
	one, err := state.Dial("redis://:secret@127.0.0.1:6400/3")
	require.NoError(t, err)
	single, ok := one.(*redis.Client)
	require.True(t, ok)
	require.Equal(t, "127.0.0.1:6400", single.Options().Addr)
	require.Equal(t, 3, single.Options().DB)
	require.Equal(t, "secret", single.Options().Password)

	many, err := state.Dial("rediss://u:secret@a:1,b:2,rediss://u:secret@c:3/0,d")
	require.NoError(t, err)
	cluster, ok := many.(*redis.ClusterClient)
	require.True(t, ok)
	require.Equal(t, []string{"a:1", "b:2", "c:3", "d:6379"}, cluster.Options().Addrs)
	require.NotNil(t, cluster.Options().TLSConfig)
	require.Equal(t, "u", cluster.Options().Username)
}

func TestDialKeepsThePasswordOutOfErrors(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://:secret@x", "redis://:secret@x:port:1/zero", ":secret@x", ""} {
		_, err := state.Dial(url)
		require.Error(t, err, url)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestRedisAwayIsNoticedSoon(t *testing.T) {
	t.Parallel()
	client, err := state.Dial("redis://127.0.0.1:1/0")
	require.NoError(t, err)
	defer func() { require.NoError(t, client.Close()) }()
	sessions := state.New(client)
	began := time.Now()
	_, _, _, err = sessions.Enter(t.Context(), "o1", "m1", "t1")
	require.Error(t, err)
	require.Error(t, sessions.Ping(t.Context()))
	require.Less(t, time.Since(began), time.Second)
}

func TestKeysOfOnePersonShareASlotAndHideTheOpenid(t *testing.T) {
	t.Parallel()
	keys := state.KeysOf("oOpenidOfZhang", "oOpenidOfZhang:1:2")
	tag := keys[0][:strings.Index(keys[0], "}")+1]
	for _, key := range keys {
		require.NotContains(t, key, "Openid")
		require.True(t, strings.HasPrefix(key, tag), key)
	}
	require.NotEqual(t, keys[0], state.KeysOf("another", "")[0])
}

func TestEmbeddedExpiresByItself(t *testing.T) {
	t.Parallel()
	e, err := state.Embed()
	require.NoError(t, err)
	other, err := state.Dial(e.URL)
	require.NoError(t, err)
	require.NoError(t, other.Set(t.Context(), "k", "v", 300*time.Millisecond).Err())
	require.Equal(t, "v", e.Client.Get(t.Context(), "k").Val())
	require.Eventually(t, func() bool {
		return e.Client.Exists(context.Background(), "k").Val() == 0
	}, 5*time.Second, 20*time.Millisecond)
	require.NoError(t, other.Close())
	require.NoError(t, e.Close())
	require.Error(t, e.Client.Ping(t.Context()).Err())
}
