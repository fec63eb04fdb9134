package platform

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// browser starts a fresh headless Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		t.Fatal("Chromium is missing: run `apt-get install chromium`, or name the program in CHROMIUM")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(375, 812),
		chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 180*time.Second)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(ctx)
	t.Cleanup(quit)
	// The browser lives as long as the context of the first step.
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	return ctx
}

// pageTest is one browser tab at the page of a world.
type pageTest struct {
	*world
	ctx context.Context
}

func (p pageTest) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 40*time.Second)
	defer cancel()
	require.NoError(p.t, chromedp.Do(ctx, steps...))
}

// watchConsole puts what the page complains about into the test's log.
func (p pageTest) watchConsole() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for message, err := range chromedp.Console(p.ctx) {
			if err != nil {
				return
			}
			p.t.Logf("console %s: %s (%s:%d)", message.Type, message.Text, message.URL, message.Line)
		}
	}()
	p.t.Cleanup(func() { _ = chromedp.Cancel(p.ctx); <-done })
}

func id(name string) chromedp.CSS { return chromedp.CSS(`[data-testid="` + name + `"]`) }

// until waits for a JavaScript condition.
func (p pageTest) until(condition string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return p.is(condition) }, 25*time.Second, 30*time.Millisecond, condition)
}

func (p pageTest) is(condition string) bool {
	p.t.Helper()
	ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+condition+")"))
	require.NoError(p.t, err, condition)
	return ok
}

// sees waits for a bubble, card or line with the text.
func (p pageTest) sees(testid, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...document.querySelectorAll('[data-testid="%s"]')].some(n => n.textContent.includes(%q))`, testid, text))
}

func (p pageTest) count(testid string) int {
	p.t.Helper()
	n, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](`document.querySelectorAll('[data-testid="`+testid+`"]').length`))
	require.NoError(p.t, err)
	return n
}

// fits checks that nothing is wider than the screen and no words are small.
func (p pageTest) fits() {
	p.t.Helper()
	wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('body *')].filter(n => {
		const box = n.getBoundingClientRect();
		return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
	}).map(n => n.tagName + '.' + n.getAttribute('class'))`))
	require.NoError(p.t, err)
	require.Empty(p.t, wide)
	small, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('body *')].filter(n =>
		[...n.childNodes].some(c => c.nodeType === 3 && c.textContent.trim()) && !n.classList.contains('badge') &&
		parseFloat(getComputedStyle(n).fontSize) < 16).map(n => n.tagName + '.' + n.className)`))
	require.NoError(p.t, err)
	require.Empty(p.t, small)
	nameless, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('button,a,input,textarea')].filter(n =>
		!n.textContent.trim() && !n.getAttribute('aria-label') && !n.closest('label') && !n.querySelector('img[alt]')).map(n => n.outerHTML.slice(0, 80))`))
	require.NoError(p.t, err)
	require.Empty(p.t, nameless)
}

// shot keeps a picture of the screen in the folder PAGE_SHOTS, if it is set.
func (p pageTest) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("PAGE_SHOTS")
	if dir == "" {
		return
	}
	p.do(chromedp.Sleep(250 * time.Millisecond))
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	require.NoError(p.t, err)
	require.NoError(p.t, os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600))
}

