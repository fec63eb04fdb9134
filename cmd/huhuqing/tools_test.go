package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// onBoth runs a test of the tools on both databases; no account is involved.
func onBoth(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	t.Run("embedded", func(t *testing.T) { t.Parallel(); test(t, bareWorld(t, embedded(t), "plain")) })
	t.Run("servers", func(t *testing.T) { t.Parallel(); test(t, bareWorld(t, servers(t), "plain")) })
}

// fails runs a command that has to fail and returns what it said.
func (w *world) fails(t *testing.T, more []string, args ...string) (out, errs string) {
	t.Helper()
	code, out, errs := huhuqing(t, w.environ(more...), args...)
	require.Equal(t, exitFailed, code, "%v: %s%s", args, out, errs)
	return out, errs
}

func TestServeRefusesWithTheSentenceThatHelps(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			more []string
			says []string
		}{
			{[]string{"HHQ_WECHAT_TOKEN="}, []string{"HHQ_WECHAT_TOKEN"}},
			{[]string{"HHQ_DATA_KEY="}, []string{"HHQ_DATA_KEY", "openssl rand -base64 32"}},
			{[]string{"HHQ_WECHAT_MODE=safe"}, []string{"HHQ_WECHAT_AES_KEY", "EncodingAESKey"}},
			{[]string{"HHQ_WECHAT_MODE=safe", "HHQ_WECHAT_AES_KEY=short"}, []string{"HHQ_WECHAT_AES_KEY", "43"}},
			{[]string{"HHQ_DATA_KEY=c2hvcnQ="}, []string{"HHQ_DATA_KEY", "32"}},
			{[]string{"HHQ_WECHAT_TOKEN=", "HHQ_DATA_KEY=", "HHQ_REDIS=localhost"}, []string{"HHQ_WECHAT_TOKEN", "HHQ_DATA_KEY", "HHQ_REDIS"}},
			{nil, []string{"huhuqing migrate"}},
		} {
			out, errs := w.fails(t, c.more, "serve")
			for _, part := range c.says {
				require.Contains(t, errs, part, c.more)
			}
			require.Empty(t, out)
			for _, secret := range []string{w.token, w.secret, w.dataKey} {
				require.NotContains(t, errs, secret)
			}
		}
		require.NotContains(t, w.tables(t), "households", "and changes nothing")
		w.tool("migrate")
		require.Contains(t, w.tool("migrate"), "最新", "may be repeated")
		taken := w.serve()
		_, errs := w.fails(t, []string{"HHQ_LISTEN=" + strings.TrimPrefix(taken.url, "http://")}, "serve")
		require.Contains(t, errs, "换一个")
	})
}

func TestAreasAreImportedRowByRow(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.tool("migrate")
		require.Contains(t, w.tool("area", "import", "testdata/areas.csv"), "读到 9 条，其中新增 9 条，有误 0 条")
		require.Contains(t, w.tool("area", "import", "testdata/areas.csv"), "读到 9 条，其中新增 0 条，有误 0 条")

		bad := filepath.Join(t.TempDir(), "bad.csv")
		require.NoError(t, os.WriteFile(bad, []byte(strings.Join([]string{
			"\ufeffcode,name,level,parent",
			"53062910120102, 四组 ,group,530629101201",
			"5306291,七位,township,530629",
			"530629103,罗布镇,village,530629",
			"530629104,,township,530629",
			"530629105,长安镇,township,530628",
			"只有一列",
			"530629101201,大湾社区,village,530629101",
		}, "\r\n")), 0o600))
		out, errs := w.fails(t, nil, "area", "import", bad)
		require.Contains(t, out, "读到 2 条，其中新增 1 条，有误 5 条", "what is right goes in")
		for _, part := range []string{"第 3 行", "第 4 行", "应是 township", "第 5 行", "名称是空的", "第 6 行", "应是 530629", "第 7 行"} {
			require.Contains(t, errs, part)
		}
		require.Equal(t, []string{"大湾社区"}, w.column(t, "SELECT name FROM areas WHERE code = ?", dawan))
		require.Equal(t, []string{"四组"}, w.column(t, "SELECT name FROM areas WHERE code = '53062910120102'"))
	})
}

func TestPersonAddPrintsTheCodeAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.tool("migrate")
		w.tool("area", "import", "testdata/areas.csv")
		out := w.tool("person", "add", "--name", "李红", "--role", "village", "--area", dawan, "--phone", "13900001111")
		require.Regexp(t, `^[2-9A-HJKMNP-Z]{10}\n$`, out)
		require.NotContains(t, w.dump(t), strings.TrimSpace(out), "only its hash is kept")
		require.NotContains(t, w.dump(t), "13900001111")

		before := w.count(t, "SELECT COUNT(*) FROM people")
		for _, c := range []struct {
			args []string
			says string
		}{
			{[]string{"--name", "李红", "--role", "village", "--area", township}, "12 位"},
			{[]string{"--name", "李红", "--role", "township", "--area", dawan}, "9 位"},
			{[]string{"--name", "李红", "--role", "county", "--area", dawan}, "6 位"},
			{[]string{"--name", "李红", "--role", "village", "--area", "530629101299"}, "area import"},
			{[]string{"--name", "5", "--role", "village", "--area", dawan}, "姓名"},
			{[]string{"--name", "李红", "--role", "village", "--area", dawan, "--phone", "12345"}, "手机号"},
			{[]string{"--name", "李红", "--role", "department", "--area", "530629"}, "--department"},
		} {
			out, errs := w.fails(t, nil, append([]string{"person", "add"}, c.args...)...)
			require.Empty(t, out, c.args)
			require.Contains(t, errs, c.says, c.args)
		}
		require.Equal(t, before, w.count(t, "SELECT COUNT(*) FROM people"))
		code, _, errs := huhuqing(t, w.environ(), "person", "add", "--name", "李红", "--role", "mayor", "--area", dawan)
		require.Equal(t, exitUsage, code)
		require.Contains(t, errs, "village")

		id := w.column(t, "SELECT id FROM people")[0]
		require.Regexp(t, `^[2-9A-HJKMNP-Z]{10}\n$`, w.tool("person", "invite", id))
		_, errs = w.fails(t, nil, "person", "invite", "nobody")
		require.Contains(t, errs, "没有编号为 nobody 的人")
	})
}

func TestToolsNeedTheSchemaAndSaySo(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for _, args := range [][]string{
			{"area", "import", "testdata/areas.csv"},
			{"person", "add", "--name", "李红", "--role", "village", "--area", dawan},
			{"person", "invite", "p1"},
		} {
			_, errs := w.fails(t, nil, args...)
			require.Contains(t, errs, "huhuqing migrate", args)
		}
	})
}

func TestToolsSayWhenTheDatabaseIsUnusable(t *testing.T) {
	t.Parallel()
	w := bareWorld(t, servers(t), "plain")
	u, err := url.Parse(w.database)
	require.NoError(t, err)
	for name, database := range map[string]string{
		"away":           "mysql://hhq:geheim@127.0.0.1:1/hhq",
		"wrong password": "mysql://hhq:geheim@" + u.Host + u.Path,
		"no such name":   strings.Replace(w.database, u.Path, "/nowhere", 1),
		"no such folder": "sqlite:/dev/null/huhuqing.db",
	} {
		for _, args := range [][]string{{"migrate"}, {"serve"}, {"person", "invite", "p1"}} {
			_, errs := w.fails(t, []string{"HHQ_DATABASE=" + database}, args...)
			require.Contains(t, errs, "数据库用不了", "%s, %v", name, args)
			require.NotContains(t, errs, "geheim", name)
		}
	}
}

func TestMenuPushSetsTheMenuBar(t *testing.T) {
	t.Parallel()
	w := newWorld(t, embedded(t), "safe")
	w.serve()
	require.Contains(t, w.tool("menu", "push"), "菜单已设好")
	u := w.cadre("李红", dawan)
	buttons, err := menuButtons()
	require.NoError(t, err)
	for _, b := range buttons {
		keys := []string{b.Key}
		for _, sub := range b.Sub {
			keys = append(keys, sub.Key)
		}
		for _, key := range keys {
			if key != "" {
				require.NotEmpty(t, u.read(u.Click(t.Context(), key)), key)
			}
		}
	}
	_, errs := w.fails(t, []string{"HHQ_WECHAT_SECRET=wrong"}, "menu", "push")
	require.Contains(t, errs, "微信没有接受菜单")
	require.Contains(t, errs, "40125")
}
