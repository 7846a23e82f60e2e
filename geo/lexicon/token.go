package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word, number or mark of a text.
type Token struct {
	Start, End int    // bytes
	Rune       int    // code point at Start
	Text       string // text[Start:End]
	Lower      string // Text in lower case with typographic quotes made plain
	Kind       TokenKind
	Paragraph  int // counted from 0; a blank line begins a new one
	Line       int // counted from 0
}

// TokenKind tells words from numbers and marks.
type TokenKind uint8

// The kinds of tokens.
const (
	Word   TokenKind = iota // letters, with inner apostrophes and periods ("U.S.", "al-Asad" is two words and a mark)
	Number                  // digits, with inner commas and periods: "20,000"
	Mark                    // one punctuation rune
)

// Sentence is a run of tokens: First up to but not including End.
type Sentence struct {
	First, End int
	Paragraph  int
}

// Tokenize cuts a text into words, numbers and marks. Invalid UTF-8 is
// the caller's to refuse beforehand.
func Tokenize(text string) []Token {
	tokens := make([]Token, 0, len(text)/5)
	runes, paragraph, line := 0, 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			if r == '\n' {
				line++
				if blankLine(text[i+size:]) && len(tokens) > 0 && tokens[len(tokens)-1].Paragraph == paragraph {
					paragraph++
				}
			}
			i, runes = i+size, runes+1
			continue
		}
		end, kind := i+size, Mark
		switch {
		case unicode.IsDigit(r):
			end, kind = numberEnd(text, i), Number
		case unicode.IsLetter(r) || opensWord(text, i, r):
			end, kind = wordEnd(text, i), Word
		}
		word := text[i:end]
		tokens = append(tokens, Token{Start: i, End: end, Rune: runes, Text: word, Lower: lower(word), Kind: kind, Paragraph: paragraph, Line: line})
		runes += utf8.RuneCountInString(word)
		i = end
	}
	return tokens
}

// blankLine reports whether text begins with a line of white space alone.
func blankLine(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ' ', '\t', '\r':
		default:
			return text[i] == '\n'
		}
	}
	return false
}

func numberEnd(text string, i int) int {
	for i < len(text) {
		c := text[i]
		inner := (c == ',' || c == '.') && i+1 < len(text) && isASCIIDigit(text[i+1])
		if !isASCIIDigit(c) && !inner {
			r, size := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsDigit(r) {
				return i
			}
			i += size
			continue
		}
		i++
	}
	return i
}

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }

// wordEnd runs over letters and marks, digits that follow letters, apostrophes
// between letters, and the periods of initialisms such as "U.S.".
func wordEnd(text string, start int) int {
	i := start
	letters := 0       // since the last period or the start
	initialism := true // so far single letters with periods between them: "U", "U.S"
	dotted := false    // a period was taken
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			if !unicode.IsMark(r) {
				letters++
			}
			initialism = initialism && letters == 1
		case (isApostrophe(r) || r == '‘') && letterAt(text, i+size):
			initialism = false
		case r == '.' && initialism && letters == 1 && (letterAt(text, i+1) || dotted):
			letters, dotted = 0, true
		default:
			return i
		}
		i += size
	}
	return i
}

// opensWord reports whether r at byte i writes a letter at the beginning of a word
// that a hyphen joins: "Al-‘Arish", "al-'Umar".
func opensWord(text string, i int, r rune) bool {
	return (r == '‘' || isApostrophe(r)) && i > 0 && text[i-1] == '-' && letterAt(text, i+utf8.RuneLen(r))
}

func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return unicode.IsLetter(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

var plainQuotes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "“", `"`, "”", `"`)

// lower is a word in lower case with typographic quotes made plain, a number in
// the figures 0 to 9, Arabic without vowel signs and with the comma of other
// scripts (see plainLetter).
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(plainLetter, strings.ToLower(plainQuotes.Replace(s)))
		}
	}
	return strings.ToLower(s)
}

// plainLetter drops the vowel signs and the stroke that Arabic is written with or
// without, makes its alef of every kind one, and takes figures to 0 to 9.
func plainLetter(r rune) rune {
	switch {
	case 'ً' <= r && r <= 'ْ' || r == 'ٰ' || r == 'ـ':
		return -1
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == '،':
		return ','
	case r == '؛':
		return ';'
	}
	return asciiDigit(r)
}

// asciiDigit maps the decimal figures of other scripts that news is written in
// (Arabic, Persian, Devanagari, Bengali) to 0 to 9.
func asciiDigit(r rune) rune {
	for _, zero := range []rune{'٠', '۰', '०', '০'} {
		if zero <= r && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}
