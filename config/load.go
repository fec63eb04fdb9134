package config

import (
	"maps"
	"net"
	"path/filepath"
	"slices"
)

// Purpose is what the settings are to be good for.
type Purpose string

// The purposes.
const (
	Serve Purpose = "serve" // the bot at a real account: complete, or it does not start
	Demo  Purpose = "demo"  // demo and talk: everything has a default, the data key is made when there is none
	Tools Purpose = "tools" // migrate, import, export …: the database and its key, no account
)

// Load reads the settings for a purpose from os.Environ()-like pairs and the command line. The error is [Problems] with
// every mistake; the Config is then not to be used, except for [Config.Summary].
func Load(purpose Purpose, environ []string, flags Flags) (Config, error) {
	r := read(environ, flags)
	c := r.parse()
	r.complete(&c, purpose)
	if len(r.problems) == 0 {
		return c, nil
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return position(a.Setting) - position(b.Setting) })
	return c, r.problems
}

// parse turns the gathered words into typed settings; what was not given gets its default.
func (r *reader) parse() Config {
	c := Config{shown: map[string]string{}, derived: map[string]string{}}
	for _, s := range settings {
		value, given := r.values[s.name]
		if !given {
			value = s.fallback
		}
		if value == "" {
			continue
		}
		key, args := s.check(&c, value)
		switch {
		case key != "":
			r.problem(s.name, key, args...)
		case given:
			c.shown[s.name] = s.show(value)
		}
	}
	return c
}

// complete adds what follows from other settings, and names what the purpose lacks.
func (r *reader) complete(c *Config, purpose Purpose) {
	c.derive()
	switch purpose {
	case Serve:
		r.need("HHQ_WECHAT_APPID", "HHQ_WECHAT_SECRET", "HHQ_WECHAT_TOKEN", "HHQ_DATA_KEY")
		if c.WeChat.Mode == ModeSafe {
			r.need("HHQ_WECHAT_AES_KEY")
		}
		c.Warnings = r.warnings(*c)
	case Tools:
		if _, own := c.SQLite(); !own {
			r.need("HHQ_DATA_KEY")
		}
	}
	if purpose != Serve && !r.has("HHQ_DATA_KEY") {
		r.keptKey(c)
	}
}

// derive fills in what follows from other settings.
func (c *Config) derive() {
	if c.Database == "" {
		c.Database = Address(sqlitePrefix + filepath.Join(c.Data, "huhuqing.db"))
		c.derived["HHQ_DATABASE"] = c.Database.String()
	}
	if c.PublicURL == "" {
		c.PublicURL = publicURL(c.Listen)
		c.derived["HHQ_PUBLIC_URL"] = c.PublicURL
	}
	if c.WeChat.Mode == "" {
		c.WeChat.Mode = ModePlain
		if c.WeChat.AESKey != "" {
			c.WeChat.Mode = ModeSafe
		}
		c.derived["HHQ_WECHAT_MODE"] = string(c.WeChat.Mode)
	}
}

// need reports each setting that is absent.
func (r *reader) need(names ...string) {
	for _, name := range names {
		if !r.has(name) {
			r.problem(name, "need_"+name)
		}
	}
}

// has reports whether a setting was given, be it wrongly: its own problem is enough then.
func (r *reader) has(name string) bool {
	_, given := r.values[name]
	return given || r.problems.about(name)
}

// warnings names what works but should not stay so at a real account.
func (r *reader) warnings(c Config) Problems {
	var w Problems
	warn := func(when bool, setting, key string) {
		if when {
			w = append(w, newProblem(setting, key))
		}
	}
	_, public := r.values["HHQ_PUBLIC_URL"]
	warn(!public, "HHQ_PUBLIC_URL", "warn_public_url")
	warn(c.Redis == "", "HHQ_REDIS", "warn_redis")
	warn(!appID.MatchString(c.WeChat.AppID), "HHQ_WECHAT_APPID", "warn_appid")
	warn(!appSecret.MatchString(c.WeChat.Secret.Reveal()), "HHQ_WECHAT_SECRET", "warn_secret")
	warn(!token.MatchString(c.WeChat.Token.Reveal()), "HHQ_WECHAT_TOKEN", "warn_token")
	warn(c.WeChat.Mode == ModePlain, "HHQ_WECHAT_MODE", "warn_plain")
	warn(c.WeChat.OriginalID == "", "HHQ_WECHAT_ORIGINAL_ID", "warn_original_id")
	return slices.DeleteFunc(w, func(p Problem) bool { return r.problems.about(p.Setting) })
}

// publicURL is how this machine itself reaches the pages; "" when the port is not known before listening.
func publicURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || port == "0" {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
