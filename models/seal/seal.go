package seal

import (
	"encoding/base64"
	"unsafe"
)

// version is the first byte of everything sealed; another layout gets another.
const version = 1

// Seal encrypts plain for a purpose. Layout: version, length of the key id, key
// id, nonce, ciphertext, tag; Open wants the same purpose.
func (k *Keyring) Seal(purpose string, plain []byte) []byte {
	first := &k.keys[0]
	head := 2 + len(first.id)
	out := make([]byte, 0, head+len(plain)+first.aead.Overhead())
	out = append(out, version, byte(len(first.id)))
	out = append(out, first.id...)
	return first.aead.Seal(out, nil, plain, bytesOf(purpose))
}

// Open decrypts what Seal made for the same purpose with any key of the ring.
// Everything else is ErrSealed.
func (k *Keyring) Open(purpose string, sealed []byte) ([]byte, error) {
	id, body, ok := split(sealed)
	if !ok {
		return nil, ErrSealed
	}
	by := k.find(id)
	if by == nil {
		return nil, ErrSealed
	}
	plain, err := by.aead.Open(nil, nil, body, bytesOf(purpose))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// SealText is Seal for a text column: unpadded base64. The empty text stays
// empty: that nothing was said is no secret, and it saves the space.
func (k *Keyring) SealText(purpose, plain string) string {
	if plain == "" {
		return ""
	}
	return base64.RawStdEncoding.EncodeToString(k.Seal(purpose, bytesOf(plain)))
}

// OpenText opens what SealText made.
func (k *Keyring) OpenText(purpose, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", ErrSealed
	}
	plain, err := k.Open(purpose, b)
	return string(plain), err
}

// Fresh reports whether the first key made sealed, so that rotation may leave
// it alone.
func (k *Keyring) Fresh(sealed []byte) bool {
	id, _, ok := split(sealed)
	return ok && id == k.keys[0].id
}

// FreshText is Fresh for what SealText made; empty text is always fresh.
func (k *Keyring) FreshText(sealed string) bool {
	if sealed == "" {
		return true
	}
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	return err == nil && k.Fresh(b)
}

// IsSealed reports whether text has the layout of what SealText makes, whatever key
// made it. Words of a person are not base64 with this head.
func (k *Keyring) IsSealed(text string) bool {
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	_, _, ok := split(b)
	return ok
}

// split takes the key id off the front.
func split(sealed []byte) (id string, body []byte, ok bool) {
	if len(sealed) < 2 || sealed[0] != version {
		return "", nil, false
	}
	end := 2 + int(sealed[1])
	if len(sealed) < end {
		return "", nil, false
	}
	return string(sealed[2:end]), sealed[end:], true
}

// bytesOf reads a string as bytes without a copy; nobody writes to them.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
