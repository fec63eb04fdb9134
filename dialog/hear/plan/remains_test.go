package plan

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatIsLeftIsWorkedOut: the rest of a sum is somebody's, and nothing else is.
func TestWhatIsLeftIsWorkedOut(t *testing.T) {
	r, c := reader(t), village2018()
	for said, want := range map[string][]string{
		"修房子3万，政府出2万，其余自筹":         {"20000 ", "10000 self"},
		"危房改造4万，补2万1，剩下的自己出":       {"21000 ", "19000 self"},
		"19年总共5万，沪滇3万，整合1万，不足部分自筹": {"30000 east_west", "10000 pooled", "10000 self"},
		"沪滇2万，剩下的自筹":               {"20000 east_west"}, // of how much, nobody said
		"沪滇2万，整合1万，剩下的自筹":          {"20000 east_west", "10000 pooled"},
		"总共2万，沪滇3万，剩下的自筹":          {"30000 east_west"}, // more than all: the total is asked about
		"总共3万，沪滇2万，剩下的自筹8000":      {"20000 east_west", "8000 self"},
	} {
		funds, unread := r.Funds(said, c)
		var got []string
		for _, f := range funds {
			got = append(got, f.Amount+" "+f.Source)
		}
		require.Equal(t, want, got, "%s %v", said, unread)
	}
}
