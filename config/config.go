package config

import (
	"log/slog"
	"path/filepath"
	"strings"
)

// Config is every setting of the program, checked and in the form its user needs. Passed around by value: nobody
// changes a setting while the program runs.
type Config struct {
	Data      string     // HHQ_DATA: the folder of the embedded parts, the demo's key, media
	Listen    string     // HHQ_LISTEN: host:port; port 0 takes a free one
	PublicURL string     // HHQ_PUBLIC_URL: without a slash at the end
	Database  Address    // HHQ_DATABASE: mysql://… or sqlite:PATH
	Redis     Address    // HHQ_REDIS: redis(s)://…, further hosts of a cluster after commas; "" is the embedded state
	WeChat    WeChat     // HHQ_WECHAT_…
	Push      Push       // HHQ_PUSH_…
	Programme string     // HHQ_PROGRAMME: the id of a programme profile, or a .json file; whether there is one, models knows
	DataKeys  []DataKey  // HHQ_DATA_KEY: the first one encrypts, all of them decrypt
	LogLevel  slog.Level // HHQ_LOG_LEVEL
	Warnings  Problems   // what works but should not stay so, for config check and the first lines of the log
	// shown is what was given, as it may be printed: fmt reads unexported fields past every mask, so nothing raw is kept.
	shown   map[string]string
	derived map[string]string // what was not given and follows from other settings
}

// WeChat is the official account as its console shows it. Without an AppID there is no account, and demo and talk use
// the local platform.
type WeChat struct {
	AppID          string
	Secret         Secret
	Token          Secret
	AESKey         Secret // 43 characters as the console shows them
	AESKeyPrevious Secret // while the console's key is being changed
	OriginalID     string // gh_…, the ToUserName of every message
	Mode           Mode
	API            string // base URL of WeChat's API, without a slash at the end
	Templates      Templates
	Notifications  Templates // HHQ_WECHAT_SUBSCRIBE_…: subscription notifications, for who has granted one
}

// Push is how what nobody asked for is sent.
type Push struct {
	Rate    int // HHQ_PUSH_RATE: sends a second of all replicas together, 0 for no limit
	Workers int // HHQ_PUSH_WORKERS: sends at once in this process, 0 for none
}

// Mode is how WeChat sends its messages (wechat.md §1.1); it comes from here alone, never from a request.
type Mode string

// The modes. The compatible mode of the console is neither: it sends the plain text beside the encrypted one.
const (
	ModePlain Mode = "plain"
	ModeSafe  Mode = "safe"
)

// Templates are the account's template messages, or notifications, by occasion; one without ID is not set up, and
// pushes of its kind do not go that way.
type Templates struct {
	Due    Template // HHQ_WECHAT_TEMPLATE_DUE: one step falls due
	Digest Template // HHQ_WECHAT_TEMPLATE_DIGEST: the morning's list
	Review Template // HHQ_WECHAT_TEMPLATE_REVIEW: something to review, or a review's result
}

// Template is one template's id and which of its keywords takes which of our values: "household" → "thing1".
type Template struct {
	ID       string
	Keywords map[string]string
}

// DataKey is one key for encrypted fields. ID stands beside each encrypted value, so that a key can be replaced.
type DataKey struct {
	ID  string
	Key Secret // 32 raw bytes
}

// SQLite returns the path of the SQLite file, and whether the database is one.
func (c Config) SQLite() (string, bool) {
	path, ok := strings.CutPrefix(c.Database.Reveal(), sqlitePrefix)
	return path, ok
}

// dataKeyFile is where the demo keeps the key it made.
func (c Config) dataKeyFile() string { return filepath.Join(c.Data, "data.key") }
