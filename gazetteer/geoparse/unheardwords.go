package geoparse

import (
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// unheardWord reports whether token k may be a word of an unknown place's name.
func (t *text) unheardWord(k, of int) bool {
	if k >= len(t.tokens) {
		return false
	}
	no := lexicon.NeverPlace | lexicon.TitleWord | lexicon.TheWord | lexicon.AnyWord | heads
	if t.casingAt(k) == upperCase { // where a capital says nothing the word must be none that is known
		no |= lexicon.CommonWord | lexicon.InCue | lexicon.FromCue | lexicon.SayCue | lexicon.PersonCue
	} else if t.casingAt(k) != normalCase {
		return false
	}
	return t.capitalAt(k, of) && t.tokens[k].Kind == lexicon.Word && len(t.words[k].folded) > 1 && t.words[k].use&no == 0 && !t.shortForm(k)
}

// shortForm reports whether token k is an abbreviation in capitals: "UN", "U.N.".
func (t *text) shortForm(k int) bool {
	const longest = 5
	s := withoutPossessive(t.tokens[k].Text)
	return t.casingAt(k) == normalCase && len(s) <= longest && isUpper(s)
}

// article is the token behind a small "al-" at token k, k itself where there is none.
func (t *text) article(k int) int {
	if t.lower(k) == "al" && t.hyphen(k+1) {
		return k + 2
	}
	return k
}

// unheardFrom is the end of an unknown name that begins at token k, k itself
// where none does.
func (t *text) unheardFrom(k int) int {
	end, words := k, 0
	if t.has(k, k, lexicon.TitleWord) && t.capitalAt(k, k) && t.casingAt(k) == normalCase && t.has(k-1, k, placeCue) && t.unheardWord(k+1, k) && !t.words[k].possessive {
		words, end = 1, k+1 // "in Sheikh Zuweid"
	}
	for words < longestUnheard && t.unheardWord(end, k) {
		words++
		end++
		if t.words[end-1].possessive {
			break
		}
		if t.hyphen(end) && t.unheardWord(end+1, k) {
			end++
		} else if t.lower(end) == "al" && t.hyphen(end+1) && t.unheardWord(end+2, k) { // "Khan al-Assal"
			end += 2
		}
	}
	return end
}

// unheardBefore is the first token of an unknown name that ends before token k,
// k itself where none does.
func (t *text) unheardBefore(k int) int {
	first, words := k, 0
	for words < longestUnheard && first > 0 && t.within(first-1, k) && t.unheardWord(first-1, k) && !t.words[first-1].possessive {
		words++
		first--
		if t.hyphen(first-1) && t.lower(first-2) == "al" && !t.words[first-2].capital && first > 2 && t.unheardWord(first-3, k) { // "Ard al-X"
			first -= 3
		} else if t.hyphen(first-1) && first > 1 && t.unheardWord(first-2, k) {
			first--
		}
	}
	if first < k && first == t.sentenceAt(k).First && t.words[first].use != 0 {
		return k
	}
	return first
}

// untitled is the token behind the title that an unknown name of several words
// begins with: "Sheikh Zuweid".
func (t *text) untitled(first, end int) int {
	if end-first > 1 && t.words[first].use&lexicon.TitleWord != 0 {
		return first + 1
	}
	return first
}

// strange reports whether a run of tokens is made of words of which none is an
// everyday word or part of a person's name.
func (t *text) strange(first, end int) bool {
	for k := first; k < end; k++ {
		if t.words[k].use&(lexicon.CommonWord|lexicon.GivenName|lexicon.FamilyName|lexicon.NameParticle|lexicon.PersonCue) != 0 {
			return false
		}
	}
	return !t.capitalAt(end, first) && !t.words[end-1].possessive
}

// foldedRun is the folded words of a run of tokens.
func (t *text) foldedRun(first, end int) string {
	var words []string
	for k := first; k < end; k++ {
		if f := t.words[k].folded; f != "" {
			words = append(words, f)
		}
	}
	return gazetteer.Fold(strings.Join(words, " "))
}
