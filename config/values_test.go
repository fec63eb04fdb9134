package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/config"
)

// one loads a single setting for the demo, where nothing else is needed.
func one(t *testing.T, name, value string) (config.Config, []string) {
	t.Helper()
	c, err := config.Load(config.Demo, []string{name + "=" + value}, config.Flags{Data: t.TempDir()})
	return c, keys(t, err)
}

func TestDatabase(t *testing.T) {
	t.Parallel()
	for value, problem := range map[string]string{
		"mysql://u:p@127.0.0.1:3306/db":     "",
		"mysql://u:p%40ss@db/hhq?tls=true":  "",
		"mysql://u@[::1]:3306/db":           "",
		"sqlite:./x.db":                     "",
		"sqlite:/var/lib/户户清/x.db":          "",
		"sqlite:":                           "bad_sqlite",
		"mysql://u:p@h:99999/db":            "bad_mysql_host",
		"mysql://u:p@:3306/db":              "bad_mysql_host",
		"mysql://h:3306/db":                 "bad_mysql_user",
		"mysql://u:p@h:3306/":               "bad_mysql_name",
		"mysql://u:p@h/a/b":                 "bad_mysql_name",
		"mysql://u:100%zz@h/db":             "bad_mysql",
		"u:p@tcp(127.0.0.1:3306)/db":        "bad_database",
		"postgres://u:p@h/db":               "bad_database",
		"./data/huhuqing.db":                "bad_database",
		"mysql://u:p@h:port/db":             "bad_mysql",
		"mysql://127.0.0.1/db?user=u&pw=12": "bad_mysql_user",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c, got := one(t, "HHQ_DATABASE", value)
			if problem == "" {
				require.Empty(t, got)
				require.Equal(t, value, c.Database.Reveal())
				return
			}
			require.Equal(t, []string{"HHQ_DATABASE " + problem}, got)
		})
	}
}

func TestProgramme(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"monitoring-2021", "ours.json", "./plans/县方案.json", "/etc/huhuqing/third.json"} {
		c, got := one(t, "HHQ_PROGRAMME", value)
		require.Empty(t, got, value)
		require.Equal(t, value, c.Programme)
	}
	for _, value := range []string{"../x", "/etc/.json", "plans/ours.yaml", "户户清"} {
		_, got := one(t, "HHQ_PROGRAMME", value)
		require.Equal(t, []string{"HHQ_PROGRAMME bad_programme"}, got, value)
	}
}

func TestRedis(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"redis://127.0.0.1:6379/0":            "redis://127.0.0.1:6379/0",
		"redis://h":                           "redis://h",
		"rediss://u:p@h:6380":                 "rediss://u:p@h:6380",
		"redis://:p,w@a:1,b:2,c":              "redis://:p%2Cw@a:1,b:2,c",
		"redis://a:1, b:2/0":                  "redis://a:1,b:2",
		"redis://:pw@a:1,redis://b:2":         "redis://:pw@a:1,b:2",
		"redis://a:1,b:2/3":                   "bad_redis_number",
		"redis://a:1,,b:2":                    "bad_redis_host",
		"redis://a:0":                         "bad_redis_host",
		"redis://a:b:c":                       "bad_redis_host",
		"127.0.0.1:6379":                      "bad_redis",
		"http://h":                            "bad_redis",
		"redis://h/x":                         "bad_redis",
		"redis://":                            "bad_redis",
		"redis://h:1?dial_timeout=5s":         "bad_redis",
		"redis://u:%zz@h":                     "bad_redis",
		"unix:///run/redis.sock":              "bad_redis",
		"redis://a:1,rediss://b:2":            "bad_redis",
		"redis://a.example:6379/12":           "redis://a.example:6379/12",
		"redis://[::1]:6379":                  "redis://[::1]:6379",
		"redis://%41:x@host.example:1,other/": "redis://%41:x@host.example:1,other",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c, got := one(t, "HHQ_REDIS", value)
			if len(got) > 0 {
				require.Equal(t, []string{"HHQ_REDIS " + want}, got)
				return
			}
			require.Equal(t, want, c.Redis.Reveal())
		})
	}
}

func TestDataKeys(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]struct {
		ids     []string
		problem string
	}{
		keyA:                          {ids: []string{"1"}},
		keyA[:43]:                     {ids: []string{"1"}},
		"2026a:" + keyA:               {ids: []string{"2026a"}},
		"b:" + keyB + ", a:" + keyA:   {ids: []string{"b", "a"}},
		keyA + "," + keyB:             {problem: "bad_key_no_id"},
		"a:" + keyA + "," + keyB:      {problem: "bad_key_no_id"},
		"a:" + keyA + ",a:" + keyB:    {problem: "bad_key_twice"},
		"a:" + keyA + ",":             {problem: "bad_key_no_id"},
		":" + keyA:                    {problem: "bad_key_id"},
		"钥:" + keyA:                   {problem: "bad_key_id"},
		"a:short":                     {problem: "bad_key"},
		"a:" + keyA[4:]:               {problem: "bad_key"},
		"a:AAAA" + keyA:               {problem: "bad_key"},
		"a:" + keyA[:20] + "*" + keyA: {problem: "bad_key"},
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c, got := one(t, "HHQ_DATA_KEY", value)
			if want.problem != "" {
				require.Equal(t, []string{"HHQ_DATA_KEY " + want.problem}, got)
				return
			}
			require.Empty(t, got)
			ids := make([]string, 0, len(c.DataKeys))
			for _, k := range c.DataKeys {
				ids = append(ids, k.ID)
				require.Len(t, k.Key.Reveal(), 32)
			}
			require.Equal(t, want.ids, ids)
		})
	}
}

