package config

import (
	"strconv"
	"strings"
)

// Problem is one mistake in the settings.
type Problem struct {
	Setting string   // whose, "" when it belongs to none
	Key     string   // which sentence of texts.zh.yaml under problems
	args    []string // name, value, name, value … for the sentence; never a secret
}

func newProblem(setting, key string, args ...string) Problem {
	return Problem{Setting: setting, Key: key, args: args}
}

// Text says in Chinese what is wrong and what to do.
func (p Problem) Text() string {
	sentence := fill(texts.Problems[p.Key], append([]string{"name", p.Setting}, p.args...)...)
	if p.Setting == "" {
		return sentence
	}
	return fill(texts.Words["named"], "name", p.Setting, "text", sentence)
}

// Problems are all mistakes at once, in the order of the settings' table.
type Problems []Problem

// Error lists the problems by setting and key, for a log; the operator is shown [Problems.Text].
func (p Problems) Error() string {
	words := make([]string, len(p))
	for i, problem := range p {
		words[i] = strings.TrimSpace(problem.Setting + " " + problem.Key)
	}
	return "settings: " + strings.Join(words, ", ")
}

// Text is one line a problem, for the operator.
func (p Problems) Text() string { return p.list("problems") }

// list is the problems under a heading of texts.zh.yaml.
func (p Problems) list(heading string) string {
	var out strings.Builder
	out.WriteString(fill(texts.Words[heading], "n", strconv.Itoa(len(p))) + "\n")
	for _, problem := range p {
		out.WriteString("  - " + problem.Text() + "\n")
	}
	return out.String()
}

// about reports whether a setting already has a problem: a malformed value is not also a missing one.
func (p Problems) about(setting string) bool {
	for _, problem := range p {
		if problem.Setting == setting {
			return true
		}
	}
	return false
}
