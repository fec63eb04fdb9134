package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// talk runs `huhuqing talk` on lines as they would be typed.
func talk(t *testing.T, data string, lines []string, args ...string) string {
	t.Helper()
	var out, errs output
	in := strings.NewReader(strings.Join(lines, "\n") + "\n")
	code := run(t.Context(), program{In: in, Out: &out, Err: &errs}, append([]string{"talk", "--data", data}, args...))
	require.Zero(t, code, errs.String())
	return out.String()
}

func TestTalkInTheTerminal(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	first := talk(t, data, []string{"帮助", "", "查 张大有", "入户 欧阳建中 三组"})
	require.Contains(t, first, "> 大水井村村干部可以")
	require.Contains(t, first, "张大有（三组）")
	sums := talk(t, data, []string{"六清 全村", "汇总"})
	require.Contains(t, sums, "【大水井村】27户", "the village is judged before anybody asks")
	require.Contains(t, sums, "27户 89人")
	require.Equal(t, 5, strings.Count(first, "> "), "one prompt a line, and one for the end")
	require.Contains(t, talk(t, data, []string{"继续"}), "哪一类", "the next day goes on")
	require.Contains(t, talk(t, data, []string{"帮助"}, "--as", "杨文忠"), "清水河乡乡镇可以")
	require.Contains(t, talk(t, data, []string{"帮助"}, "--as", "oNobodyNobodyNobodyNobody"), "绑定")
}

// TestTalkOnAnotherDay: the village lives from the instant that was given.
func TestTalkOnAnotherDay(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	work := talk(t, data, []string{"待办"}, "--at", "2018-11-19T07:44:00+08:00")
	require.Contains(t, work, "小额信贷养猪 2019年5月\n", "nothing is late yet")
	require.NotContains(t, work, "超")
	code, _, errs := huhuqing(t, nil, "talk", "--data", data, "--at", "昨天")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "看不懂时间「昨天」")
}
