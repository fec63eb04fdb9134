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
