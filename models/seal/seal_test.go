package seal_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models/seal"
)

func ring(t testing.TB, text string) *seal.Keyring {
	t.Helper()
	k, err := seal.Parse(text)
	require.NoError(t, err)
	return k
}

func TestParse(t *testing.T) {
	t.Parallel()
	good := seal.Generate()
	for name, text := range map[string]string{
		"nothing":         "",
		"not base64":      "a:***",
		"too short":       "a:c2hvcnQ=",
		"id too long":     strings.Repeat("a", 17) + ":" + good,
		"id with a space": "a b:" + good,
		"empty id":        ":" + good,
		"same id twice":   "a:" + good + ",a:" + seal.Generate(),
		"trailing comma":  "a:" + good + ",",
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			t.Parallel()
			_, err := seal.Parse(text)
			require.Error(t, err)
			require.NotContains(t, err.Error(), good)
		})
	}
	t.Run("takes spaces around keys", func(t *testing.T) {
		t.Parallel()
		ring(t, " a:"+good+" , b:"+seal.Generate())
	})
	t.Run("never prints a key", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "[keyring] [keyring]", fmt.Sprintf("%v %s", ring(t, good), ring(t, good)))
	})
}

func TestSeal(t *testing.T) {
	t.Parallel()
	k := ring(t, "2026:"+seal.Generate())
	plain := []byte("539901197203050016 高血压 𠮷")

	t.Run("opens what it sealed", func(t *testing.T) {
		t.Parallel()
		sealed := k.Seal("members.id_no", plain)
		require.NotContains(t, string(sealed), "5399")
		got, err := k.Open("members.id_no", sealed)
		require.NoError(t, err)
		require.Equal(t, plain, got)
	})
	t.Run("never twice the same", func(t *testing.T) {
		t.Parallel()
		require.NotEqual(t, k.Seal("p", plain), k.Seal("p", plain))
	})
	t.Run("is bound to its purpose", func(t *testing.T) {
		t.Parallel()
		_, err := k.Open("members.disease", k.Seal("members.id_no", plain))
		require.ErrorIs(t, err, seal.ErrSealed)
	})
	t.Run("notices every flipped bit and every cut", func(t *testing.T) {
		t.Parallel()
		sealed := k.Seal("p", plain)
		for i := range sealed {
			bad := bytes.Clone(sealed)
			bad[i] ^= 1
			_, err := k.Open("p", bad)
			require.ErrorIs(t, err, seal.ErrSealed)
			_, err = k.Open("p", sealed[:i])
			require.ErrorIs(t, err, seal.ErrSealed)
		}
	})
	t.Run("does not open under another key with the same id", func(t *testing.T) {
		t.Parallel()
		_, err := ring(t, "2026:"+seal.Generate()).Open("p", k.Seal("p", plain))
		require.ErrorIs(t, err, seal.ErrSealed)
	})
	t.Run("leaves empty text empty and takes any other", func(t *testing.T) {
		t.Parallel()
		require.Empty(t, k.SealText("p", ""))
		got, err := k.OpenText("p", k.SealText("p", "慢性病,残疾"))
		require.NoError(t, err)
		require.Equal(t, "慢性病,残疾", got)
		_, err = k.OpenText("p", "not sealed")
		require.ErrorIs(t, err, seal.ErrSealed)
	})
}

func TestRotation(t *testing.T) {
	t.Parallel()
	a, b := seal.Generate(), seal.Generate()
	before, during, after := ring(t, a), ring(t, "b:"+b+","+a), ring(t, "b:"+b)
	sealed := before.SealText("p", "138")

	got, err := during.OpenText("p", sealed)
	require.NoError(t, err, "a bare key keeps its id")
	require.Equal(t, "138", got)
	require.False(t, during.FreshText(sealed))
	require.True(t, during.FreshText(during.SealText("p", "138")))
	require.True(t, during.FreshText(""))
	_, err = after.OpenText("p", sealed)
	require.ErrorIs(t, err, seal.ErrSealed)

	require.Contains(t, during.Blinds("id", "0016"), before.Blind("id", "0016"))
	require.Equal(t, during.Blind("id", "0016"), after.Blind("id", "0016"))
}

func TestBlind(t *testing.T) {
	t.Parallel()
	k := ring(t, seal.Generate())
	require.Equal(t, k.Blind("id", "0016"), k.Blind("id", "0016"))
	require.NotEqual(t, k.Blind("id", "0016"), k.Blind("phone", "0016"))
	require.NotEqual(t, k.Blind("a", "bc"), k.Blind("ab", "c"))
	require.NotEqual(t, k.Blind("id", "0016"), ring(t, seal.Generate()).Blind("id", "0016"))
	require.Len(t, k.Blind("id", "0016"), seal.BlindSize)
	require.Equal(t, "0016", seal.Tail("539901197203050016", 4))
	require.Empty(t, seal.Tail("016", 4))
}

func BenchmarkSession8K(b *testing.B) {
	k := ring(b, seal.Generate())
	plain := make([]byte, 8<<10)
	b.ReportAllocs()
	b.SetBytes(8 << 10)
	for b.Loop() {
		if _, err := k.Open("session", k.Seal("session", plain)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlind(b *testing.B) {
	k := ring(b, seal.Generate())
	b.ReportAllocs()
	for b.Loop() {
		k.Blind("members.id", "539901197203050016")
	}
}