func village(t *testing.T) *world {
	t.Helper()
	w := setup(t, func(o *Options) {
		o.Templates = []Template{{ID: "due", Title: "任务到期提醒", Fields: []Field{{"thing1", "户主"}, {"thing2", "帮扶措施"}, {"date3", "截止日期"}}}}
	})
	w.Introduce(User{OpenID: ann, Name: "李秀英", Role: "村干部", Place: "清水村"})
	w.Introduce(User{OpenID: bob, Name: "王建国", Role: "乡镇", Place: "青山乡"})
	w.Introduce(User{OpenID: "oCarl_123456789abcdefghijklm", Name: "赵县长", Role: "县扶贫开发领导小组", Place: "云岭县"})
	require.Zero(t, w.post("/cgi-bin/menu/create", map[string]any{"button": []Button{
		{Name: "入户", Sub: []Button{{Type: "click", Name: "新入户", Key: "visit"}, {Type: "click", Name: "继续上次的", Key: "go on"}, {Type: "view", Name: "施工图", URL: "https://example.org/"}}},
		{Type: "click", Name: "待办", Key: "todo"}, {Name: "我的", Sub: []Button{{Type: "click", Name: "帮助", Key: "help"}, {Type: "scancode_waitmsg", Name: "扫邀请码", Key: "scan"}}},
	}}))
	w.answers(func(out http.ResponseWriter, h heard) {
		switch {
		case h.msg.Event == "subscribe":
			w.reply(out, h, textReply(h, "您好！我是户户清助手。请发「绑定 邀请码」，或扫邀请二维码。"))
		case h.msg.Event == "CLICK":
			w.reply(out, h, textReply(h, "待办 3 件：\n1. 张大有 危房改造 还有 3 天\n2. 李二 小额信贷到期 已逾期 2 天\n3. 王五 入户走访"))
		case h.msg.Content == "坏了":
			_, _ = out.Write([]byte("{}"))
		case h.msg.Content == "慢":
			time.Sleep(700 * time.Millisecond)
			w.reply(out, h, textReply(h, "久等了"))
		case strings.HasPrefix(h.msg.Content, "入户"):
			w.reply(out, h, textReply(h, "张大有（三组）住房等级是？\n"+menuLink("1 A级 安全", "A级", "7.1")+"\n"+menuLink("2 B级 基本安全", "B级", "7.2")+
				"\n"+menuLink("3 C级 局部危险，需要加固的那一种，名字很长也要能换行看得清", "C级", "7.3")+"\n"+menuLink("4 D级 整栋危险", "D级", "7.4")+"\n\n已答9，最多还有6题。"+menuLink("上一步", "上一步", "7.0")+"  "+menuLink("跳过", "跳过", "7.9")+"\n名单：https://huhuqing.example.org/h/Zk3v9Qx7Lm2N8pR4tY6uW1aB5cD0eF"))
		case h.msg.Type == "text":
			w.reply(out, h, textReply(h, "记下了："+h.msg.Content))
		case h.msg.Type != "event":
			w.reply(out, h, textReply(h, "收到，放进张大有家了。"))
		}
	})
	return w
}

func menuLink(label, say, id string) string {
	return fmt.Sprintf(`<a href="weixin://bizmsgmenu?msgmenucontent=%s&msgmenuid=%s">%s</a>`, say, id, label)
}

func TestPhonePage(t *testing.T) {
	w := village(t)
	p := pageTest{world: w, ctx: browser(t)}
	p.watchConsole()
	p.do(chromedp.EmulateViewport(375, 812, chromedp.EmulateMobile), chromedp.Navigate(w.api.URL))
	p.sees("person", "李秀英")
	p.sees("person", "村干部 · 清水村")
	p.fits()

	// Follow, and be greeted.
	p.do(chromedp.Click(id("person")), chromedp.WaitVisible(id("follow")))
	p.shot("phone-follow")
	p.do(chromedp.Click(id("follow")))
	p.sees("bubble-in", "我是户户清助手")

	// A menu tap, a sub-menu.
	p.sees("list-time", "3月2日 09:00")
	p.do(chromedp.Click(id("to-menu")), chromedp.Click(chromedp.CSS(`[data-testid="menu-btn"]:not(.more)`)))
	p.sees("bubble-in", "待办 3 件")
	p.do(chromedp.Click(id("menu-btn")), chromedp.WaitVisible(id("menu-sub")))
	p.fits()
	p.shot("phone-menu")
	p.do(chromedp.Click(id("to-keyboard")), chromedp.WaitVisible(id("msg-input")))

	// Type; Enter sends, once however often it is pressed.
	p.do(chromedp.SendKeys(id("msg-input"), "入户 张大有\r\r"))
	p.sees("bubble-out", "入户 张大有")
	p.sees("bubble-in", "住房等级")
	p.fits()
	p.shot("phone-options")
	require.Len(t, w.pushes("text"), 1)

	// Tap an option twice: it is sent once, with its id.
	p.is(`(() => { const o = document.querySelector('[data-testid="opt"]'); o.click(); o.click(); return true })()`)
	p.sees("bubble-in", "记下了：A级")
	require.Len(t, w.pushes("text"), 2)
	require.Equal(t, "7.1", w.pushes("text")[1].msg.MenuID)

	// The send button, tapped twice; a long word wraps; a script stays text.
	long := strings.Repeat("很长的话", 30) + strings.Repeat("x", 120) + "<img src=x onerror=alert(1)>"
	p.do(chromedp.SendKeys(id("msg-input"), long), chromedp.WaitVisible(id("msg-send")))
	p.is(`(() => { const b = document.querySelector('[data-testid="msg-send"]'); b.click(); b.click(); return true })()`)
	p.sees("bubble-in", "onerror=alert(1)")
	require.Len(t, w.pushes("text"), 3)
	p.fits()
	p.shot("phone-chat")

	p.panel()
	p.pushes()
	p.desktop()
}

