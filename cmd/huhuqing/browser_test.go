package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// page is one tab of a headless Chromium, as wide as a phone, at the local WeChat's page.
type page struct {
	t   *testing.T
	ctx context.Context
}

func openPage(t *testing.T, address string) page {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(375, 812),
		chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Second)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(ctx)
	t.Cleanup(quit)
	p := page{t, ctx}
	// The browser lives as long as the context of the first step.
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	p.do(chromedp.EmulateViewport(375, 812, chromedp.EmulateMobile), chromedp.Navigate(address))
	return p
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("Chromium is missing: run `apt-get install chromium`, or name the program in CHROMIUM")
	return ""
}

func (p page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 40*time.Second)
	defer cancel()
	require.NoError(p.t, chromedp.Do(ctx, steps...))
}

// until waits for a JavaScript condition.
func (p page) until(condition string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+condition+")"))
		return err == nil && ok
	}, patience, pollEvery, condition)
}

// with is an expression for the last element with the id that holds the text.
func with(testid, text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('[data-testid="%s"]')].findLast(n => n.textContent.includes(%q))`, testid, text)
}

// sees waits for a bubble or a line with the text.
func (p page) sees(testid, text string) {
	p.t.Helper()
	p.until(with(testid, text))
}

// taps waits for something with the text and taps it.
func (p page) taps(testid, text string) {
	p.t.Helper()
	p.sees(testid, text)
	p.until(`(` + with(testid, text) + `.click(), true)`)
}

// types sends a text with the keyboard's return key.
func (p page) types(text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(`[data-testid="msg-input"]`), text+"\r"))
	p.sees("bubble-out", text)
}

// answered does something and returns the bubble that comes in for it.
func (p page) answered(act func()) string {
	p.t.Helper()
	const bubbles = `document.querySelectorAll('[data-testid="bubble-in"]')`
	before, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](bubbles+".length"))
	require.NoError(p.t, err)
	act()
	p.until(fmt.Sprintf("%s.length > %d", bubbles, before))
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`[...`+bubbles+`].at(-1).innerText`))
	require.NoError(p.t, err)
	return text
}

// give is a cadre with the thumb on the page.
func (p page) give(said string) string {
	p.t.Helper()
	label, tap := strings.CutPrefix(said, "#")
	return p.answered(func() {
		if tap && p.tapsNewest(label) {
			return
		}
		p.types(label)
	})
}

// tapsNewest taps an option of the newest bubble, if it has it.
func (p page) tapsNewest(label string) bool {
	p.t.Helper()
	ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(() => {
		const bubble = [...document.querySelectorAll('[data-testid="bubble-in"]')].at(-1);
		const option = [...bubble.querySelectorAll('[data-testid="opt"]')].find(n => n.textContent === %q);
		option?.click();
		return option !== undefined;
	})()`, label)))
	require.NoError(p.t, err)
	return ok
}

// fits: nothing is wider than the phone.
func (p page) fits() {
	p.t.Helper()
	p.until(`[...document.querySelectorAll('body *')].every(n => { const b = n.getBoundingClientRect(); return b.width === 0 || b.right <= innerWidth + 0.5 && b.left >= -0.5 })`)
}
