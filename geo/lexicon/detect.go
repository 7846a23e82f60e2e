package lexicon

import (
	"slices"
	"strings"
	"unicode"
)

// The shares from which a text is taken to be of a script or language.
const (
	mostLetters  = 0.5  // of its letters
	leastSmall   = 0.10 // of its words that are small words of the language
	leastMarking = 0.01 // of its letters that no neighbour language of the script has
)

// marking are letters that tell a language among those of its script.
var marking = map[string]string{"uk": "іїєґІЇЄҐ", "other-arabic": "پچژگټډړہےۓ", "other-cyrillic": "ыэъёўЫЭЪЁЎ"}

// Detect tells the language of a text among those that have a folder, by its
// script, the letters that only it has, and its small words; ok is false where it
// is none of them, or too short to tell.
func Detect(text string) (code string, ok bool) {
	letters, latin, cyrillic, arabic := 0, 0, 0, 0
	marks := map[string]int{}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		}
		for language, only := range marking {
			if strings.ContainsRune(only, r) {
				marks[language]++
			}
		}
	}
	most := func(n int) bool { return letters > 0 && float64(n) >= mostLetters*float64(letters) }
	marked := func(language string) bool { return float64(marks[language]) >= leastMarking*float64(letters) }
	switch {
	case most(cyrillic):
		code, ok = "uk", marked("uk") && !marked("other-cyrillic")
	case most(arabic):
		code, ok = "ar", !marked("other-arabic")
	case most(latin):
		code, ok = "en", smallWords("en", text)
	}
	return code, ok && slices.Contains(codes, code)
}

// fewWords is the number of words up to which small words say nothing.
const fewWords = 12

// smallWords reports whether enough words of a text are small words of a language.
func smallWords(code, text string) bool {
	l, err := For(code)
	if err != nil {
		return false
	}
	words, small := 0, 0
	for _, w := range strings.FieldsFunc(lower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		words++
		if _, n := l.Event.Functions.At([]string{w}, 0); n > 0 {
			small++
		}
	}
	return words <= fewWords || float64(small) >= leastSmall*float64(words)
}
