package config_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/config"
)

func TestDemoMakesItsKeyOnce(t *testing.T) {
	t.Parallel()
	flags := config.Flags{Data: filepath.Join(t.TempDir(), "new", "folder")}
	c, err := config.Load(config.Demo, nil, flags)
	require.NoError(t, err)
	path, err := c.EnsureDataKey(rand.Reader)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(flags.Data, "data.key"), path)
	require.Contains(t, config.DataKeyMade(path), path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
	require.Len(t, c.DataKeys, 1)

	again, err := config.Load(config.Demo, nil, flags)
	require.NoError(t, err)
	require.Equal(t, c.DataKeys[0].Key.Reveal(), again.DataKeys[0].Key.Reveal())
	path, err = again.EnsureDataKey(iotest.ErrReader(os.ErrInvalid))
	require.NoError(t, err)
	require.Empty(t, path, "nothing made")

	_, err = config.Load(config.Serve, account("HHQ_DATA_KEY="), flags)
	require.Equal(t, []string{"HHQ_DATA_KEY need_HHQ_DATA_KEY"}, keys(t, err), "serve takes no key it was not given")
	serve, err := config.Load(config.Serve, account("HHQ_DATA_KEY=", "HHQ_DATA_KEY_FILE="+filepath.Join(flags.Data, "data.key")), flags)
	require.NoError(t, err)
	require.Equal(t, c.DataKeys[0].Key.Reveal(), serve.DataKeys[0].Key.Reveal())
}

func TestDemosStartedTogetherShareOneKey(t *testing.T) {
	t.Parallel()
	flags := config.Flags{Data: t.TempDir()}
	const n = 16
	found, made := make([]string, n), make([]string, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			c, err := config.Load(config.Demo, nil, flags)
			if err == nil {
				made[i], err = c.EnsureDataKey(rand.Reader)
			}
			if err == nil {
				found[i] = c.DataKeys[0].Key.Reveal()
			}
		})
	}
	all.Wait()
	makers := 0
	for i := range n {
		require.Len(t, found[i], 32)
		require.True(t, found[i] == found[0])
		if made[i] != "" {
			makers++
		}
	}
	require.Equal(t, 1, makers)
	left, err := os.ReadDir(flags.Data)
	require.NoError(t, err)
	require.Len(t, left, 1, "no drafts are left behind")
}

func TestDemoRefusesRecordsWithoutTheirKey(t *testing.T) {
	t.Parallel()
	flags := config.Flags{Data: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(flags.Data, "huhuqing.db"), []byte("records"), 0o600))
	_, err := config.Load(config.Demo, nil, flags)
	require.Equal(t, []string{"HHQ_DATA_KEY lost_key"}, keys(t, err))
	_, err = config.Load(config.Demo, []string{"HHQ_DATA_KEY=" + keyA}, flags)
	require.NoError(t, err, "the key may come from elsewhere")
}

func TestDemoRefusesABrokenKey(t *testing.T) {
	t.Parallel()
	flags := config.Flags{Data: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(flags.Data, "data.key"), []byte("1:half"), 0o600))
	_, err := config.Load(config.Demo, nil, flags)
	require.Equal(t, []string{"HHQ_DATA_KEY bad_kept_key"}, keys(t, err))
}

func TestEnsureDataKeyWithoutRandomnessOrPlace(t *testing.T) {
	t.Parallel()
	c, err := config.Load(config.Demo, nil, config.Flags{Data: t.TempDir()})
	require.NoError(t, err)
	_, err = c.EnsureDataKey(bytes.NewReader(make([]byte, 31)))
	require.Error(t, err)
	require.Empty(t, c.DataKeys)

	file := write(t, "file", "")
	c, err = config.Load(config.Demo, nil, config.Flags{Data: t.TempDir()})
	require.NoError(t, err)
	c.Data = filepath.Join(file, "below")
	_, err = c.EnsureDataKey(rand.Reader)
	require.Error(t, err)
}
