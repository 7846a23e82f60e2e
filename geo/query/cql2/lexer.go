package cql2

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenWord             // an identifier or keyword
	tokenQuoted           // a property in double quotes
	tokenText             // a literal in quotes
	tokenNumber
	tokenSign // an operator or bracket
)

type token struct {
	kind tokenKind
	text string // unquoted
	at   int
}

// is reports whether the token is a keyword or sign, in any case.
func (t token) is(word string) bool {
	return (t.kind == tokenWord || t.kind == tokenSign) && strings.EqualFold(t.text, word)
}

// scan cuts a text into tokens; the last is tokenEnd.
func scan(text string) ([]token, error) {
	var all []token
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		t, end, err := next(text, at, r)
		if err != nil {
			return nil, err
		}
		all, at = append(all, t), end
	}
	return append(all, token{kind: tokenEnd, at: len(text)}), nil
}

func next(text string, at int, r rune) (token, int, error) {
	rest := text[at:]
	switch {
	case r == '\'':
		return quoted(text, at, '\'', tokenText)
	case r == '"':
		return quoted(text, at, '"', tokenQuoted)
	case isDigit(rest, 0), r == '.' && isDigit(rest, 1):
		n := numberLength(rest)
		return token{tokenNumber, rest[:n], at}, at + n, nil
	case isNameStart(r):
		n := strings.IndexFunc(rest, func(r rune) bool { return !isNamePart(r) })
		if n < 0 {
			n = len(rest)
		}
		return token{tokenWord, rest[:n], at}, at + n, nil
	}
	for _, sign := range []string{"<>", "<=", ">="} {
		if strings.HasPrefix(rest, sign) {
			return token{tokenSign, sign, at}, at + len(sign), nil
		}
	}
	if strings.ContainsRune("=<>()[],+-*/^%", r) {
		return token{tokenSign, string(r), at}, at + 1, nil
	}
	return token{}, 0, &Error{at, "the character " + string(r) + " has no meaning here"}
}

// quoted reads up to the closing quote; a quote inside is written twice, or
// after a backslash.
func quoted(text string, at int, quote byte, kind tokenKind) (token, int, error) {
	var b strings.Builder
	for k := at + 1; k < len(text); k++ {
		switch c := text[k]; {
		case c == quote && k+1 < len(text) && text[k+1] == quote, c == '\\' && k+1 < len(text) && text[k+1] == quote:
			b.WriteByte(quote)
			k++
		case c == quote:
			if !utf8.ValidString(b.String()) {
				return token{}, 0, &Error{at, "the text is not UTF-8"}
			}
			return token{kind, b.String(), at}, k + 1, nil
		default:
			b.WriteByte(c)
		}
	}
	return token{}, 0, &Error{at, "the quote that begins here does not end"}
}

func isDigit(s string, k int) bool { return k < len(s) && s[k] >= '0' && s[k] <= '9' }

// numberLength of an unsigned number: 5, 5.25, .5, 1e-3.
func numberLength(s string) int {
	n := 0
	for isDigit(s, n) {
		n++
	}
	if n < len(s) && s[n] == '.' {
		for n++; isDigit(s, n); n++ {
		}
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		k := n + 1
		if k < len(s) && (s[k] == '+' || s[k] == '-') {
			k++
		}
		if isDigit(s, k) {
			for n = k; isDigit(s, n); n++ {
			}
		}
	}
	return n
}

func isNameStart(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || r == '_' || r == ':')
}

func isNamePart(r rune) bool {
	return isNameStart(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '.' || r == '\u203f' || r == '\u2040'
}
