package models

import "log/slog"

// IDNumber, Phone and BankNo are loans: they print and log masked, so that no
// stray %v can leak one. Reveal is the only way to the whole number.
type (
	IDNumber string // 身份证 18, 残疾证 20 or 22 characters
	Phone    string // 11 digits
	BankNo   string // 16–19 digits
)

// Reveal is the whole number, for encryption, validation and those who may see it.
func (n IDNumber) Reveal() string { return string(n) }

// Reveal is the whole number.
func (p Phone) Reveal() string { return string(p) }

// Reveal is the whole number.
func (b BankNo) Reveal() string { return string(b) }

// String shows area code of the province and the last four: 53****0016.
func (n IDNumber) String() string { return mask(string(n), 2, 4) }

// String shows 138****5678.
func (p Phone) String() string { return mask(string(p), 3, 4) }

// String shows the last four.
func (b BankNo) String() string { return mask(string(b), 0, 4) }

// LogValue masks entirely: logs hold no part of a number.
func (n IDNumber) LogValue() slog.Value { return slog.StringValue("[id]") }

// LogValue masks entirely.
func (p Phone) LogValue() slog.Value { return slog.StringValue("[phone]") }

// LogValue masks entirely.
func (b BankNo) LogValue() slog.Value { return slog.StringValue("[bank]") }

// mask keeps head characters in front and tail at the end.
func mask(s string, head, tail int) string {
	if s == "" {
		return ""
	}
	if len(s) <= head+tail {
		return "****"
	}
	return s[:head] + "****" + s[len(s)-tail:]
}
