package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keptKey takes the data key of an earlier demo out of the data folder.
func (r *reader) keptKey(c *Config) {
	path := c.dataKeyFile()
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		r.lostKey(c, path)
		return
	}
	if err != nil {
		r.problem("HHQ_DATA_KEY", "secret_file_"+whyUnreadable(err), "path", path)
		return
	}
	if key, _ := parseDataKeys(c, strings.TrimSpace(string(text))); key != "" {
		r.problem("HHQ_DATA_KEY", "bad_kept_key", "path", path)
	}
}

// lostKey refuses to go on when there are records but no key: a new one would not read what is encrypted in them.
func (r *reader) lostKey(c *Config, path string) {
	file, ok := c.SQLite()
	if !ok || r.problems.about("HHQ_DATA_KEY") {
		return
	}
	if info, err := os.Stat(file); err == nil && info.Size() > 0 {
		r.problem("HHQ_DATA_KEY", "lost_key", "path", path, "database", file)
	}
}

// EnsureDataKey makes a data key in the data folder when [Load] found none, so that demo needs no settings at all. It
// returns the path of the file it made, "" when there was a key. random is crypto/rand.Reader outside tests. Of two
// processes that start together one makes the key and both use it.
func (c *Config) EnsureDataKey(random io.Reader) (string, error) {
	if len(c.DataKeys) > 0 {
		return "", nil
	}
	raw := make([]byte, dataKeySize)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("make data key: %w", err)
	}
	path := c.dataKeyFile()
	made, err := writeOnce(path, firstKeyID+":"+base64.StdEncoding.EncodeToString(raw)+"\n")
	if err != nil {
		return "", fmt.Errorf("keep data key: %w", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read data key: %w", err)
	}
	if key, _ := parseDataKeys(c, strings.TrimSpace(string(text))); key != "" {
		return "", Problems{newProblem("HHQ_DATA_KEY", "bad_kept_key", "path", path)}
	}
	if !made {
		return "", nil
	}
	return path, nil
}

// writeOnce puts a whole file in place that only its owner may read, unless there is one already: linking a finished
// file is the one step that neither overwrites nor shows half of it.
func writeOnce(path, text string) (made bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".data.key-") // 0600
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(draft.Name()) }()
	_, err = draft.WriteString(text)
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return false, err
	}
	err = os.Link(draft.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}
