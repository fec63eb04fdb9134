package config

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
)

// masked stands for a secret wherever something tries to print it. Neither length nor first letters are given away.
const masked = "******"

// Secret is a value that must not be seen: every way of printing it (fmt with any verb, slog, JSON, YAML) shows a mask.
// Reveal is the one way to the value, and easy to search for. Keep it in exported fields: fmt reads unexported ones
// past every method.
type Secret string

// Reveal returns the value itself, for the one who signs or connects with it.
func (s Secret) Reveal() string { return string(s) }

// String returns the mask, or nothing when there is no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return masked
}

// Format is String for every verb: a Stringer alone would not be asked for %d.
func (s Secret) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, s.String()) }

// MarshalText is String: JSON and YAML write by it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is String: slog prints by it.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Address is a URL that may carry a password (database, Redis): printed, it shows everything but the password.
type Address string

// password is what stands between the user's name and the last @. It takes too much rather than too little.
var password = regexp.MustCompile(`(://[^:/@]*):.*@`)

// Reveal returns the whole URL, for the one who connects.
func (a Address) Reveal() string { return string(a) }

// String returns the URL with its password masked.
func (a Address) String() string {
	return password.ReplaceAllString(string(a), "${1}:"+masked+"@")
}

// Format is String for every verb.
func (a Address) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, a.String()) }

// MarshalText is String: JSON and YAML write by it.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// LogValue is String: slog prints by it.
func (a Address) LogValue() slog.Value { return slog.StringValue(a.String()) }
