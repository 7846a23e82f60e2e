package geoparse

import (
	"math"
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// fuzzy is a gazetteer that finds misspelt names inside a country.
type fuzzy interface {
	Fuzzy(name string, w gazetteer.Within, limit int) []gazetteer.Match
}

// Locate reads a phrase that a person typed as a place, such as "Palestine
// Street, Baghdad" or "10 km north of Mosul", and ranks what it may mean, the
// most probable first. country is an ISO 3166-1 alpha-2 hint, empty for none.
// Where only a part of the phrase is known the locations say in NotFound which
// part is not. It gives none where nothing is known.
func (p *Parser) Locate(phrase, country string) []Location {
	phrase = strings.TrimSpace(phrase)
	if found := p.places.LookupFolded(gazetteer.Fold(phrase)); len(found) > 0 {
		return p.rank(phrase, country, []name{{key: "?", found: found, kind: Literal, score: givenScore, bent: bend{partner: -1}}}, 0)
	}
	t := newText(Document{Text: phrase, Country: country}, p.language)
	for s, c := range t.casing {
		if c == titleCase || c == upperCase {
			t.casing[s] = normalCase
		}
	}
	names := p.phraseNames(t)
	if len(names) == 0 {
		return p.misspelt(phrase, country)
	}
	return p.rankIn(t, names, mainName(names))
}

// phraseNames are the names of a phrase, every one taken for a place.
func (p *Parser) phraseNames(t *text) []name {
	names := p.named(t, p.find(t))
	names = inOrder(append(names, p.coordinated(t, names)...))
	p.study(t, names)
	for k := range names {
		names[k].score = givenScore
		if names[k].kind == "" {
			names[k].kind = Literal
		}
	}
	if len(names) > 0 {
		t.prefix(&names[0])
	}
	return names
}

// prefix notes the words before the first name that are neither its locative
// nor an article: a place that the gazetteer does not know.
func (t *text) prefix(n *name) {
	end := n.bent.first
	for end > 0 && (t.words[end-1].use&(lexicon.TheWord|lexicon.InCue) != 0) {
		end--
	}
	for end > 0 && t.tokens[end-1].Kind == lexicon.Mark {
		end--
	}
	if end > 0 && n.bent.rule == "" {
		n.unread = t.doc.Text[t.tokens[0].Start:t.tokens[end-1].End]
	}
}

// mainName is the name that carries a locative of two names, else the first
// that is no other's container.
func mainName(names []name) int {
	for k := range names {
		if names[k].bent.partner >= 0 {
			return k
		}
	}
	for k := range names {
		if !names[k].contains {
			return k
		}
	}
	return 0
}

func (p *Parser) rank(phrase, country string, names []name, main int) []Location {
	t := newText(Document{Text: phrase, Country: country}, p.language)
	return p.rankIn(t, names, main)
}

func (p *Parser) rankIn(t *text, names []name, main int) []Location {
	r := p.resolved(t, names)
	g := &r.groups[r.of[main]]
	if len(g.candidates) == 0 {
		if l := r.inContainer(main); l != nil {
			return []Location{*l}
		}
		return nil
	}
	slices.SortStableFunc(g.candidates, func(a, b candidate) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	var out []Location
	for k := range g.candidates {
		c := &g.candidates[k]
		confidence := c.p * sigmoid(givenScore)
		if c.Approximate() {
			confidence = math.Min(confidence, gazetteer.MaxRecalledConfidence)
		}
		l := r.bent(main, c, confidence)
		l.NotFound = names[main].unread
		out = append(out, *l)
	}
	return out
}

// misspelt looks for a name that differs by a letter, inside the country alone.
func (p *Parser) misspelt(phrase, country string) []Location {
	g, ok := p.places.(fuzzy)
	if !ok || country == "" {
		return nil
	}
	const most = 10
	var out []Location
	for _, m := range g.Fuzzy(phrase, gazetteer.Within{Country: country}, most) {
		s := whole(m.Place)
		out = append(out, Location{Place: m.Place, Point: s.point, RadiusM: s.radiusM, Precision: m.Precision(), Confidence: 0.5})
	}
	return out
}
