package config

import (
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

const (
	sqlitePrefix = "sqlite:"
	mysqlPrefix  = "mysql://"
)

// The addresses below may hold passwords: their problems never repeat the value.

func parseListen(c *Config, value string) (string, []string) {
	_, port, err := net.SplitHostPort(value)
	if err != nil || !isPort(port, 0) {
		return "bad_listen", []string{"value", value}
	}
	c.Listen = value
	return "", nil
}

// webAddress takes an http(s) URL without query, and without the slash at its end.
func webAddress(field func(*Config) *string) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		u, err := url.Parse(value)
		switch {
		case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "", !portFits(u):
			return "bad_url", nil
		case u.User != nil, u.RawQuery != "", u.Fragment != "":
			return "bad_url_extra", nil
		}
		*field(c) = strings.TrimRight(value, "/")
		return "", nil
	}
}

func parseDatabase(c *Config, value string) (string, []string) {
	if path, ok := strings.CutPrefix(value, sqlitePrefix); ok {
		if strings.TrimSpace(path) == "" {
			return "bad_sqlite", nil
		}
		c.Database = Address(value)
		return "", nil
	}
	if !strings.HasPrefix(value, mysqlPrefix) {
		return "bad_database", nil
	}
	u, err := url.Parse(value)
	switch {
	case err != nil:
		return "bad_mysql", nil
	case u.Hostname() == "" || !portFits(u):
		return "bad_mysql_host", nil
	case u.User.Username() == "":
		return "bad_mysql_user", nil
	case strings.Trim(u.Path, "/") == "" || strings.Count(u.Path, "/") > 1:
		return "bad_mysql_name", nil
	}
	c.Database = Address(value)
	return "", nil
}

// redisURL is scheme, optional userinfo, hosts and the number of the database.
var redisURL = regexp.MustCompile(`^(rediss?://)(.*@)?([^/?@]+)(/[0-9]*)?$`)

// parseRedis takes redis://host:port/0 and, for a cluster, several hosts with commas between them (whole URLs too). It
// keeps the form redis://user:password@host:port,host:port with no comma but between hosts.
func parseRedis(c *Config, value string) (string, []string) {
	scheme, _, _ := strings.Cut(value, "://")
	parts := redisURL.FindStringSubmatch(strings.ReplaceAll(value, ","+scheme+"://", ","))
	if parts == nil {
		return "bad_redis", nil
	}
	user, number := strings.ReplaceAll(parts[2], ",", "%2C"), parts[4]
	hosts := strings.Split(strings.ReplaceAll(parts[3], " ", ""), ",")
	if _, err := url.Parse(parts[1] + user + "host"); err != nil {
		return "bad_redis", nil
	}
	if key := checkRedisHosts(hosts, number); key != "" {
		return key, nil
	}
	if len(hosts) > 1 {
		number = ""
	}
	c.Redis = Address(parts[1] + user + strings.Join(hosts, ",") + number)
	return "", nil
}

// checkRedisHosts wants host or host:port each, and no database number on a cluster, which has only number 0.
func checkRedisHosts(hosts []string, number string) string {
	for _, host := range hosts {
		u, err := url.Parse("redis://" + host)
		if err != nil || u.Hostname() == "" || u.Host != host || !portFits(u) {
			return "bad_redis_host"
		}
	}
	if len(hosts) > 1 && strings.Trim(number, "/0") != "" {
		return "bad_redis_number"
	}
	return ""
}

func portFits(u *url.URL) bool { return u.Port() == "" || isPort(u.Port(), 1) }

func isPort(port string, lowest int) bool {
	n, err := strconv.Atoi(port)
	return err == nil && n >= lowest && n <= 65535
}
