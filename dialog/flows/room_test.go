package flows

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/models"
)

// What a sentence may put into a field fits its column: saving must not refuse
// what was accepted when it was typed.
func TestRoomFitsTheColumns(t *testing.T) {
	records := map[string]any{
		"cause": models.Cause{}, "measure": models.Measure{}, "fund": models.Fund{}, "output": models.Output{},
		"duty": models.Duty{}, "helper": models.Helper{}, "exit": models.Exit{},
	}
	seen := 0
	for name, rec := range records {
		rt := reflect.TypeOf(rec)
		for i := range rt.NumField() {
			f := rt.Field(i)
			key := f.Tag.Get("key")
			if key == "" {
				continue
			}
			n := room(models.FieldAt(name + "." + key))
			if n == 0 {
				continue
			}
			seen++
			size := 0
			for _, part := range strings.Split(f.Tag.Get("gorm"), ";") {
				if s, ok := strings.CutPrefix(part, "size:"); ok {
					size, _ = strconv.Atoi(s)
				}
			}
			if strings.Contains(f.Tag.Get("gorm"), "sealed") {
				size = (size*3/4 - 64) / 4 // bytes under a seal; a character has four at most
			}
			require.LessOrEqual(t, n, size, "%s.%s", name, key)
		}
	}
	require.Greater(t, seen, 20)
	for path := range roomFor {
		require.NotNil(t, models.FieldAt(path), path)
	}
}
