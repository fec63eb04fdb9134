package config

import (
	"regexp"
	"strconv"
	"strings"
)

// line is NAME=value, with or without export.
var line = regexp.MustCompile(`^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$`)

// parseEnvFile reads the form that systemd, Docker and a shell agree on: NAME=value, one a line, whole-line comments,
// an optional pair of quotes. What they read differently (a comment behind a value) is a mistake here.
func parseEnvFile(path, text string) (map[string]string, Problems) {
	values := map[string]string{}
	var problems Problems
	text = strings.TrimPrefix(text, "\ufeff") // Windows' Notepad puts it there
	for i, row := range strings.Split(text, "\n") {
		row = strings.TrimSpace(row)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		wrong := func(setting, key string) {
			problems = append(problems, newProblem(setting, key, "path", path, "line", strconv.Itoa(i+1)))
		}
		parts := line.FindStringSubmatch(row)
		if parts == nil {
			wrong("", "file_line")
			continue
		}
		name := parts[1]
		value, key := unquote(parts[2])
		if _, twice := values[name]; twice {
			key = "file_twice"
		}
		if key != "" {
			wrong(name, key)
			continue
		}
		values[name] = value
	}
	return values, problems
}

// unquote takes a pair of quotes off; the second result is the key of what is wrong, or nothing.
func unquote(value string) (string, string) {
	if value == "" {
		return "", ""
	}
	quote := value[0]
	if quote != '"' && quote != '\'' {
		if strings.Contains(value, " #") || strings.HasPrefix(value, "#") {
			return "", "file_comment"
		}
		return value, ""
	}
	inner, closed := strings.CutSuffix(value[1:], string(quote))
	if !closed || strings.IndexByte(inner, quote) >= 0 {
		return "", "file_quote"
	}
	return inner, ""
}
