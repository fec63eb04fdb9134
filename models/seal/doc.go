// Package seal encrypts what people lent us: ID numbers, phones, bank cards,
// health, and the drafts that hold them. It uses the standard library only and
// knows neither records nor databases.
//
// # Sealing
//
// AES-256-GCM with a random nonce. The ciphertext names the key that made it,
// so several keys can be in use at once, and it is bound to a purpose
// ("members.id_no", "session"): what was sealed for one place does not open in
// another. One key is good for 2³² seals (the bound for random nonces, NIST SP
// 800-38D §8.3); a county needs centuries for that, a nation should rotate yearly.
//
// # Blind index
//
// A number that is encrypted cannot be searched. Next to it stands Blind: an
// HMAC of the number, equal for equal numbers and worth nothing without the
// key. Tails (the last four, the last six characters) are separate indexes.
//
// # Rotation
//
// The keys are a list: the first one seals and indexes, all of them open and
// are tried by look-ups (Blinds). To rotate, put a new key in front; old rows
// go on working. models/store.Rotate then rewrites the old rows with the new
// key, seals and indexes both, after which the old key can be dropped.
//
//	HHQ_DATA_KEY=2027:<base64>,2026:<base64>
package seal
