package config

import (
	"encoding/base64"
	"regexp"
	"strings"
)

const (
	// dataKeySize is AES-256's.
	dataKeySize = 32
	// firstKeyID is the id of a single key written without one, and of the key the demo makes.
	firstKeyID = "1"
)

// keyID is short, since it is stored beside every encrypted value.
var keyID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,16}$`)

// parseDataKeys reads ID:BASE64,ID:BASE64. A single key may come without its id.
func parseDataKeys(c *Config, value string) (string, []string) {
	parts := strings.Split(value, ",")
	seen := map[string]bool{}
	keys := make([]DataKey, 0, len(parts))
	for _, part := range parts {
		id, encoded, ok := strings.Cut(strings.TrimSpace(part), ":")
		if !ok {
			if len(parts) > 1 {
				return "bad_key_no_id", nil
			}
			id, encoded = firstKeyID, id
		}
		if !keyID.MatchString(id) {
			return "bad_key_id", nil
		}
		if seen[id] {
			return "bad_key_twice", []string{"id", id}
		}
		seen[id] = true
		raw, ok := decode(encoded)
		if !ok || len(raw) != dataKeySize {
			return "bad_key", []string{"id", id}
		}
		keys = append(keys, DataKey{ID: id, Key: Secret(raw)})
	}
	c.DataKeys = keys
	return "", nil
}

// decode reads base64 of either alphabet, with or without its padding: tools differ, the bytes do not.
func decode(text string) ([]byte, bool) {
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
	raw, err := base64.RawStdEncoding.DecodeString(text)
	return raw, err == nil
}

// encodingAESKey is the form the console gives and demands (wechat.md §1.2).
var encodingAESKey = regexp.MustCompile(`^[A-Za-z0-9+/]{43}$`)

// aesKey takes an EncodingAESKey, which is base64 without its last "=".
func aesKey(field func(*Config) *Secret) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		if !encodingAESKey.MatchString(value) {
			return "bad_aes_key", nil
		}
		*field(c) = Secret(value)
		return "", nil
	}
}
