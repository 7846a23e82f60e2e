package geoparse

import (
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// sense says in what sense each name stands; a name that is no place at all
// gets no kind.
func (p *Parser) sense(t *text, names []name) {
	for k := range names {
		n := &names[k]
		switch {
		case n.missing != "", n.framed:
			n.kind = Literal
		case len(n.found) == 0:
			n.kind = ""
		case demonym(n.found):
			n.kind = Demonym
		default:
			n.kind = t.kindOf(n)
			if k > 0 && n.kind == Literal && names[k-1].kind == Embedded && t.headBefore(&names[k-1]) &&
				t.only(names[k-1].end, n.first, lexicon.AndWord|lexicon.TheWord) && t.within(names[k-1].first, n.first) {
				n.kind = Embedded // "the Islamic State of Iraq and the Levant"
			}
		}
	}
}

// demonym reports whether the best reading of a name is a people's.
func demonym(found []gazetteer.Match) bool {
	return len(found) > 0 && found[0].Matched == gazetteer.NameDemonym
}

// kindOf gives the kind of a name that is no demonym, "" where it is part of
// the name of an event or a work.
func (t *text) kindOf(n *name) Kind {
	use := t.headAfter(n)
	if use&lexicon.EventHead != 0 && use&(lexicon.OrgHead|lexicon.FacilityHead) == 0 {
		return ""
	}
	if use != 0 || t.headBefore(n) || t.movementBefore(n) || t.inGroup(n.first) {
		return Embedded
	}
	if t.adjectival(n) {
		return Demonym
	}
	if t.metonym(n) {
		return Metonym
	}
	return Literal
}

// adjectival reports whether a country's abbreviation stands before a noun as
// its demonym would: "US troops", "U.S. service members".
func (t *text) adjectival(n *name) bool {
	if !abbreviation(n.found) || n.found[0].Precision() != gazetteer.Country || t.words[n.end-1].possessive {
		return false
	}
	k := n.end
	if !t.within(k, n.first) || t.tokens[k].Kind != lexicon.Word || strings.HasSuffix(t.lower(k), "ed") {
		return false
	}
	if t.words[k].capital && t.casingAt(k) == normalCase {
		return true
	}
	return t.words[k].use&(lexicon.AndWord|lexicon.NeverPlace|lexicon.SayCue|lexicon.InCue|lexicon.FromCue|lexicon.OfCue|lexicon.PersonCue) == 0
}

const heads = lexicon.OrgHead | lexicon.FacilityHead | lexicon.EventHead | lexicon.MediaHead | lexicon.MovementHead

// headAfter gives the uses of the head of the longer name that begins with this
// one: the last capitalised word of the run behind it that is a head.
func (t *text) headAfter(n *name) lexicon.PlaceUse {
	if t.words[n.end-1].possessive {
		return 0
	}
	var use lexicon.PlaceUse
	limit := 4
	if t.casingAt(n.first) != normalCase {
		limit = 2
	}
	for k := n.end; k < n.end+limit && t.capitalOrLower(k, n.first); k++ {
		if h := t.words[k].use & heads; h != 0 {
			use = h
		}
		if t.words[k].possessive {
			break
		}
	}
	return use
}

// capitalOrLower reports whether token k may go on a name: a capitalised word,
// or any in a text without capitals.
func (t *text) capitalOrLower(k, of int) bool {
	return t.capitalAt(k, of) || t.within(k, of) && t.casingAt(k) == lowerCase && t.tokens[k].Kind == lexicon.Word
}

// headBefore reports whether the name ends one such as "University of X" or
// "United Russia".
func (t *text) headBefore(n *name) bool {
	k := n.first - 1
	if t.has(k, n.first, lexicon.OrgHead) && t.capitalAt(k, n.first) && !t.words[k].possessive && k != t.sentenceAt(k).First {
		return t.casingAt(k) == normalCase && n.wanted == ""
	}
	for t.has(k, n.first, lexicon.TheWord) {
		k--
	}
	if !t.has(k, n.first, lexicon.OfWord) || !t.capitalAt(k-1, n.first) {
		return false
	}
	w := t.words[k-1]
	return w.use&(lexicon.OrgHead|lexicon.FacilityHead|lexicon.MovementHead) != 0 && n.wanted == "" && t.casingAt(k) == normalCase
}

// inGroup reports whether token k goes on a name that begins as those of armed
// groups do: "Harakat Ahrar al-X".
func (t *text) inGroup(k int) bool {
	if t.casingAt(k) != normalCase {
		return false
	}
	const longest = 6 // tokens
	for at := k - 1; at >= k-longest && (t.capitalAt(at, k) || t.hyphen(at) || t.within(at, k) && t.words[at].folded == "al"); at-- {
		if t.words[at].use&lexicon.OpensGroup != 0 && t.words[at].capital {
			return true
		}
	}
	return false
}

// movementBefore reports whether "in X" belongs to the name of a movement that
// is written as one: "the Islamic Resistance in Iraq".
func (t *text) movementBefore(n *name) bool {
	k := n.first - 1
	if t.is(k, lexicon.TheWord) {
		k--
	}
	if !t.within(k-1, n.first) || !t.is(k, lexicon.InsideWord) {
		return false
	}
	w := t.words[k-1]
	if w.use&lexicon.MovementHead == 0 || !w.capital || t.casingAt(k) != normalCase {
		return false
	}
	return t.capitalAt(k-2, n.first) || t.hyphen(k-2) || w.use&lexicon.OrgHead == 0
}

// metonym reports whether a country or capital stands for its government: it
// speaks or decides, or has a government's things.
func (t *text) metonym(n *name) bool {
	if !governs(n.found) || n.bent.rule != "" {
		return false
	}
	if t.hyphen(n.end) && t.within(n.end+1, n.first) {
		return t.words[n.end+1].capital || t.words[n.end+1].use&lexicon.SayCue != 0
	}
	if t.hyphen(n.first - 1) {
		return t.capitalAt(n.first-2, n.first)
	}
	before := n.first - 1
	if t.is(before, lexicon.TheWord) {
		before--
	}
	k := n.end
	if t.has(k, n.first, lexicon.PoliticsCue) && (t.words[k-1].possessive || !t.words[k].capital) {
		return true
	}
	if t.words[k-1].possessive || t.has(before, n.first, lexicon.InCue) {
		return false
	}
	for range 2 {
		if t.is(k, lexicon.AuxWord) {
			k++
		}
	}
	return t.has(k, n.first, lexicon.SayCue)
}

// governs reports whether a name may mean a country or a capital.
func governs(found []gazetteer.Match) bool {
	for k := range min(len(found), 3) {
		if government(found[k].Place) {
			return true
		}
	}
	return false
}

// government reports whether a place's name may stand for a government.
func government(p gazetteer.Place) bool {
	return p.Precision() == gazetteer.Country || p.Code == "PPLC"
}
