package geo

import (
	"bytes"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"
)

// ReadText reads a report's text from outside. The errors say what is wrong
// with it: ErrTooLarge over MaxReportBytes, ErrInvalid where it is empty, not
// UTF-8 or binary.
func ReadText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxReportBytes+1))
	if err != nil {
		return "", err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return string(data), CheckText(string(data))
}

// CheckText refuses a text that is empty, too large, binary or not UTF-8.
func CheckText(text string) error {
	if len(text) > MaxReportBytes {
		return &tooLarge{}
	}
	if strings.TrimSpace(text) == "" {
		return Invalid("text", "it is empty; give the words of a report")
	}
	if k := firstInvalid(text); k >= 0 {
		return Invalid("text", "byte %d is not UTF-8; save the file as UTF-8", k+1)
	}
	for k, r := range text {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' || r == 0x7f {
			return Invalid("text", "byte %d is the control character %#02x: this is a binary file, not a text", k+1, r)
		}
	}
	return nil
}

type tooLarge struct{}

func (*tooLarge) Error() string { return "text: over 1 MiB; cut it into the reports that it holds" }
func (*tooLarge) Unwrap() error { return ErrTooLarge }

func firstInvalid(s string) int {
	for k, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[k:]); size == 1 {
				return k
			}
		}
	}
	return -1
}

// maxMetadata bounds each of a report's short fields, in bytes.
const maxMetadata = 2000

// Check refuses a report whose text or metadata can't be kept. The error is an
// ErrInvalid that names the field, or ErrTooLarge.
func (r Report) Check() error {
	if err := CheckText(r.Text); err != nil {
		return err
	}
	for _, field := range []struct{ name, value string }{
		{"title", r.Title}, {"author", r.Author}, {"publisher", r.Publisher}, {"url", r.URL}, {"home", r.Home},
	} {
		if len(field.value) > maxMetadata || !utf8.ValidString(field.value) {
			return Invalid(field.name, "want UTF-8 of at most %d bytes", maxMetadata)
		}
	}
	if r.Published != "" {
		if _, err := ParseDay(string(r.Published)); err != nil {
			return Invalid("published", "%q is not a day of the form YYYY-MM-DD", r.Published)
		}
	}
	if r.URL != "" {
		if u, err := url.Parse(r.URL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return Invalid("url", "%q is not an http or https address", r.URL)
		}
	}
	if !isCountry(r.Country) {
		return Invalid("country", "%q is not a two-letter ISO 3166 code such as IQ", r.Country)
	}
	return nil
}
