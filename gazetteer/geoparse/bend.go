package geoparse

import (
	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// bend is the locative of a name.
type bend struct {
	rule    string
	match   lexicon.LocativeMatch
	first   int // tokens of locative and name together
	end     int
	partner int // the other name of "between A and B", -1 for none
	behind  bool
}

// bendAll finds the locatives of the names.
func (p *Parser) bendAll(t *text, names []name) {
	for i := range names {
		n := &names[i]
		n.bent = bend{first: n.first, end: n.end, partner: -1}
		low := t.sentenceAt(n.first).First
		if i > 0 && names[i-1].end > low {
			low = names[i-1].end
		}
		if m, ok := p.words.MatchBefore(t.tokens, t.skipArticle(n.first, low), low); ok && p.bendBefore(t, names, i, m) {
			continue
		}
		if first := p.kindApposed(t, n); first >= low {
			if m, ok := p.words.MatchBefore(t.tokens, t.skipArticle(first, low), low); ok && p.bendBefore(t, names, i, m) {
				continue
			}
		}
		high := t.sentenceAt(n.first).End
		if i+1 < len(names) && names[i+1].first < high {
			high = names[i+1].first
		}
		if first, ok := p.kindBefore(t, n); ok && first >= low {
			n.bent.first = first
			if m, ok := p.words.MatchBefore(t.tokens, t.skipArticle(first, low), low); ok && p.bendBefore(t, names, i, m) {
				continue
			}
		}
		if m, ok := p.words.MatchAfter(t.tokens, n.end, high); ok {
			p.bendAfter(t, names, i, m)
		}
	}
}

// kindApposed is the token of a word for a settlement that stands before a name
// with its article, and says what it is: "north of the capital, X"; -1 where
// there is none.
func (p *Parser) kindApposed(t *text, n *name) int {
	k := n.first - 1
	if t.markAt(k, ",") {
		k--
	}
	if !t.within(k-1, n.first) || !t.is(k-1, lexicon.TheWord) {
		return -1
	}
	if _, kind, ok := t.kindWord(k, p.words); !ok || kind.Kind != "settlement" || kind.Plural {
		return -1
	}
	return k
}

// skipArticle steps back over "the".
func (t *text) skipArticle(k, low int) int {
	for k-1 >= low && t.is(k-1, lexicon.TheWord) {
		k--
	}
	return k
}

// bendBefore takes a locative before the name, where the names it needs are there.
func (p *Parser) bendBefore(t *text, names []name, i int, m lexicon.LocativeMatch) bool {
	n := &names[i]
	b := bend{rule: m.Rule, match: m, first: m.First, end: n.end, partner: -1}
	switch m.Rule {
	case "between", "corner", "route":
		if b.partner = t.other(names, i, m.Rule == "route"); b.partner < 0 {
			return false
		}
		b.end = names[b.partner].end
	case "border":
		if b.partner = t.other(names, i, false); b.partner >= 0 {
			b.end = names[b.partner].end
		} else if i > 0 && t.only(names[i-1].end, m.First, lexicon.TheWord|lexicon.SharedWord) && t.within(names[i-1].first, n.first) {
			b.partner, b.first = i-1, names[i-1].first
		}
	case "part", "centre":
		if m.End-m.First == 1 && t.words[m.First].capital && t.casingAt(m.First) == normalCase && m.First != t.sentenceAt(n.first).First {
			if t.words[m.First].use == 0 && n.missing != "" { // "North Main Street"
				return false
			}
		}
	case "distance":
		if way := i + 1; way < len(names) && t.within(names[way].first, n.first) && t.only(n.end, names[way].first, lexicon.WayWord|lexicon.TheWord) && names[way].first > n.end+1 {
			b.partner, b.end = way, names[way].end
		}
	}
	if demonym(n.found) {
		return false
	}
	n.bent = b
	return true
}

// other finds the second name of "A and B", "A to B".
func (t *text) other(names []name, i int, to bool) int {
	if i+1 >= len(names) || !t.within(names[i+1].first, names[i].first) {
		return -1
	}
	if t.only(names[i].end, names[i+1].first, lexicon.AndWord|lexicon.TheWord) && names[i+1].first > names[i].end {
		return i + 1
	}
	if to && t.only(names[i].end, names[i+1].first, lexicon.ToWord|lexicon.TheWord) && names[i+1].first > names[i].end {
		return i + 1
	}
	return -1
}

// bendAfter takes a locative behind the name.
func (p *Parser) bendAfter(t *text, names []name, i int, m lexicon.LocativeMatch) {
	n := &names[i]
	if t.has(m.End, n.first, lexicon.OrgHead) { // "the Greek coast guard"
		return
	}
	b := bend{rule: m.Rule, match: m, first: n.bent.first, end: m.End, partner: -1, behind: true}
	if joined := i > 0 && names[i-1].end+1 == n.first && t.hyphen(names[i-1].end); joined {
		b.partner, b.first = i-1, names[i-1].first
	}
	switch m.Rule {
	case "route":
		if b.partner < 0 {
			return
		}
	case "border":
		if t.is(m.End, lexicon.WithWord) { // "Syria's border with Iraq"
			return
		}
		if demonym(n.found) && b.partner < 0 && t.is(n.first-1, lexicon.TheWord) && t.words[m.First].capital {
			return
		}
	case "part":
		if m.End == m.First+1 && !t.words[n.end-1].possessive { // "Mosul's west", but no "Mosul west of which"
			return
		}
	case "shore":
		k := n.first - 1
		if t.is(k, lexicon.TheWord) {
			k--
		}
		if t.is(k, lexicon.OffWord) {
			b.rule, b.first = "coast", k
		}
	default:
		if demonym(n.found) {
			return
		}
	}
	n.bent = b
}

// bends reports whether the locative makes a place of what is otherwise a hint:
// "off the Libyan coast", "the Syrian-Turkish border".
func (b bend) bends() bool { return b.rule == "coast" || b.rule == "shore" || b.rule == "border" }

// shapeOf bends a place by the locative of its name; other is the place of its
// partner, nil where there is none.
func (b bend) shapeOf(p gazetteer.Place, other *gazetteer.Place) (shape, gazetteer.Precision) {
	precision, d := p.Precision(), b.match.Direction
	switch b.rule {
	case "offset", "distance", "direction", "near", "outside":
		return b.besideOf(p, other), beside(p)
	case "part", "ring", "edge", "centre", "within":
		return b.partOf(p), inside(p)
	case "coast":
		if d != nil {
			return coastTowards(p, d.Bearing), gazetteer.Water
		}
		return coast(p, b.match.DistanceM, b.match.DistanceDM), gazetteer.Water
	case "shore":
		if d != nil {
			return part(p, d.Bearing, d.Half), inside(p)
		}
		return rim(p), inside(p)
	case "border":
		if other != nil {
			return border(p, *other), gazetteer.Region
		}
		return rim(p), inside(p)
	case "between", "route":
		if other != nil {
			s := between(p, *other)
			return s, wide(s.radiusM)
		}
	case "corner":
		if other != nil && precision == gazetteer.Street {
			return corner(p, *other), gazetteer.Street
		}
	}
	return whole(p), precision
}

func (b bend) besideOf(p gazetteer.Place, other *gazetteer.Place) shape {
	m := b.match
	switch b.rule {
	case "offset":
		return offset(p, m.DistanceM, m.DistanceDM, m.Direction.Bearing, m.Direction.Half)
	case "direction":
		return direction(p, m.Direction.Bearing, m.Direction.Half)
	case "near":
		return near(p, m.DistanceM)
	case "outside":
		return outside(p)
	}
	if other != nil {
		return towards(p, m.DistanceM, m.DistanceDM, *other)
	}
	return distance(p, m.DistanceM, m.DistanceDM)
}

func (b bend) partOf(p gazetteer.Place) shape {
	d := b.match.Direction
	switch b.rule {
	case "part":
		return part(p, d.Bearing, d.Half)
	case "ring":
		if d != nil {
			return suburbsTowards(p, d.Bearing, d.Half)
		}
		return suburbs(p)
	case "edge":
		if d != nil {
			return outskirtsTowards(p, d.Bearing, d.Half)
		}
		return outskirts(p)
	case "centre":
		return centre(p)
	}
	return whole(p)
}

// corner is where two streets meet: no further from either than their extents.
func corner(a, b gazetteer.Place) shape {
	if b.RadiusM < a.RadiusM {
		a = b
	}
	return whole(a)
}

// beside is the precision of a spot near a place.
func beside(p gazetteer.Place) gazetteer.Precision {
	switch p.Precision() {
	case gazetteer.District, gazetteer.Region, gazetteer.Country:
		return gazetteer.Region
	case gazetteer.Water:
		return gazetteer.Water
	}
	return gazetteer.Area
}

// inside is the precision of a part of a place.
func inside(p gazetteer.Place) gazetteer.Precision {
	switch precision := p.Precision(); precision {
	case gazetteer.Settlement:
		return gazetteer.Area
	case gazetteer.Country:
		return gazetteer.Region
	default:
		return precision
	}
}

// wide is the precision of a radius that spans no one place.
func wide(radiusM float64) gazetteer.Precision {
	switch {
	case radiusM <= 25_000:
		return gazetteer.Area
	case radiusM <= 75_000:
		return gazetteer.District
	}
	return gazetteer.Region
}
