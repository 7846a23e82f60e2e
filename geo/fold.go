package geo

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldVersion changes with every change of FoldText, FoldWords or SearchWords:
// a store that keeps folded text makes it again under another version.
const FoldVersion = "2/" + unicode.Version + "/" + norm.Version

// foldedLetters are letters that neither decompose nor have one lower case.
var foldedLetters = map[rune]string{
	'ß': "ss", 'ς': "σ", 'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe",
}

// FoldText folds a text for comparison in any script: compatibility
// decomposition, marks removed, lower case, letters of foldedLetters spelled
// out. Marks that are written as letters go too: ʿ and ʾ of transliteration and
// the Arabic stretching bar.
func FoldText(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.M, r) || r >= '\u02b0' && r <= '\u02ff' || r == '\u0640' {
			continue
		}
		r = unicode.ToLower(r)
		if spelled, ok := foldedLetters[r]; ok {
			b.WriteString(spelled)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// FoldWords splits a text into its folded words: runs of letters and digits.
func FoldWords(s string) []string {
	if isPlain(s) {
		return plainWords(strings.ToLower(s))
	}
	return strings.FieldsFunc(FoldText(s), func(r rune) bool { return !isWordRune(r) })
}

// plainWords splits a text of ASCII.
func plainWords(s string) []string {
	words := make([]string, 0, len(s)/5+1)
	from := -1
	for k := range len(s) {
		c := s[k]
		inside := c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'
		switch {
		case inside && from < 0:
			from = k
		case !inside && from >= 0:
			words, from = append(words, s[from:k]), -1
		}
	}
	if from >= 0 {
		words = append(words, s[from:])
	}
	return words
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unspaced are the scripts that write words without spaces between them.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// maxUnspaced bounds, in letters, what can be found inside a run of letters.
const maxUnspaced = 24

// SearchWords are the folded words that Words searches, each once and sorted:
// those of title, places, actors and quotes, without the names of private
// persons. A script that writes no spaces gives a word from each of its letters
// on, so that any part of it is the beginning of a word.
func (i *Incident) SearchWords() []string {
	words := FoldWords(i.SearchText())
	for _, w := range words {
		if isPlain(w) {
			continue
		}
		letters := []rune(w)
		for k, r := range letters {
			if k > 0 && unicode.In(r, unspaced...) {
				words = append(words, string(letters[k:min(k+maxUnspaced, len(letters))]))
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}
