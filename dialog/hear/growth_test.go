package hear_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog/hear"
)

// No text of the longest length may keep a turn waiting, however it repeats
// itself: a rule that looks around without a bound shows here.
func TestLongTextsAreReadAtOnce(t *testing.T) {
	t.Parallel()
	r := reader(t)
	c := hear.Context{Now: now(), People: people(), Open: []string{"condition.farm", "m2.health"}}
	pieces := []string{
		"打工3000", "猪2", "小军", "没有", "都", "除了老妈", "不是C级", "牧草", "一个月", "张三李四", "核桃3亩", "每人每月",
		"儿子", "C改B", "，", "3亩", "他媳妇", "以前", "其他人", "去年", "二级残疾", "鉴定", "大水井组", "电话", "低保", "、",
	}
	for _, a := range pieces {
		for _, b := range pieces {
			text := strings.Repeat(a+b, 4000/len(a+b))
			start := time.Now()
			r.Read(text, c)
			r.Roster(text, c)
			require.Less(t, time.Since(start), 20*time.Second, a+b)
		}
	}
}
