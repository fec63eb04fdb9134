package models

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an error is; the edge and the conversation
// decide by it, never by message text.
type Code string

// The kinds of failure.
const (
	Invalid     Code = "invalid"     // the input breaks a rule
	NotFound    Code = "not_found"   // no such thing, or not within the actor's scope
	Conflict    Code = "conflict"    // somebody else changed it first, or it exists already
	Forbidden   Code = "forbidden"   // the role may not do this
	Unavailable Code = "unavailable" // database or state store is away; a retry can help
	Internal    Code = "internal"    // our bug
)

// Error is a failure with its kind. Key names a sentence for the person in the
// texts of dialog/flows; Err is for the log only.
type Error struct {
	Code Code
	Op   string // what was tried: "save household"
	Key  string
	Path string // the field it is about, such as "household.phone"; "" for none
	Err  error
}

// E makes an Error.
func E(code Code, op string, err error) *Error { return &Error{Code: code, Op: op, Err: err} }

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%s: %s", e.Op, e.Code)
	}
	return fmt.Sprintf("%s: %s: %v", e.Op, e.Code, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// CodeOf is the kind of err: Internal for strangers, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
