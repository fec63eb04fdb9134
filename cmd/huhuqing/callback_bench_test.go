package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"
	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/config"
	"github.com/huhuqing/huhuqing/models"
)

// benchUsers are the cadres who talk at once; each has a household open.
const benchUsers = 256

// benchVisit is what each of them says, over and over. Nothing is saved, so that
// every round finds the same: one look-up, answers that are recorded, a farewell.
var benchVisit = []string{
	"入户 张大有 三组", "一般户", "2014年", "都不是", "13987651234",
	"张大有 户主 男52，妻李秀英 50，儿张小军 28 在昆明务工9个月，儿媳王芳 27，孙女张小花 9岁 小学三年级", "跳过", "都是汉族",
	"张大有初中，李秀英小学，张小军初中，王芳高中", "大湾完小", "都健康", "都对", "其余在家务农", "耕地3亩半 灌溉1亩2 林地8亩 其余没有",
	"猪2头 鸡15只，核桃15亩", "都没有", "96平", "土木", "A级", "自来水，够吃干净", "都有", "水泥路，就在路边", "柴草",
	"务工1万8，卖猪6000，养老金2400", "取消", "确定",
}

// BenchmarkCallback sends signed messages of a visit through HTTP to the whole
// bot on MariaDB and Redis (performance.md rows 1, 3, 4 and 8). One op is one
// message with its answer. CPU is that of the bot and of the sender together.
func BenchmarkCallback(b *testing.B) {
	for _, mode := range []config.Mode{config.ModePlain, config.ModeSafe} {
		line := newBenchLine(b, mode)
		for _, atOnce := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s %d at once", mode, atOnce), func(b *testing.B) { line.run(b, atOnce) })
		}
	}
}

// benchLine is a running bot and the people who write to it.
type benchLine struct {
	cfg    config.WeChat
	url    string
	client *http.Client
	serial atomic.Int64
	said   [benchUsers]int // messages of each so far
}

func newBenchLine(b *testing.B, mode config.Mode) *benchLine {
	b.Helper()
	g := servers(b)
	key := base64.StdEncoding.EncodeToString(randomBytes(32))
	cfg, err := config.Load(config.Serve, []string{
		"HHQ_DATA=" + b.TempDir(), "HHQ_DATABASE=" + g.database, "HHQ_REDIS=" + g.redis, "HHQ_DATA_KEY=k1:" + key,
		"HHQ_WECHAT_APPID=wx" + randomHex(8), "HHQ_WECHAT_SECRET=" + randomHex(16), "HHQ_WECHAT_TOKEN=" + randomHex(8),
		"HHQ_WECHAT_MODE=" + string(mode), "HHQ_WECHAT_AES_KEY=" + strings.TrimSuffix(key, "="),
	}, config.Flags{})
	require.NoError(b, err)
	a, err := newApp(b.Context(), cfg, slog.New(slog.DiscardHandler), program{}.time())
	require.NoError(b, err)
	b.Cleanup(func() { a.close(context.Background()) })
	require.NoError(b, a.store.Migrate(b.Context()))
	require.NoError(b, a.store.Atomically(b.Context(), func(s models.Store) error { return bindBench(b.Context(), s) }))
	srv := httptest.NewServer(a.handler())
	b.Cleanup(srv.Close)
	return &benchLine{
		cfg: cfg.WeChat, url: srv.URL + callbackPath,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
}

// bindBench registers and binds everybody.
func bindBench(ctx context.Context, s models.Store) error {
	_, err := s.Areas().Put(ctx, []models.Area{
		{Code: "53", Name: "云南省"}, {Code: "5306", Name: "昭通市"}, {Code: township[:6], Name: "威信县"}, {Code: township, Name: "扎西镇"}, {Code: dawan, Name: "大湾村"},
	})
	for u := 0; u < benchUsers && err == nil; u++ {
		p := models.Person{ID: "p" + strconv.Itoa(u), Name: "李红", Role: models.RoleVillage, AreaCode: dawan, Active: true}
		if err = s.People().Add(ctx, &p); err != nil {
			break
		}
		if err = s.People().Invite(ctx, models.Invite{Hash: "i" + p.ID, PersonID: p.ID, ExpiresAt: time.Now().Add(time.Hour)}); err != nil {
			break
		}
		_, err = s.People().Bind(ctx, "i"+p.ID, benchOpenID(u), time.Now())
	}
	return err
}

func benchOpenID(user int) string { return fmt.Sprintf("oBENCH%022d", user) }

// run sends b.N messages, so many at once, never two of one person.
func (l *benchLine) run(b *testing.B, atOnce int) {
	for u := range benchUsers {
		l.send(b, u) // connections, statements and sessions are there
	}
	var left atomic.Int64
	left.Store(int64(b.N))
	took := make([][]time.Duration, atOnce)
	cpu := usedCPU(b)
	b.ResetTimer()
	var wg sync.WaitGroup
	for w := range atOnce {
		wg.Go(func() {
			for u := w; left.Add(-1) >= 0; u = w + (u+atOnce-w)%(benchUsers/atOnce*atOnce) {
				start := time.Now()
				if !l.send(b, u) {
					return
				}
				took[w] = append(took[w], time.Since(start))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	l.report(b, slices.Sorted(slices.Values(slices.Concat(took...))), usedCPU(b)-cpu)
}

func (l *benchLine) report(b *testing.B, took []time.Duration, cpu time.Duration) {
	if len(took) == 0 {
		return
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(ms(took[len(took)-1]), "max-ms")
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "msg/s")
	b.ReportMetric(cpu.Seconds()*1000/float64(len(took)), "cpu-s/1000")
}

// usedCPU is what this process has used so far.
func usedCPU(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// send says the person's next sentence; false, and the benchmark has failed,
// when it is not answered.
func (l *benchLine) send(b *testing.B, user int) bool {
	text := benchVisit[l.said[user]%len(benchVisit)]
	l.said[user]++
	answer, err := l.post(benchOpenID(user), text)
	if err != nil || !bytes.Contains(answer, []byte("</xml>")) {
		b.Errorf("%q: %v %.100s", text, err, answer)
		return false
	}
	return true
}

func (l *benchLine) post(openID, text string) ([]byte, error) {
	id := strconv.FormatInt(l.serial.Add(1), 10)
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	token := l.cfg.Token.Reveal()
	body := "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[" + openID + "]]></FromUserName><CreateTime>" + stamp +
		"</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + text + "]]></Content><MsgId>" + id + "</MsgId></xml>"
	query := "?timestamp=" + stamp + "&nonce=" + id + "&openid=" + openID + "&signature=" + util.Signature(token, stamp, id)
	if l.cfg.Mode == config.ModeSafe {
		sealed, err := util.EncryptMsg(randomBytes(16), []byte(body), l.cfg.AppID, l.cfg.AESKey.Reveal())
		if err != nil {
			return nil, err
		}
		query += "&encrypt_type=aes&msg_signature=" + util.Signature(token, stamp, id, string(sealed))
		body = "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[" + string(sealed) + "]]></Encrypt></xml>"
	}
	answer, err := l.client.Post(l.url+query, "text/xml", strings.NewReader(body)) //nolint:noctx // a benchmark ends with its process
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	return io.ReadAll(answer.Body)
}
