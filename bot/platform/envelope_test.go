package platform

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The sealed text and the signature below were made with openssl and sha1sum.
const (
	vectorKey    = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	vectorSealed = "Q3stYC6hdFzMh9T8HCvyDMqYq+3LWRBafgYE/6+E3kaIPVItdlEZTk22y1bcb56F3zWeVe6WHUQkxk512PxKbqpvcnl9NaBMDYVmkLqZZc2e6DyOagws6LvZU+jkdy6X"
	vectorClear  = "<xml><Content>你好</Content></xml>"
)

func TestEnvelopeAgreesWithOpenSSL(t *testing.T) {
	t.Parallel()
	e, err := newEnvelope(vectorKey, "wxb11529c136998cb6")
	require.NoError(t, err)
	require.Equal(t, vectorSealed, e.sealWith([]byte("0123456789abcdef"), []byte(vectorClear)))
	opened, err := e.open(vectorSealed)
	require.NoError(t, err)
	require.Equal(t, vectorClear, string(opened))
	require.Equal(t, "fc53744b9b55ab442aa6811cfa3f260ab4b92eff", sign("pamtest", "1409304348", "1372623149", vectorSealed))
}

func TestEnvelopeRefuses(t *testing.T) {
	t.Parallel()
	other, err := newEnvelope(vectorKey, "wx0000000000000000")
	require.NoError(t, err)
	for name, sealed := range map[string]string{
		"another app id": vectorSealed,
		"no base64":      "%%%",
		"half a block":   "AAAA",
		"nothing":        "",
		"a cut body":     vectorSealed[:64],
	} {
		_, err := other.open(sealed)
		require.Error(t, err, name)
	}
	_, err = newEnvelope("short", "wx")
	require.Error(t, err)
}
