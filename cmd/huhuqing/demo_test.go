package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// demoRun is a running `huhuqing demo`.
type demoRun struct {
	server
	code string // invite for the newcomer
}

// startDemo starts it on a data folder, with nothing else set.
func startDemo(t *testing.T, data string) demoRun {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, log, ended := &output{}, &output{}, make(chan int, 1)
	args := []string{"demo", "--data", data, "--listen", "127.0.0.1:0"}
	go func() { ended <- run(ctx, program{In: strings.NewReader(""), Out: out, Err: log}, args) }()
	d := demoRun{server: server{out: log, stop: sync.OnceFunc(func() { cancel(); require.Zero(t, <-ended, "%s", log) })}}
	t.Cleanup(d.stop)
	said := regexp.MustCompile(`(?s)(http://127\.0\.0\.1:\d+).*：([2-9A-Z]{10})\n`)
	require.Eventually(t, func() bool { return said.MatchString(out.String()) }, 4*patience, pollEvery, "%s%s", out, log) // the demo village is written first
	found := said.FindStringSubmatch(out.String())
	d.url, d.code = found[1], found[2]
	require.Eventually(t, func() bool { status, _ := d.get(t, "/readyz"); return status == http.StatusOK }, patience, pollEvery)
	return d
}

// A household is recorded on the phone page in a browser, without any installation, and is there after a restart.
func TestDemoOnThePhonePage(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	d := startDemo(t, data)
	p := openPage(t, d.url)
	for _, who := range []string{"王建国", "村干部", "乡镇", "县", "管理员", "新来的同志"} {
		p.sees("person", who)
	}
	p.taps("person", "王建国")
	p.sees("menu-btn", "入户")
	p.until(`document.querySelector('[data-testid="msg-input"]') !== null`)
	p.types("入户 欧阳建中 三组")
	p.sees("bubble-in", "欧阳建中")
	p.fits()
	p.taps("opt", "一般贫困户（国家标准）")
	p.sees("bubble-in", "建档立卡")
	p.taps("opt", "2014")
	p.sees("bubble-in", "双女户")
	p.types("都不是 没有电话")
	p.sees("bubble-in", "家里都有谁")
	p.types("欧阳建中 户主 男52，妻李秀英 50")
	p.sees("bubble-in", "加上李秀英")
	p.types("保存")
	p.sees("bubble-in", "已保存：欧阳建中（三组）2口人")
	p.types("查 oyjz")
	p.sees("bubble-in", "欧阳建中（三组）2口人")
	p.fits()

	d.stop()
	d = startDemo(t, data)
	p = openPage(t, d.url)
	p.taps("person", "王建国")
	p.sees("bubble-in", "已保存：欧阳建中（三组）2口人")
	p.types("查 欧阳建中")
	p.sees("bubble-in", "2口人")
	d.stop()
	key, err := os.Stat(filepath.Join(data, "data.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), key.Mode())
	require.NotRegexp(t, `\p{Han}`, d.out.String(), "the second start makes no key and logs nobody's words")
}

// Somebody new follows, is led to 绑定 and lets themselves in with the code that demo printed.
func TestDemoNewcomerBinds(t *testing.T) {
	t.Parallel()
	d := startDemo(t, filepath.Join(t.TempDir(), "data"))
	p := openPage(t, d.url)
	p.taps("person", "新来的同志")
	p.taps("follow", "")
	p.sees("bubble-in", "绑定 邀请码")
	p.types("查 张大有")
	p.until(`document.querySelectorAll('[data-testid="bubble-in"]').length === 2`)
	p.types("绑定 " + d.code)
	p.sees("bubble-in", "绑定好了")
	p.types("查 张大有")
	p.sees("bubble-in", "张大有（三组）")
}

func TestDemoRefusesATakenPort(t *testing.T) {
	t.Parallel()
	d := startDemo(t, filepath.Join(t.TempDir(), "data"))
	code, out, errs := huhuqing(t, nil, "demo", "--data", filepath.Join(t.TempDir(), "other"), "--listen", strings.TrimPrefix(d.url, "http://"))
	require.Equal(t, exitFailed, code)
	require.Empty(t, out)
	require.Contains(t, errs, "--listen")
}
