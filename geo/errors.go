package geo

import (
	"errors"
	"fmt"
)

// The kinds of failure that callers tell apart; web maps each to one HTTP
// status. Test with errors.Is.
var (
	ErrNotFound  = errors.New("geo: not found")
	ErrGone      = errors.New("geo: retracted")
	ErrConflict  = errors.New("geo: changed in the meantime")
	ErrInvalid   = errors.New("geo: invalid")
	ErrForbidden = errors.New("geo: not allowed")
	ErrTooLarge  = errors.New("geo: too large")
)

// FieldError says which field of an input is wrong and how to mend it. It is an
// ErrInvalid.
type FieldError struct {
	Field  string // name of the field, parameter, flag or column
	Reason string // what is wrong and what is wanted
}

// Error gives "field: reason".
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

// Unwrap makes every FieldError an ErrInvalid.
func (e *FieldError) Unwrap() error { return ErrInvalid }

// Invalid makes a FieldError.
func Invalid(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}
