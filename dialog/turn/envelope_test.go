package turn

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

func TestEnvelopeIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	actor := models.Actor{
		PersonID: "p1", Name: "李红", Role: models.RoleVillage, Area: "530629101203", AreaName: "大湾村",
		Groups: models.Set{"一组", "三组"}, Department: "驻村工作队",
	}
	require.Equal(t, headActor+1, reflect.TypeFor[models.Actor]().NumField(), "a new field has to be kept, too; Source is of the turn")
	for name, e := range map[string]envelope{
		"new":                    {},
		"unbound":                {Version: 3, Met: time.UnixMilli(1793452000123), Session: []byte("s1\nwith\x1flines")},
		"bound":                  {Version: 1 << 40, Actor: &actor, Met: time.UnixMilli(1793452000123), Session: []byte("s1")},
		"bound, nothing else":    {Version: 1, Actor: &models.Actor{PersonID: "p2"}},
		"no conversation so far": {Version: 9, Actor: &actor},
	} {
		got, err := readEnvelope(e.bytes())
		require.NoError(t, err, name)
		require.Equal(t, e, got, name)
	}
	spoilt := envelope{Actor: &models.Actor{Name: "李\n红\x1f"}}
	got, err := readEnvelope(spoilt.bytes())
	require.NoError(t, err)
	require.Equal(t, "李 红 ", got.Actor.Name)
	for _, text := range []string{"", "{}", "{}\n", "1\n", "x\x1f\n", "1\x1fx\n", "1\x1f\x1f\n"} {
		_, err := readEnvelope([]byte(text))
		require.ErrorIs(t, err, errEnvelope, "%q", text)
	}
}
