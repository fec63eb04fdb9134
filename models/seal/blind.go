package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// BlindSize is the length of a blind index in characters.
const BlindSize = 22

// Blind is the index of text for a purpose under the first key: what is stored.
// 128 bits: no two numbers of a nation meet by accident.
func (k *Keyring) Blind(purpose, text string) string {
	return k.keys[0].blind(purpose, text)
}

// Blinds is the index of text under every key, newest first: what a look-up
// compares with, so that rows written before a rotation are found as well.
func (k *Keyring) Blinds(purpose, text string) []string {
	out := make([]string, len(k.keys))
	for i := range k.keys {
		out[i] = k.keys[i].blind(purpose, text)
	}
	return out
}

func (k *key) blind(purpose, text string) string {
	mac := hmac.New(sha256.New, k.index)
	mac.Write(bytesOf(purpose))
	mac.Write([]byte{0}) // no purpose holds it: "a"+"bc" is not "ab"+"c"
	mac.Write(bytesOf(text))
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(mac.Sum(sum[:0])[:16])
}

// Tail is the last n characters of a number, "" when it has fewer.
func Tail(number string, n int) string {
	if len(number) < n {
		return ""
	}
	return number[len(number)-n:]
}
