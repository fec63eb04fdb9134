package config

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

const (
	prefix = "HHQ_"
	// testPrefix marks what deploy/test-services hands to tests: such variables are no settings and no mistakes.
	testPrefix = "HHQ_TEST_"
	fileSuffix = "_FILE"
	// fileName names the settings file itself; it can stand in the environment only.
	fileName = "HHQ_CONFIG"
	// secretLimit is far above any key or URL: a larger file is another file, picked by mistake.
	secretLimit = 64 << 10
)

// reader gathers the values of all sources by name, and every mistake on the way.
type reader struct {
	values   map[string]string
	problems Problems
}

// read puts the sources over each other. A secret's _FILE counts as the secret in its own source, so a higher source
// beats a lower one in either form.
func read(environ []string, flags Flags) *reader {
	r := &reader{values: map[string]string{}}
	env := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, testPrefix) {
			env[name] = value
		}
	}
	path := flags.Config
	if path == "" {
		path = env[fileName]
	}
	delete(env, fileName)
	if path != "" {
		r.add(r.settingsFile(path))
	}
	r.add(env)
	r.add(r.flags(flags))
	return r
}

// settingsFile reads the file named by --config or HHQ_CONFIG.
func (r *reader) settingsFile(path string) map[string]string {
	text, err := os.ReadFile(path)
	if err != nil {
		r.problem(fileName, "file_"+whyUnreadable(err), "path", path)
		return nil
	}
	values, problems := parseEnvFile(path, string(text))
	r.problems = append(r.problems, problems...)
	return values
}

// flags names the values given on the command line, which others on the machine can see: no secrets there.
func (r *reader) flags(flags Flags) map[string]string {
	values := flags.named()
	for name, value := range flags.Set {
		if s, ok := find(name); ok && s.secret && !s.address {
			r.problem(name, "secret_in_flag")
			continue
		}
		values[name] = value
	}
	return values
}

// add lays one source over the ones before it. An empty value is no value: compose files and unit files write such.
func (r *reader) add(source map[string]string) {
	for _, name := range sortedKeys(source) {
		value := strings.TrimSpace(source[name])
		if value == "" {
			continue
		}
		s, fromFile, ok := lookup(name)
		switch {
		case !ok:
			r.unknown(name)
		case !fromFile:
			r.values[s.name] = value
		case strings.TrimSpace(source[s.name]) != "":
			r.problem(s.name, "both_given")
		default:
			delete(r.values, s.name) // a file that cannot be read must not uncover an older value
			r.secretFile(s.name, value)
		}
	}
}

// secretFile reads a secret out of its own file; the line end that editors leave is no part of it.
func (r *reader) secretFile(name, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		r.problem(name, "secret_file_"+whyUnreadable(err), "path", path)
		return
	}
	value := strings.TrimSpace(string(text))
	switch {
	case value == "":
		r.problem(name, "secret_file_empty", "path", path)
	case len(text) > secretLimit:
		r.problem(name, "secret_file_large", "path", path)
	default:
		r.values[name] = value
	}
}

// unknown reports a name nobody reads: mostly a slip of the finger, whose setting would otherwise silently not count.
func (r *reader) unknown(name string) {
	if near, ok := nearest(name); ok {
		r.problem(name, "unknown_near", "near", near)
		return
	}
	r.problem(name, "unknown")
}

func (r *reader) problem(setting, key string, args ...string) {
	r.problems = append(r.problems, newProblem(setting, key, args...))
}

// whyUnreadable is the half of a problem's key that says why a file could not be read.
func whyUnreadable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "missing"
	case errors.Is(err, fs.ErrPermission):
		return "forbidden"
	default:
		return "unreadable"
	}
}
