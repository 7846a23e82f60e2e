package geoparse

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// holder is a place that a phrase gives as one that holds what it names before:
// the raion and the oblast of "Nevelske village, Yasynuvata raion, Donetsk oblast".
type holder struct {
	text     string
	match    gazetteer.Match
	place    gazetteer.Place
	district bool    // a town's name that stands for the district about it
	reachM   float64 // how far from its point it reaches
}

// scope is the holders of a phrase, the outermost first.
type scope struct {
	holders []holder
	unknown []string // parts of the phrase that name nothing that is known there
}

// The reaches of what holds other places, in metres.
const (
	districtReachM   = 40_000 // of a second-level division of which its town alone is known
	leastDistrictM   = 30_000
	townMarginM      = 5_000
	districtPerTown  = 3
	holderPenalty    = 2.0 // score lost at a holder's reach
	childBonus       = 2.0 // score of a place whose parent the holder is
	otherSidePenalty = 1.0 // of a place of another division that lies within the reach all the same
)

// scopeOf resolves the parts of a phrase that hold its first one, the last part
// first, each within those behind it.
func (p *Parser) scopeOf(parts []string) scope {
	var s scope
	for _, part := range slices.Backward(parts) {
		found := p.inPart(part)
		var best *reading
		for k := range found {
			r := &found[k]
			ok := false
			if r.score, ok = s.score(r.Place); ok {
				r.score += r.Prior/2 + r.fit
				if best == nil || r.score > best.score {
					best = r
				}
			}
		}
		if best == nil {
			s.unknown = append(s.unknown, part)
			continue
		}
		s.holders = append(s.holders, newHolder(part, best))
	}
	return s
}

func newHolder(part string, r *reading) holder {
	h := holder{text: part, match: r.Match, place: r.Place, reachM: r.RadiusM}
	switch {
	case r.Class == 'P' && r.kind == "district":
		h.district, h.reachM = true, math.Max(districtPerTown*r.RadiusM, districtReachM)
	case r.Precision() == gazetteer.District:
		h.reachM = math.Max(r.RadiusM, leastDistrictM)
	case r.Class == 'P':
		h.reachM = r.RadiusM*1.5 + townMarginM
	}
	return h
}

// reading is a place that a part of a phrase may name.
type reading struct {
	gazetteer.Match
	kind  string  // the kind that the part says
	fit   float64 // what the kind says for the place
	score float64
}

// inPart looks a part of a phrase up, whole and without the words that say what
// sort of place it is, before or behind it.
func (p *Parser) inPart(part string) []reading {
	var all []reading
	name, kind := part, ""
	for {
		for _, m := range p.lookup(name) {
			if m.Matched == gazetteer.NameDemonym || slices.ContainsFunc(all, func(r reading) bool { return r.ID == m.ID }) {
				continue
			}
			r := reading{Match: m, kind: kind}
			if kind == "" || kindFits(kind, m.Place) {
				r.fit = 2
			}
			all = append(all, r)
		}
		bare, word, ok := p.withoutKind(name)
		if !ok {
			return all
		}
		name, kind = bare, cmp.Or(kind, word)
	}
}

// lookup finds a name, with its articles or without.
func (p *Parser) lookup(name string) []gazetteer.Match {
	key := gazetteer.Fold(name)
	if found := p.places.LookupFolded(key); len(found) > 0 {
		return found
	}
	if bare := gazetteer.WithoutArticles(key); bare != key {
		return p.places.LookupFolded(bare)
	}
	return nil
}

// withoutKind cuts a word that says a sort of place off the end of a name
// ("Kirkuk province"), else that of a division off its beginning ("Qada Hit").
func (p *Parser) withoutKind(name string) (bare, kind string, ok bool) {
	words := strings.Fields(name)
	last := len(words) - 1
	if last < 1 {
		return "", "", false
	}
	if k, known := p.words.Kinds[gazetteer.FoldWord(words[last])]; known && k.After && !k.Plural {
		return strings.Join(words[:last], " "), k.Kind, true
	}
	k, known := p.words.Kinds[gazetteer.FoldWord(words[0])]
	if !known || k.Plural || k.Kind != "district" && k.Kind != "region" || p.words.Uses[strings.ToLower(words[1])]&lexicon.OfWord != 0 {
		return "", "", false
	}
	return strings.Join(words[1:], " "), k.Kind, true
}

// score says how well a place lies in the scope; ok is false where it does not.
func (s *scope) score(place gazetteer.Place) (score float64, ok bool) {
	for k := range s.holders {
		h := &s.holders[k]
		if h.place.ID == place.ID {
			continue
		}
		d := gazetteer.DistanceM(h.place.Point, place.Point)
		switch {
		case h.place.Precision() == gazetteer.Country:
			if place.Country != h.place.Country {
				return 0, false
			}
		case h.place.Code == "ADM1":
			if place.Country != h.place.Country || place.Admin1 != h.place.Admin1 && d > h.reachM {
				return 0, false
			}
			if place.Admin1 != h.place.Admin1 {
				score -= otherSidePenalty
			}
		case h.place.Country != "" && place.Country != "" && h.place.Country != place.Country, d > 2*h.reachM:
			return 0, false
		default:
			score -= holderPenalty * d / h.reachM
			if place.Parent == h.place.ID {
				score += childBonus
			}
		}
	}
	return score, true
}

// innermost is the smallest holder; nil where there is none.
func (s *scope) innermost() *holder {
	if len(s.holders) == 0 {
		return nil
	}
	return &s.holders[len(s.holders)-1]
}

// bounds of the scope for a search that allows for misspelling.
func (s *scope) bounds() gazetteer.Within {
	var w gazetteer.Within
	for _, h := range s.holders {
		w.Country = cmp.Or(h.place.Country, w.Country)
		w.Admin1 = cmp.Or(h.place.Admin1, w.Admin1)
	}
	return w
}

// parentOf is the answer of a phrase of which the first part is not known: the
// place that holds it, as far as it reaches.
func (s *scope) parentOf(notFound string) *Location {
	h := s.innermost()
	if h == nil {
		return nil
	}
	l := &Location{Place: h.place, Point: h.place.Point, RadiusM: h.place.RadiusM, Precision: h.place.Precision(), Confidence: parentConfidence, NotFound: notFound}
	if h.district {
		l.Precision = gazetteer.District
	}
	if l.Precision == gazetteer.District {
		l.RadiusM = h.reachM
	}
	return l
}

// parentConfidence is that of a parent which a phrase itself names.
const parentConfidence = 0.8
