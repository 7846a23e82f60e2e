package geoparse

import (
	"math"
	"strings"
	"unicode"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// recognise judges every name by its own surroundings, then by the other names
// of the text.
func (p *Parser) recognise(t *text, names []name) {
	people := t.people(names)
	lower := t.lowerWords(names)
	for k := range names {
		n := &names[k]
		p.ownFeatures(t, n)
		set(&n.features[recPersonBefore], people[n.key])
		set(&n.features[recLowerElsewhere], lower[n.key])
	}
	for k := range names {
		names[k].score = p.weights.place(&names[k])
	}
	sure := map[string]bool{}
	for k := range names {
		if n := &names[k]; n.score > 3 && n.kind == Literal {
			sure[n.key] = true
		}
	}
	for k := range names {
		n := &names[k]
		if set(&n.features[recElsewhere], sure[n.key] && n.score <= 3); sure[n.key] {
			n.score = p.weights.place(n)
		}
	}
}

// place gives the log-odds that a name is a place: no less than givenScore where the
// words around it call it one.
func (w *Weights) place(n *name) float64 {
	sum := 0.0
	for k, x := range n.features {
		sum += x * w.Recognition[k]
	}
	if n.framed {
		return max(sum, givenScore)
	}
	return sum
}

func set(x *float64, on bool) {
	*x = 0
	if on {
		*x = 1
	}
}

// ownFeatures fills in what the name and the words beside it say.
func (p *Parser) ownFeatures(t *text, n *name) {
	f := &n.features
	f[recBias] = 1
	w := t.words[n.first]
	single := !strings.Contains(n.key, " ")
	if len(n.found) > 0 {
		best := n.found[0]
		f[recPrior] = math.Min(best.Prior, 12) / 10
		precision := best.Precision()
		set(&f[recArea], precision == gazetteer.Country || precision == gazetteer.Region)
		set(&f[recCapitalCity], best.Code == "PPLC")
		set(&f[recPrimary], best.Matched == gazetteer.NamePrimary || ownScript(n.key))
		set(&f[recAbbreviation], best.Matched == gazetteer.NameAbbreviation)
		set(&f[recLoose], best.Loose)
		bare := best.Matched == gazetteer.NameAbbreviation && !t.markAt(n.end-1, ".") && !strings.Contains(t.tokens[n.first].Text, ".")
		set(&f[recCode], bare && len(n.key) <= 4 && !n.contains && (best.Class == 'A' && precision != gazetteer.Country || t.casingAt(n.first) != normalCase))
		set(&f[recArticle], single && t.is(n.first-1, lexicon.TheWord) && best.Class == 'P' && n.wanted == "" && !t.has(n.end, n.first, lexicon.FolkCue))
	}
	set(&f[recSeveralWords], !single)
	set(&f[recFirst], n.first == t.sentenceAt(n.first).First)
	set(&f[recCommon], n.key != "" && single && w.use&(lexicon.CommonWord|lexicon.NeverPlace) != 0)
	if !single && f[recPrimary] == 0 && t.everyday(n) { // "White House"
		f[recCommon] = 2
	}
	set(&f[recTitle], single && n.key != "" && w.use&lexicon.TitleWord != 0)
	set(&f[recGiven], single && w.use&lexicon.GivenName != 0)
	set(&f[recFamily], single && w.use&lexicon.FamilyName != 0)
	set(&f[recPossessive], t.words[n.end-1].possessive)
	set(&f[recChain], len(n.containers) > 0)
	set(&f[recContainer], n.contains)
	set(&f[recKindWord], n.wanted != "")
	set(&f[recLocative], n.bent.rule != "")
	set(&f[recDateline], n.dateline)
	switch t.casingAt(n.first) {
	case titleCase:
		f[recTitleCase] = 1
	case upperCase:
		f[recUpperCase] = 1
	case lowerCase:
		f[recLowerCase] = 1
	}
	t.leftFeatures(n)
	t.rightFeatures(n)
}

// ownScript reports whether a name is written in another script than the
// gazetteer's own names, which are Latin: there its other names are its own.
func ownScript(key string) bool {
	for _, r := range key {
		if unicode.IsLetter(r) {
			return !unicode.Is(unicode.Latin, r)
		}
	}
	return false
}

// everyday reports whether a name is made of everyday words alone.
func (t *text) everyday(n *name) bool {
	return t.only(n.first, n.end, lexicon.CommonWord|lexicon.NeverPlace)
}

// leftFeatures reads the words before the name.
func (t *text) leftFeatures(n *name) {
	f, k := &n.features, n.first-1
	for t.within(k, n.first) && (t.is(k, lexicon.TheWord) || t.hyphen(k) && t.words[k-1].folded == "al") {
		k--
	}
	if !t.within(k, n.first) {
		return
	}
	set(&f[recIn], t.has(k, n.first, lexicon.InCue))
	set(&f[recFrom], t.has(k, n.first, lexicon.FromCue))
	set(&f[recOf], t.has(k, n.first, lexicon.OfCue))
	set(&f[recLeftOf], n.wanted == "" && t.is(k, lexicon.OfWord) && t.ofName(k-1, n.first))
	if t.hyphen(k) {
		other := t.words[k-1]
		set(&f[recHyphen], other.capital && other.use&lexicon.NeverPlace == 0)
		return
	}
	if k != n.first-1 {
		return
	}
	if t.markAt(k, ".") && t.joined(k) { // "Mr. X", "J. X"
		k--
		if t.words[k].use&lexicon.TitleWord != 0 {
			f[recLeftTitle] = 1
		} else if len(t.tokens[k].Text) == 1 && t.words[k].capital {
			f[recLeftGiven] = 1
		}
		return
	}
	w := t.words[k]
	switch {
	case w.folded == "" || w.possessive:
	case w.use&lexicon.TitleWord != 0 && w.use&(lexicon.InCue|lexicon.FromCue) == 0:
		set(&f[recLeftTitle], n.kind != Demonym) // "the deputy Russian minister"
	case w.use&(lexicon.GivenName|lexicon.NameParticle) != 0 && t.namesPerson(k):
		f[recLeftGiven] = 1
	case t.plainCapital(k, n.first):
		f[recLeftPlain] = 1
	case t.openCapital(k, n.first):
		f[recLeftCapital] = 1
	}
}

// ofName reports whether token k is a capitalised word before "of" that is
// neither a title nor a kind of place: the name of an organisation, mostly.
func (t *text) ofName(k, of int) bool {
	_, kind := t.language.Place.Kinds[t.lower(k)]
	return !kind && t.capitalAt(k, of) && t.casingAt(k) == normalCase && k != t.sentenceAt(k).First && t.words[k].use&lexicon.TitleWord == 0
}

// plainCapital reports whether token k is an everyday word that is capitalised
// inside a sentence, as it is in a name alone.
func (t *text) plainCapital(k, of int) bool {
	if !t.capitalAt(k, of) || t.casingAt(k) != normalCase || k == t.sentenceAt(k).First {
		return false
	}
	_, kind := t.language.Place.Kinds[t.lower(k)]
	direction := len(t.language.Place.Directions[t.lower(k)]) > 0
	use := t.words[k].use
	return !kind && !direction && use&(lexicon.CommonWord|lexicon.NeverPlace) != 0 && use&(lexicon.InCue|lexicon.FromCue|lexicon.OfCue|lexicon.SayCue|lexicon.TheWord|lexicon.AndWord) == 0
}

// namesPerson reports whether the given name at k may be one here: capitalised
// where that means something.
func (t *text) namesPerson(k int) bool {
	return t.words[k].capital || t.casingAt(k) == lowerCase || t.words[k].use&lexicon.NameParticle != 0
}

// openCapital reports whether token k is a capitalised word that tells nothing
// of itself: no direction, kind of place, cue or everyday word, in a sentence in
// which a capital means something.
func (t *text) openCapital(k, of int) bool {
	if !t.capitalAt(k, of) || t.casingAt(k) != normalCase || k == t.sentenceAt(k).First && t.words[k].use != 0 {
		return false
	}
	use := t.words[k].use
	return use&(lexicon.NeverPlace|lexicon.InCue|lexicon.FromCue|lexicon.OfCue|lexicon.SayCue) == 0
}

// rightFeatures reads the words behind the name.
func (t *text) rightFeatures(n *name) {
	f, k := &n.features, n.end
	if !t.within(k, n.first) || t.words[n.end-1].possessive {
		return
	}
	if t.markAt(k, ",") {
		aged := t.within(k+2, k) && t.tokens[k+1].Kind == lexicon.Number && len(t.tokens[k+1].Text) <= 2 && t.markAt(k+2, ",")
		set(&f[recPersonCue], aged || t.has(k+1, k, lexicon.PersonCue))
		return
	}
	if t.hyphen(k) {
		return
	}
	w := t.words[k]
	set(&f[recPersonCue], w.use&lexicon.PersonCue != 0)
	set(&f[recFolk], !w.capital && w.use&lexicon.FolkCue != 0)
	set(&f[recSay], w.use&lexicon.SayCue != 0 && n.features[recArea] == 0 && n.features[recCapitalCity] == 0)
	if !w.capital || t.casingAt(k) != normalCase {
		set(&f[recRightFamily], t.casingAt(k) != normalCase && w.use&lexicon.FamilyName != 0 && w.use&(lexicon.CommonWord|heads) == 0)
		return
	}
	switch {
	case w.use&heads != 0:
		f[recRightHead] = 1
	case w.use&lexicon.FamilyName != 0, len(t.tokens[k].Text) == 1 && t.markAt(k+1, "."):
		f[recRightFamily] = 1
	case t.openCapital(k, n.first) && w.use&lexicon.TitleWord == 0:
		f[recRightCapital] = 1
		set(&f[recRightFamily], t.words[n.first].use&lexicon.GivenName != 0 && n.end-n.first == 1)
	}
}

// people are the folded names by which the text calls persons: what follows a
// title or a given name, up to three words, and the last of them alone.
func (t *text) people(names []name) map[string]bool {
	known := map[int]int{} // first token of a name of several words -> its end
	for _, n := range names {
		if n.end-n.first > 1 {
			known[n.first] = n.end
		}
	}
	people := map[string]bool{}
	for k := 0; k < len(t.words); k++ {
		if end, ok := known[k]; ok {
			k = end - 1
			continue
		}
		use := t.words[k].use
		if use&(lexicon.TitleWord|lexicon.GivenName) == 0 || t.casingAt(k) != normalCase || t.words[k].possessive {
			continue
		}
		from := k + 1
		if t.markAt(from, ".") && t.joined(from) {
			from++
		}
		if use&lexicon.GivenName != 0 && !t.words[k].capital {
			continue
		}
		for at := from; at < from+3 && t.personWord(at, k); at++ {
			people[t.words[at].folded] = true
			if t.words[at].possessive {
				break
			}
			if t.markAt(at+1, ".") && len(t.tokens[at].Text) == 1 {
				at++
			}
		}
	}
	return people
}

func (t *text) personWord(k, of int) bool {
	return t.capitalAt(k, of) && t.words[k].use&(heads|lexicon.NeverPlace|lexicon.CommonWord) == 0
}

// lowerWords are the names of one word that the text also writes in lower case.
func (t *text) lowerWords(names []name) map[string]bool {
	single := map[string]bool{}
	for _, n := range names {
		if !strings.Contains(n.key, " ") {
			single[n.key] = false
		}
	}
	for k, w := range t.words {
		if _, ok := single[w.folded]; ok && !w.capital && w.folded != "" && t.casingAt(k) != lowerCase && w.folded != "al" {
			single[w.folded] = true
		}
	}
	return single
}