// panel sends a photo, a place and a voice.
func (p pageTest) panel() {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i / 320)
	}
	picture.Set(1, 1, color.White)
	path := filepath.Join(p.t.TempDir(), "house.png")
	file, err := os.Create(path)
	require.NoError(p.t, err)
	require.NoError(p.t, png.Encode(file, picture))
	require.NoError(p.t, file.Close())

	p.do(chromedp.Click(id("plus")), chromedp.WaitVisible(id("place-open")))
	p.fits()
	p.shot("phone-panel")
	p.do(chromedp.SetUploadFiles(id("photo-input"), []string{path}))
	p.until(`document.querySelector('[data-testid="bubble-out"] img')?.naturalWidth === 320`)
	require.Len(p.t, p.world.pushes("image"), 1)

	p.do(chromedp.Click(id("plus")), chromedp.Click(id("place-open")), chromedp.WaitVisible(id("place-label")))
	p.fits()
	p.shot("phone-place")
	p.do(chromedp.SetValue(id("place-label"), "三组村口"), chromedp.Click(chromedp.ID("map")), chromedp.Click(id("place-send")))
	p.sees("bubble-out", "三组村口")
	require.Equal(p.t, "三组村口", p.world.pushes("location")[0].msg.Label)

	p.do(chromedp.Click(id("plus")), chromedp.Click(id("voice-open")), chromedp.SendKeys(id("voice-text"), "水管埋了五百米"), chromedp.Click(id("voice-send")))
	p.sees("bubble-out", "水管埋了五百米")
	p.until(`[...document.querySelectorAll('[data-testid="bubble-in"]')].filter(n => n.textContent.includes('收到')).length === 3`)
	require.Equal(p.t, "水管埋了五百米", p.world.pushes("voice")[0].msg.Recognition)
	p.fits()
	p.shot("phone-media")
}

// pushes: a late message, a card, the fault line, the typing mark, unread.
func (p pageTest) pushes() {
	require.Zero(p.t, p.post("/cgi-bin/message/custom/send", custom(ann, "汇总算好了：41 户")))
	p.sees("bubble-in", "汇总算好了")
	require.Zero(p.t, p.post("/cgi-bin/message/template/send", template(ann, "due", "https://example.org/", map[string]string{"thing1": "张大有", "thing2": "危房改造", "date3": "2026年3月5日"})))
	p.sees("card", "危房改造")
	p.do(chromedp.SendKeys(id("msg-input"), "坏了\r"))
	p.sees("fault", "该公众号提供的服务出现故障")
	p.do(chromedp.SendKeys(id("msg-input"), "慢\r"))
	p.sees("chat-title", "对方正在输入")
	p.sees("bubble-in", "久等了")
	p.sees("chat-title", "户户清助手")
	p.until(`document.querySelector('#input').value === '' && document.querySelector('#input').offsetHeight < 50`)
	p.fits()
	p.shot("phone-card")

	_, err := p.User(bob).Follow(p.t.Context(), "")
	require.NoError(p.t, err)
	p.do(chromedp.Click(id("back")), chromedp.WaitVisible(id("unread")))
	p.sees("unread", "1")
	p.fits()
	p.shot("phone-people")
}

// desktop: the same chat after a reload, beside the list, in a tab of its own.
func (p pageTest) desktop() {
	before := p.count("bubble-in")
	p.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(p.api.URL+"/?user="+ann))
	p.sees("bubble-in", "久等了")
	require.Equal(p.t, before, p.count("bubble-in"))
	p.fits()
	p.shot("desktop-chat")
	made := p.call("/cgi-bin/qrcode/create?access_token="+p.token(), map[string]any{"expire_seconds": 600, "action_name": "QR_STR_SCENE",
		"action_info": map[string]any{"scene": map[string]string{"scene_str": "邀请-8K2M"}}})
	require.Contains(p.t, made, "ticket")
	p.do(chromedp.Click(id("plus")), chromedp.Click(id("scan-open")), chromedp.WaitVisible(id("scan-code")))
	p.fits()
	p.shot("desktop-scan")
	p.do(chromedp.Click(id("scan-code")))
	require.Eventually(p.t, func() bool { return len(p.world.pushes("SCAN")) == 1 }, 25*time.Second, 20*time.Millisecond)
	p.do(chromedp.Click(id("more")), chromedp.WaitVisible(id("unfollow")))
	p.shot("desktop-profile")
	p.do(chromedp.Click(id("unfollow")), chromedp.WaitVisible(id("follow")))
	require.Len(p.t, p.world.pushes("unsubscribe"), 1)

	// The line breaks and mends itself.
	p.api.CloseClientConnections()
	p.sees("alert", "正在重连")
	p.until(`document.querySelector('[data-testid="alert"]').hidden`)
}
