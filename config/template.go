package config

import (
	"regexp"
	"strings"
)

var (
	templateID = regexp.MustCompile(`^[A-Za-z0-9_-]{10,64}$`)
	ourField   = regexp.MustCompile(`^[a-z][a-z_]*$`)
	// keyword is WeChat's type and a number: thing1, character_string2, keyword3 of the history templates (wechat.md §1.8).
	keyword = regexp.MustCompile(`^[a-z_]+[0-9]+$`)
)

// template reads ID or ID:field=keyword,field=keyword. Which fields there are, the one who sends knows.
func template(field func(*Config) *Template) func(*Config, string) (string, []string) {
	return func(c *Config, value string) (string, []string) {
		id, pairs, mapped := strings.Cut(value, ":")
		if !templateID.MatchString(id) {
			return "bad_template_id", []string{"value", id}
		}
		t := Template{ID: id, Keywords: map[string]string{}}
		if mapped {
			if key, wrong := t.mapKeywords(pairs); key != "" {
				return key, []string{"value", wrong}
			}
		}
		*field(c) = t
		return "", nil
	}
}

// mapKeywords reads field=keyword,field=keyword; it returns the key of what is wrong and the pair it is wrong in.
func (t Template) mapKeywords(pairs string) (key, wrong string) {
	for pair := range strings.SplitSeq(pairs, ",") {
		pair = strings.TrimSpace(pair)
		ours, theirs, _ := strings.Cut(pair, "=")
		if !ourField.MatchString(ours) || !keyword.MatchString(theirs) {
			return "bad_template_pair", pair
		}
		if _, twice := t.Keywords[ours]; twice {
			return "bad_template_twice", pair
		}
		t.Keywords[ours] = theirs
	}
	return "", ""
}
