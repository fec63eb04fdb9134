package platform

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/big"
	"slices"
	"strings"
)

// sign is WeChat's signature: hex sha1 of the parts, sorted as strings and
// joined (wechat.md §1.1).
func sign(parts ...string) string {
	sorted := slices.Clone(parts)
	slices.Sort(sorted)
	sum := sha1.Sum([]byte(strings.Join(sorted, "")))
	return hex.EncodeToString(sum[:])
}

// envelope encrypts and decrypts message bodies as of wechat.md §1.2.
type envelope struct {
	key   []byte
	appID string
}

const padTo = 32 // PKCS#7 to 32 bytes, although the cipher's block has 16

func newEnvelope(encodingKey, appID string) (*envelope, error) {
	key, err := base64.StdEncoding.DecodeString(encodingKey + "=")
	if err != nil || len(key) != 32 {
		return nil, errors.New("platform: the AES key must be 43 characters of base64")
	}
	return &envelope{key: key, appID: appID}, nil
}

// seal puts payload into an envelope whose first 16 bytes are random.
func (e *envelope) seal(payload []byte) string {
	random := make([]byte, 16)
	rand.Read(random) // never fails since Go 1.24
	return e.sealWith(random, payload)
}

func (e *envelope) sealWith(random, payload []byte) string {
	plain := bytes.Clone(random)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(payload)))
	plain = append(append(plain, payload...), e.appID...)
	pad := padTo - len(plain)%padTo
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(e.block(), e.key[:16]).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}

// open takes payload out of an envelope made for this account.
func (e *envelope) open(sealed string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) == 0 || len(raw)%aes.BlockSize != 0 {
		return nil, errors.New("encrypted body is not whole blocks of base64")
	}
	cipher.NewCBCDecrypter(e.block(), e.key[:16]).CryptBlocks(raw, raw)
	pad := int(raw[len(raw)-1])
	if pad < 1 || pad > padTo || pad > len(raw)-20 {
		return nil, errors.New("encrypted body has wrong padding")
	}
	raw = raw[16 : len(raw)-pad]
	size := int(binary.BigEndian.Uint32(raw))
	if size > len(raw)-4 {
		return nil, errors.New("encrypted body has a wrong length")
	}
	if string(raw[4+size:]) != e.appID {
		return nil, errors.New("encrypted body is for another app id")
	}
	return raw[4 : 4+size], nil
}

func (e *envelope) block() cipher.Block {
	block, err := aes.NewCipher(e.key)
	if err != nil {
		panic(err) // newEnvelope let only 32 bytes pass
	}
	return block
}

// digits returns n random decimal digits that do not begin with 0.
func digits(n int) string {
	low := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n-1)), nil)
	span := new(big.Int).Mul(low, big.NewInt(9))
	number, err := rand.Int(rand.Reader, span)
	if err != nil {
		panic(err) // the system's randomness is gone
	}
	return number.Add(number, low).String()
}

// randomHex returns n random bytes as hex digits.
func randomHex(n int) string {
	raw := make([]byte, n)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}
