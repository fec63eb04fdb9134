package config

// Flags are the settings one changes for a single run. cmd embeds it in the command line; the tags are kong's and only
// tags, and ${…} is filled from [Help].
type Flags struct {
	Config    string            `name:"config" type:"path" placeholder:"FILE" help:"${HHQ_CONFIG}"`
	Data      string            `name:"data" placeholder:"DIR" help:"${HHQ_DATA}"`
	Listen    string            `name:"listen" placeholder:"HOST:PORT" help:"${HHQ_LISTEN}"`
	PublicURL string            `name:"public-url" placeholder:"URL" help:"${HHQ_PUBLIC_URL}"`
	Database  string            `name:"database" placeholder:"URL" help:"${HHQ_DATABASE}"`
	Redis     string            `name:"redis" placeholder:"URL" help:"${HHQ_REDIS}"`
	Programme string            `name:"programme" placeholder:"ID" help:"${HHQ_PROGRAMME}"`
	LogLevel  string            `name:"log-level" placeholder:"LEVEL" help:"${HHQ_LOG_LEVEL}"`
	Set       map[string]string `name:"set" placeholder:"NAME=VALUE" mapsep:"none" help:"${set}"`
}

// named returns the flags by the names of their settings.
func (f Flags) named() map[string]string {
	return map[string]string{
		"HHQ_DATA":       f.Data,
		"HHQ_LISTEN":     f.Listen,
		"HHQ_PUBLIC_URL": f.PublicURL,
		"HHQ_DATABASE":   f.Database,
		"HHQ_REDIS":      f.Redis,
		"HHQ_PROGRAMME":  f.Programme,
		"HHQ_LOG_LEVEL":  f.LogLevel,
	}
}
