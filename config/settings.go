package config

import (
	"log/slog"
	"regexp"
	"strconv"
	"strings"
)

// setting is one row of the table of everything that can be set. Meaning, example and sentences stand in texts.zh.yaml
// under the same name.
type setting struct {
	name     string
	fallback string // the default, in the form an operator would write
	secret   bool   // may come from NAME_FILE and is printed masked
	address  bool   // a URL: printed with only its password masked
	// parse puts a value in its place, or returns the key of what is wrong with it (and the sentence's arguments).
	parse func(c *Config, value string) (key string, args []string)
}

// settings is the table, in the order an operator reads it.
var settings = []setting{
	{name: "HHQ_LISTEN", fallback: "127.0.0.1:8080", parse: parseListen},
	{name: "HHQ_PUBLIC_URL", parse: webAddress(func(c *Config) *string { return &c.PublicURL })},
	{name: "HHQ_DATA", fallback: "./data", parse: word(func(c *Config) *string { return &c.Data })},
	{name: "HHQ_DATABASE", secret: true, address: true, parse: parseDatabase},
	{name: "HHQ_REDIS", secret: true, address: true, parse: parseRedis},
	{name: "HHQ_DATA_KEY", secret: true, parse: parseDataKeys},
	{name: "HHQ_PROGRAMME", fallback: "huhuqing-2018", parse: parseProgramme},
	{name: "HHQ_WECHAT_APPID", parse: word(func(c *Config) *string { return &c.WeChat.AppID })},
	{name: "HHQ_WECHAT_SECRET", secret: true, parse: hidden(func(c *Config) *Secret { return &c.WeChat.Secret })},
	{name: "HHQ_WECHAT_TOKEN", secret: true, parse: hidden(func(c *Config) *Secret { return &c.WeChat.Token })},
	{name: "HHQ_WECHAT_MODE", parse: parseMode},
	{name: "HHQ_WECHAT_AES_KEY", secret: true, parse: aesKey(func(c *Config) *Secret { return &c.WeChat.AESKey })},
	{name: "HHQ_WECHAT_AES_KEY_PREVIOUS", secret: true, parse: aesKey(func(c *Config) *Secret { return &c.WeChat.AESKeyPrevious })},
	{name: "HHQ_WECHAT_ORIGINAL_ID", parse: word(func(c *Config) *string { return &c.WeChat.OriginalID })},
	{name: "HHQ_WECHAT_API", fallback: "https://api.weixin.qq.com", parse: webAddress(func(c *Config) *string { return &c.WeChat.API })},
	{name: "HHQ_WECHAT_TEMPLATE_DUE", parse: template(func(c *Config) *Template { return &c.WeChat.Templates.Due })},
	{name: "HHQ_WECHAT_TEMPLATE_DIGEST", parse: template(func(c *Config) *Template { return &c.WeChat.Templates.Digest })},
	{name: "HHQ_WECHAT_TEMPLATE_REVIEW", parse: template(func(c *Config) *Template { return &c.WeChat.Templates.Review })},
	{name: "HHQ_WECHAT_SUBSCRIBE_DUE", parse: template(func(c *Config) *Template { return &c.WeChat.Notifications.Due })},
	{name: "HHQ_WECHAT_SUBSCRIBE_DIGEST", parse: template(func(c *Config) *Template { return &c.WeChat.Notifications.Digest })},
	{name: "HHQ_WECHAT_SUBSCRIBE_REVIEW", parse: template(func(c *Config) *Template { return &c.WeChat.Notifications.Review })},
	{name: "HHQ_PUSH_RATE", fallback: "50", parse: count(func(c *Config) *int { return &c.Push.Rate }, 10_000)},
	{name: "HHQ_PUSH_WORKERS", fallback: "8", parse: count(func(c *Config) *int { return &c.Push.Workers }, 256)},
	{name: "HHQ_LOG_LEVEL", fallback: "info", parse: parseLogLevel},
}

// The forms WeChat gives its own words. A test account of another making may differ, so they warn and do not refuse.
var (
	appID     = regexp.MustCompile(`^(wx[0-9a-f]{16})?$`)
	appSecret = regexp.MustCompile(`^([0-9a-f]{32})?$`)
	token     = regexp.MustCompile(`^([A-Za-z0-9]{3,32})?$`)
)

// programmeID is the id of a built-in profile; programmeFile is one of the operator's own.
var (
	programmeID   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	programmeFile = regexp.MustCompile(`[^/]\.json$`)
)

// check is parse, after a look whether a secret is still the example's.
func (s setting) check(c *Config, value string) (key string, args []string) {
	if s.secret && !s.address && value == exampleOf(s.name) {
		return "example_left", nil
	}
	return s.parse(c, value)
}

// show is a value as it may be printed.
func (s setting) show(value string) string {
	switch {
	case s.address:
		return Address(value).String()
	case s.secret:
		return Secret(value).String()
	default:
		return value
	}
}

// find returns the setting of a name.
func find(name string) (setting, bool) {
	if i := position(name); i < len(settings) {
		return settings[i], true
	}
	return setting{}, false
}

// lookup is find for NAME and, when it is a secret, NAME_FILE; the second result tells which.
func lookup(name string) (s setting, fromFile, ok bool) {
	if s, ok := find(name); ok {
		return s, false, true
	}
	base, cut := strings.CutSuffix(name, fileSuffix)
	s, ok = find(base)
	return s, true, cut && ok && s.secret
}

// position is a setting's row; strangers come last.
func position(name string) int {
	for i, s := range settings {
		if s.name == name {
			return i
		}
	}
	return len(settings)
}

// names are all names that may be given.
func names() []string {
	all := []string{fileName}
	for _, s := range settings {
		all = append(all, s.name)
		if s.secret {
			all = append(all, s.name+fileSuffix)
		}
	}
	return all
}

// word takes any value as it is.
func word(field func(*Config) *string) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		*field(c) = value
		return "", nil
	}
}

// hidden takes any value as a secret.
func hidden(field func(*Config) *Secret) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		*field(c) = Secret(value)
		return "", nil
	}
}

// count takes a whole number from 0 to most.
func count(field func(*Config) *int, most int) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > most {
			return "bad_count", []string{"value", value, "most", strconv.Itoa(most)}
		}
		*field(c) = n
		return "", nil
	}
}

func parseProgramme(c *Config, value string) (string, []string) {
	if !programmeID.MatchString(value) && !programmeFile.MatchString(value) {
		return "bad_programme", []string{"value", value}
	}
	c.Programme = value
	return "", nil
}

func parseMode(c *Config, value string) (string, []string) {
	mode := Mode(strings.ToLower(value))
	if mode != ModePlain && mode != ModeSafe {
		return "bad_mode", []string{"value", value}
	}
	c.WeChat.Mode = mode
	return "", nil
}

func parseLogLevel(c *Config, value string) (string, []string) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[strings.ToLower(value)]
	if !ok {
		return "bad_log_level", []string{"value", value}
	}
	c.LogLevel = level
	return "", nil
}
