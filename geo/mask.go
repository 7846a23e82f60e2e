package geo

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minMaskedWord is how many letters the last word of a name needs to be masked
// where it stands alone.
const minMaskedWord = 4

// mask is what stands for each code point of a masked name.
const mask = '•'

// masker hides names in texts. Names are compared by their folded words, so
// that neither case, accents nor a line break hide one.
type masker struct {
	names []string // folded words with a space between them
}

func newMasker(named []Named) masker {
	var m masker
	for _, n := range named {
		if n.Private {
			words := FoldWords(n.Name)
			m.add(strings.Join(words, " "))
			m.add(lastWord(words))
		}
	}
	return m
}

// add a name, unless it is there.
func (m *masker) add(name string) {
	if name != "" && !slices.Contains(m.names, name) {
		m.names = append(m.names, name)
	}
}

// lastWord is the last word of a name that has minMaskedWord letters, and of a
// hyphenated one its last part: "sayed" of "Ahmed al-Sayed Jr.".
func lastWord(words []string) string {
	for _, w := range slices.Backward(words) {
		if utf8.RuneCountInString(w) >= minMaskedWord {
			return w
		}
	}
	return ""
}

// text with the names masked.
func (m masker) text(s string) string {
	if len(m.names) == 0 || s == "" {
		return s
	}
	folded := foldSpans(s)
	var out []rune
	for _, name := range m.names {
		for _, span := range folded.find([]rune(name)) {
			if out == nil {
				out = []rune(s)
			}
			for k := span[0]; k < span[1]; k++ {
				if out[k] != '\n' && out[k] != '\r' {
					out[k] = mask
				}
			}
		}
	}
	if out == nil {
		return s
	}
	return string(out)
}

// foldedText is the folded words of a text with a space between them, and for
// each code point of it the span of code points of the text that it stands for.
type foldedText struct {
	runes      []rune
	start, end []int
}

func foldSpans(s string) foldedText {
	var f foldedText
	at := 0
	for _, r := range s {
		folded := FoldText(string(r))
		if folded == "" && len(f.end) > 0 {
			f.end[len(f.end)-1] = at + 1 // a mark belongs to the letter before it
		}
		for _, c := range folded {
			if !isWordRune(c) {
				c = ' '
			}
			if c != ' ' || len(f.runes) > 0 && f.runes[len(f.runes)-1] != ' ' {
				f.runes, f.start, f.end = append(f.runes, c), append(f.start, at), append(f.end, at+1)
			}
		}
		at++
	}
	return f
}

// find gives the spans of the text where the name stands. Latin, Greek and
// Cyrillic write words apart, and an "s" may follow a name; other scripts write
// particles onto a name or no spaces at all, so there it may be part of a word.
func (f foldedText) find(name []rune) [][2]int {
	var spans [][2]int
	for k := 0; k+len(name) <= len(f.runes); k++ {
		next := k + len(name)
		if !slices.Equal(f.runes[k:next], name) {
			continue
		}
		if spaced(name[0]) && k > 0 && f.runes[k-1] != ' ' || spaced(name[len(name)-1]) && !f.endsWord(next) {
			continue
		}
		spans = append(spans, [2]int{f.start[k], f.end[next-1]})
	}
	return spans
}

// endsWord reports whether a word ends before position k, give or take an "s".
func (f foldedText) endsWord(k int) bool {
	if k < len(f.runes) && f.runes[k] == 's' {
		k++
	}
	return k == len(f.runes) || f.runes[k] == ' '
}

// spaced reports whether a letter is of a script that writes words apart and
// nothing onto them.
func spaced(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) || unicode.IsDigit(r)
}
