package state

import (
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// timeout is the patience with a Redis that does not answer. A turn asks twice
// and has 4.5 s (house.md, step 8): what Redis cannot say the database can.
const timeout = time.Second

// Dial makes a client from a URL: redis://[user:password@]host:port[/db],
// rediss:// for TLS, and several hosts of a cluster separated by commas
// (redis://a:6379,b:6379). It connects when first used, so it also works while
// Redis is away. The error never holds the URL, which may hold a password.
func Dial(url string) (redis.UniversalClient, error) {
	first, others, cluster := strings.Cut(url, ",")
	o, err := redis.ParseURL(first)
	if err != nil {
		return nil, errors.New("redis: want redis://[user:password@]host:port[/db] or rediss://…, further hosts of a cluster after commas")
	}
	// The library would print every refused connection, past the program's own log.
	// What goes wrong comes back as an error and is logged there.
	logging.Disable()
	addrs := []string{o.Addr}
	if cluster {
		for host := range strings.SplitSeq(others, ",") {
			addrs = append(addrs, address(host))
		}
	}
	return redis.NewUniversalClient(&redis.UniversalOptions{
		Addrs: addrs, IsClusterMode: cluster, DB: o.DB,
		Username: o.Username, Password: o.Password, TLSConfig: o.TLSConfig,
		DialTimeout: timeout, ReadTimeout: timeout, WriteTimeout: timeout, PoolTimeout: timeout,
		ContextTimeoutEnabled: true,
		// The caller has a better plan than to try the same again: the database.
		MaxRetries: -1, DialerRetries: 1,
		PoolSize: 64, ReadBufferSize: 8 << 10, WriteBufferSize: 8 << 10,
		DisableIdentity:          true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}), nil
}

// address is host:port of one of several hosts, however much of a URL is left around it.
func address(host string) string {
	if _, rest, found := strings.Cut(host, "://"); found {
		host = rest
	}
	host = host[strings.LastIndex(host, "@")+1:]
	host, _, _ = strings.Cut(host, "/")
	if !strings.Contains(host, ":") {
		host += ":6379"
	}
	return host
}
