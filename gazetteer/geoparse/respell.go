package geoparse

import (
	"slices"
	"strings"

	"dateline/gazetteer"
)

// The article of Arabic names is written in many ways: apart or not, with or
// without what its l becomes before a sun letter (t, d, r, z, s, n and their
// kin): "al-Raqqa", "ar-Raqqah", "Raqqa", "Deir Ezzor", "Deir ez-Zor".

// articles are the article's spellings, folded.
var articles = []string{"al", "el", "ar", "as", "ash", "at", "ad", "adh", "an", "az", "er", "es", "et", "ed", "en", "ez"}

// sunLetters are those that the l of the article becomes, in Latin letters.
const sunLetters = "tdrzsn"

// arabicNames are the countries, by ISO 3166 code, where many names are Arabic.
const arabicNames = "AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN TR YE"

// respelled looks a name that the gazetteer does not have up under the other
// spellings of its article; nil where none is known either.
func (p *Parser) respelled(key string) []gazetteer.Match {
	for _, s := range respellings(strings.Fields(key)) {
		found := slices.DeleteFunc(slices.Clone(p.places.LookupFolded(s)), func(m gazetteer.Match) bool { return !strings.Contains(arabicNames, m.Place.Country) })
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// respellings of folded words, the likeliest first.
func respellings(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	var out []string
	add := func(words []string) {
		out = append(out, strings.Join(words, " "))
		last := words[len(words)-1]
		if stem, ok := strings.CutSuffix(last, "ah"); ok {
			out = append(out, strings.Join(words[:len(words)-1], " ")+" "+stem+"a")
		} else if strings.HasSuffix(last, "a") {
			out = append(out, strings.Join(words, " ")+"h")
		}
	}
	for k, w := range words {
		if rest := words[k+1:]; slices.Contains(articles, w) && len(rest) > 0 {
			for _, other := range []string{"al", "el"} {
				add(slices.Concat(words[:k], []string{other}, rest))
			}
			if first := rest[0][:1]; strings.Contains(sunLetters, first) {
				add(slices.Concat(words[:k], []string{"a" + first}, rest))
				add(slices.Concat(words[:k], []string{"e" + first}, rest))
			}
			add(slices.Concat(words[:k], rest))
		}
		if len(w) >= 5 && (w[0] == 'a' || w[0] == 'e') && w[1] == w[2] && strings.IndexByte(sunLetters, w[1]) >= 0 {
			for _, vowel := range []string{"a", "e"} {
				add(slices.Concat(words[:k], []string{vowel + w[1:2], w[2:]}, words[k+1:]))
			}
		}
	}
	for k, s := range out {
		out[k] = strings.TrimSpace(s)
	}
	return out
}
