package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// KeySize is the length of a data key in bytes.
const KeySize = 32

// MaxID is the longest id of a key, in bytes: it travels with every sealed value.
const MaxID = 16

// Keyring holds the data keys in use. The first one seals, all of them open.
// It is safe for concurrent use and prints as "[keyring]".
type Keyring struct {
	keys []key
}

// key is one data key, split by HKDF into a key for sealing and one for indexes.
type key struct {
	id    string
	aead  cipher.AEAD
	index []byte
}

// Parse reads "ID:BASE64,ID:BASE64" (product.md, HHQ_DATA_KEY). A key without
// an id gets a stable one made from its hash. Errors name the position and
// never hold any part of a key.
func Parse(text string) (*Keyring, error) {
	k := &Keyring{}
	for i, part := range strings.Split(text, ",") {
		one, err := parseKey(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("data key %d: %w", i+1, err)
		}
		if k.find(one.id) != nil {
			return nil, fmt.Errorf("data key %d: its id is used twice", i+1)
		}
		k.keys = append(k.keys, one)
	}
	return k, nil
}

// Generate makes a new key in the form Parse reads, without an id.
func Generate() string {
	raw := make([]byte, KeySize)
	rand.Read(raw) // never fails
	return base64.StdEncoding.EncodeToString(raw)
}

func parseKey(text string) (key, error) {
	id, encoded, named := strings.Cut(text, ":")
	if !named {
		id, encoded = "", text
	}
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) != KeySize {
		return key{}, fmt.Errorf("want %d bytes in base64", KeySize)
	}
	if !named {
		sum := sha256.Sum256(append([]byte("huhuqing key id"), raw...))
		id = hex.EncodeToString(sum[:4])
	}
	if id == "" || len(id) > MaxID || strings.Trim(id, idLetters) != "" {
		return key{}, fmt.Errorf("an id has 1 to %d letters, digits, - or _", MaxID)
	}
	return newKey(id, raw)
}

const idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

func newKey(id string, raw []byte) (key, error) {
	sealing, err := hkdf.Key(sha256.New, raw, nil, "huhuqing seal", KeySize)
	if err != nil {
		return key{}, err
	}
	index, err := hkdf.Key(sha256.New, raw, nil, "huhuqing blind index", KeySize)
	if err != nil {
		return key{}, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return key{}, err
	}
	return key{id: id, aead: aead, index: index}, nil
}

// find is the key with that id, nil when there is none. A handful of keys: a
// loop beats a map.
func (k *Keyring) find(id string) *key {
	for i := range k.keys {
		if k.keys[i].id == id {
			return &k.keys[i]
		}
	}
	return nil
}

// String hides the keys.
func (k *Keyring) String() string { return "[keyring]" }

// LogValue hides the keys.
func (k *Keyring) LogValue() slog.Value { return slog.StringValue("[keyring]") }

// ErrSealed tells that something does not open: damaged, made for another
// purpose, or sealed with a key that is no longer in the ring.
var ErrSealed = errors.New("sealed value does not open")