func TestWebAddresses(t *testing.T) {
	t.Parallel()
	for value, problem := range map[string]string{
		"https://hhq.example.gov.cn":  "",
		"http://127.0.0.1:8080/bot/":  "",
		"hhq.example.gov.cn":          "bad_url",
		"ftp://h":                     "bad_url",
		"https://":                    "bad_url",
		"https://h:70000":             "bad_url",
		"https://u:p@h":               "bad_url_extra",
		"https://h/?a=1":              "bad_url_extra",
		"https://h/#top":              "bad_url_extra",
		"https://h\x7f":               "bad_url",
		"javascript:alert(1)//https:": "bad_url",
	} {
		for _, name := range []string{"HHQ_PUBLIC_URL", "HHQ_WECHAT_API"} {
			t.Run(name+value, func(t *testing.T) {
				t.Parallel()
				c, got := one(t, name, value)
				if problem != "" {
					require.Equal(t, []string{name + " " + problem}, got)
					return
				}
				require.Empty(t, got)
				require.NotRegexp(t, "/$", c.PublicURL+c.WeChat.API)
			})
		}
	}
}

func TestListen(t *testing.T) {
	t.Parallel()
	for value, public := range map[string]string{
		":9000": "http://localhost:9000", "0.0.0.0:80": "http://localhost:80", "[::]:80": "http://localhost:80",
		"[::1]:8080": "http://[::1]:8080", "192.0.2.1:8080": "http://192.0.2.1:8080", "127.0.0.1:0": "",
	} {
		c, got := one(t, "HHQ_LISTEN", value)
		require.Empty(t, got, value)
		require.Equal(t, public, c.PublicURL, value)
	}
	for _, value := range []string{"8080", "h", "h:x", "h:-1", "h:65536", "::1:80"} {
		_, got := one(t, "HHQ_LISTEN", value)
		require.Equal(t, []string{"HHQ_LISTEN bad_listen"}, got, value)
	}
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	const id = "abcDEF123456_ghiJKL789012-mnoPQR345678stuVZ"
	c, got := one(t, "HHQ_WECHAT_TEMPLATE_DUE", id+":household=thing1, due=time3")
	require.Empty(t, got)
	require.Equal(t, config.Template{ID: id, Keywords: map[string]string{"household": "thing1", "due": "time3"}}, c.WeChat.Templates.Due)
	c, got = one(t, "HHQ_WECHAT_TEMPLATE_REVIEW", id)
	require.Empty(t, got)
	require.Equal(t, id, c.WeChat.Templates.Review.ID)
	for value, problem := range map[string]string{
		"x":                        "bad_template_id",
		id + ":":                   "bad_template_pair",
		id + ":household":          "bad_template_pair",
		id + ":household=thing":    "bad_template_pair",
		id + ":due=time1,due=time": "bad_template_pair",
		id + ":due=a1,due=b2":      "bad_template_twice",
	} {
		_, got := one(t, "HHQ_WECHAT_TEMPLATE_DIGEST", value)
		require.Equal(t, []string{"HHQ_WECHAT_TEMPLATE_DIGEST " + problem}, got, value)
	}
}

func TestPushes(t *testing.T) {
	t.Parallel()
	c, got := one(t, "HHQ_PUSH_RATE", "0")
	require.Empty(t, got)
	require.Equal(t, config.Push{Rate: 0, Workers: 8}, c.Push)
	c, got = one(t, "HHQ_PUSH_WORKERS", "0")
	require.Empty(t, got)
	require.Equal(t, config.Push{Rate: 50, Workers: 0}, c.Push)
	const id = "abcDEF123456_ghiJKL789012-mnoPQR345678stuVZ"
	c, got = one(t, "HHQ_WECHAT_SUBSCRIBE_DUE", id+":title=thing1")
	require.Empty(t, got)
	require.Equal(t, config.Template{ID: id, Keywords: map[string]string{"title": "thing1"}}, c.WeChat.Notifications.Due)
	for _, value := range []string{"-1", "x", "1.5", "10001", "٣"} {
		_, got := one(t, "HHQ_PUSH_RATE", value)
		require.Equal(t, []string{"HHQ_PUSH_RATE bad_count"}, got, value)
	}
}
