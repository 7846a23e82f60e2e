package geo

import "golang.org/x/text/unicode/norm"

// Like holds where a value of the term, a text, is as the pattern says: "%"
// stands for any letters, "_" for one, and a backslash before either for
// itself. Where the pattern is folded, so should the term be.
type Like struct {
	Term    Term
	Pattern string
	Fold    Fold // how the pattern is folded; its Term is not used
}

func (e Like) eval(s *subject) truth {
	have := e.Term.values(s)
	if len(have) == 0 {
		return unknown
	}
	pattern := []rune(e.Fold.Apply(norm.NFC.String(e.Pattern)))
	for _, v := range have {
		if text, ok := v.(string); ok && like([]rune(norm.NFC.String(text)), pattern) {
			return yes
		}
	}
	return no
}

// like matches in time proportional to the product of the lengths at most: it
// goes back to the last "%" only.
func like(text, pattern []rune) bool {
	t, p := 0, 0
	backText, backPattern := 0, -1
	for t < len(text) {
		literal, width := letter(pattern, p)
		switch {
		case width > 0 && (literal == anyOne || literal == text[t]):
			t, p = t+1, p+width
		case p < len(pattern) && pattern[p] == '%':
			backText, backPattern = t, p+1
			p++
		case backPattern >= 0:
			backText++
			t, p = backText, backPattern
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '%' {
		p++
	}
	return p == len(pattern)
}

// anyOne is what letter gives for "_"; it is no code point.
const anyOne rune = -1

// letter of the pattern at p, with how many it takes up; 0 for "%" and the end.
func letter(pattern []rune, p int) (rune, int) {
	switch {
	case p >= len(pattern) || pattern[p] == '%':
		return 0, 0
	case pattern[p] == '_':
		return anyOne, 1
	case pattern[p] == '\\' && p+1 < len(pattern):
		return pattern[p+1], 2
	}
	return pattern[p], 1
}
