package hear_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/hear"
)

// TestAnswerTakesNoDenialForAValue: what takes something back, tells a change or
// denies a person is the value of no field, whatever was asked.
func TestAnswerTakesNoDenialForAValue(t *testing.T) {
	t.Parallel()
	r := reader(t)
	c := hear.Context{Now: now(), Head: "张大有", People: people()}
	for _, text := range []string{"错了", "不对", "没有张小军这个人", "张小军不是我家的"} {
		for _, path := range []string{"condition.farm", "condition.tv", "condition.stock", "condition.water_source", "m3.on_dibao", "m3.work_addr", "m3.health", "m3.name", "household.phone"} {
			fact, u := r.Answer(path, text, c)
			require.NotNil(t, u, "%s → %s=%s", text, path, fact.Value)
		}
	}
	for _, text := range []string{"少了半亩", "耕地少了半亩", "又买了3头猪", "猪多养了3头"} {
		for _, path := range []string{"condition.farm", "condition.house_area", "condition.stock", "income.stock_sale"} {
			fact, u := r.Answer(path, text, c)
			require.NotNil(t, u, "%s → %s=%s", text, path, fact.Value)
		}
	}
}
