package config

import "strings"

// Example returns every setting with its meaning, default and an example, as a file that can be copied and filled in.
// All settings are commented out, so the untouched file is the defaults.
func Example() string {
	var out strings.Builder
	comment(&out, texts.Words["example_head"])
	for _, t := range texts.Settings {
		s, _ := find(t.Name)
		if t.Section != "" {
			out.WriteString("\n\n# ==== " + t.Section + " ====\n")
		}
		out.WriteString("\n")
		comment(&out, t.Meaning)
		comment(&out, fill(texts.Words["example_default"], "value", defaultOf(s, t)))
		if s.secret {
			comment(&out, fill(texts.Words["example_secret"], "name", s.name+fileSuffix))
		}
		out.WriteString("#" + t.Name + "=" + t.Example + "\n")
	}
	return out.String()
}

// Summary returns every setting as it counts, secrets masked, one a line.
func (c Config) Summary() string {
	var out strings.Builder
	for _, t := range texts.Settings {
		value, given := c.shown[t.Name]
		if !given {
			value = c.derived[t.Name]
			if value == "" {
				s, _ := find(t.Name)
				value = defaultOf(s, t)
			}
			value = fill(texts.Words["summary_default"], "value", value)
		}
		out.WriteString("  " + t.Name + " = " + value + "\n")
	}
	return out.String()
}

func defaultOf(s setting, t settingText) string {
	if s.fallback != "" {
		return s.fallback
	}
	return t.Default
}

// exampleOf is a setting's example: what everybody can read in it is no secret.
func exampleOf(name string) string {
	for _, t := range texts.Settings {
		if t.Name == name {
			return t.Example
		}
	}
	return ""
}

func comment(out *strings.Builder, text string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		out.WriteString(strings.TrimRight("# "+strings.TrimSpace(line), " ") + "\n")
	}
}
