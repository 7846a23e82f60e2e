package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which names are kept and looked up: words in lower case
// with one space between them, without accents and the marks of
// transliteration, with the Arabic article in all its elisions as "al", saint
// as "st", fort as "ft", mount as "mt", and no leading "the". Variants of one
// letter (Arabic alefs, Hebrew finals, Cyrillic ё and ґ) become one.
func Fold(s string) string {
	words := strings.Fields(foldRunes(s))
	for len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for k, w := range words {
		words[k] = foldWord(w, k+1 < len(words))
	}
	return strings.Join(words, " ")
}

// FoldWord folds one word of a running text as Fold would inside a name: an
// article is folded as if another word followed.
func FoldWord(s string) string {
	w := foldRunes(s)
	if strings.IndexByte(w, ' ') >= 0 {
		return Fold(s)
	}
	return foldWord(w, true)
}

// WithoutArticles is a folded name without its articles, Latin ("al tanf") or
// Arabic ("التنف"); the same string where it has none.
func WithoutArticles(folded string) string {
	if !strings.Contains(folded, "al ") && !strings.Contains(folded, arabicArticle) {
		return folded
	}
	var kept []string
	words := strings.Split(folded, " ")
	for k, w := range words {
		if w == "al" && k+1 < len(words) {
			continue
		}
		if rest, ok := strings.CutPrefix(w, arabicArticle); ok && utf8.RuneCountInString(rest) >= 2 {
			w = rest
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

const arabicArticle = "ال"

// articleCountries are those where names have the Arabic article, which reports
// write or leave out. Elsewhere the same letters are another article, and part
// of the name: El Salvador, El Paso.
var articleCountries = func() map[string]bool {
	m := map[string]bool{"": true}
	for _, iso := range strings.Fields("AE AF AZ BH DJ DZ EG EH ER ET IL IQ IR JO KM KW LB LY MA ML MR NE NG OM PK PS QA SA SD SO SS SY TD TJ TN TR UZ YE") {
		m[iso] = true
	}
	return m
}()

func foldWord(w string, another bool) string {
	switch w {
	case "saint", "sainte", "ste":
		return "st"
	case "fort":
		return "ft"
	case "mount":
		return "mt"
	}
	if another {
		switch w {
		case "el", "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ul", "ud":
			return "al"
		}
	}
	return w
}

// foldRunes folds letter by letter; what is no letter, digit or dropped mark
// becomes a space.
func foldRunes(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 4)
	if !isASCII(s) {
		s = norm.NFKD.String(strings.ToValidUTF8(s, " "))
	}
	letters := 0 // letters of the word so far
	for _, r := range s {
		if r < utf8.RuneSelf {
			letters = foldASCII(&b, byte(r), letters)
			continue
		}
		if unicode.Is(unicode.Mn, r) || strings.ContainsRune(droppedMarks, r) {
			continue
		}
		r = unicode.ToLower(r)
		if to, ok := letterVariants[r]; ok {
			b.WriteString(to)
			letters++
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
			letters++
		} else {
			b.WriteByte(' ')
			letters = 0
		}
	}
	return b.String()
}

func foldASCII(b *strings.Builder, c byte, letters int) int {
	switch {
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		b.WriteByte(c)
		return letters + 1
	case c >= 'A' && c <= 'Z':
		b.WriteByte(c + 'a' - 'A')
		return letters + 1
	case c == '\'' || c == '`':
		return letters
	case c == '.' && letters == 1: // an initialism: "U.S.A." is one word
		return 0
	case c == '&':
		b.WriteString(" and ")
	default:
		b.WriteByte(' ')
	}
	return 0
}

// isPlain reports whether a string is folded letter by letter already.
func isPlain(s string) bool {
	for k := 0; k < len(s); k++ {
		if c := s[k]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// droppedMarks stand for sounds that most spellings leave out: ayn, hamza, okina
// and the apostrophes written for them; and the Arabic tatweel.
const droppedMarks = "ʿʾʻʼʽ’‘′´ˈ\u0640"

// letterVariants are letters that no decomposition takes apart.
var letterVariants = map[rune]string{
	'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ħ': "h", 'ŋ': "n",
	'ə': "e", 'ŧ': "t",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ة': "ه", 'ک': "ك", 'ہ': "ه", 'ھ': "ه",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
	'ґ': "г",
}
