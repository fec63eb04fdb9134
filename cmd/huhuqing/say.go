package main

import (
	"encoding/base64"
	"strings"

	"github.com/huhuqing/huhuqing/config"
)

// say is a sentence of texts.zh.yaml with its {placeholders} filled.
func say(key string, pairs ...string) string {
	s := helpTexts()[key]
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

// dataKeyText is a key as models/seal reads it.
func dataKeyText(k config.DataKey) string {
	text := base64.StdEncoding.EncodeToString([]byte(k.Key.Reveal()))
	if k.ID != "" {
		text = k.ID + ":" + text
	}
	return text
}
