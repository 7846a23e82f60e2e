package geo

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldText folds a text for comparison in any script: compatibility
// decomposition, marks removed, lower case.
func FoldText(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.M, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// FoldWords splits a text into its folded words: runs of letters and digits.
func FoldWords(s string) []string {
	return strings.FieldsFunc(FoldText(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
