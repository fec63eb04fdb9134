package config

import "strings"

// Report is what config check prints about settings that passed: each as it counts, and what should still change.
func (c Config) Report(purpose Purpose) string {
	var out strings.Builder
	out.WriteString(fill(texts.Words["check_good"], "for", string(purpose)) + "\n")
	out.WriteString(c.Summary())
	out.WriteString(c.Advice())
	return out.String()
}

// Advice lists the warnings, one a line, or nothing.
func (c Config) Advice() string {
	if len(c.Warnings) == 0 {
		return ""
	}
	return c.Warnings.list("warnings")
}

// DataKeyMade tells the operator that [Config.EnsureDataKey] made a key in this file, and to keep it.
func DataKeyMade(path string) string { return fill(texts.Words["data_key_made"], "path", path) }
