package geoparse

import (
	"sync"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// Parser finds and resolves place names. It is safe for concurrent use.
type Parser struct {
	places   Gazetteer
	language *lexicon.Language
	words    *lexicon.PlaceWords
	weights  Weights
	endings  []lexicon.Ending  // folded as names are
	peoples  map[string]string // folded words for a people -> ISO code of its country
	parts    sync.Map          // partKey -> shape
}

// New makes a parser that knows the places of a gazetteer and the words of a
// language.
func New(g Gazetteer, l *lexicon.Language) *Parser {
	p := &Parser{places: g, language: l, words: &l.Place, weights: OwnWeights(), peoples: map[string]string{}}
	for word, iso := range l.Event.Peoples {
		p.peoples[gazetteer.Fold(word)] = iso
	}
	for _, e := range l.Place.Endings {
		p.endings = append(p.endings, lexicon.Ending{Case: gazetteer.FoldWord(e.Case), First: gazetteer.FoldWord(e.First)})
	}
	return p
}

// WithWeights makes a parser that weighs otherwise.
func (p *Parser) WithWeights(w Weights) *Parser {
	return &Parser{places: p.places, language: p.language, words: p.words, weights: w, endings: p.endings, peoples: p.peoples}
}

// Parse finds the place names of a text, in its order, and resolves them
// together.
func (p *Parser) Parse(d Document) []Mention {
	t := newText(d, p.language)
	return p.resolved(t, accepted(p.proposed(t))).mentions()
}

// proposed finds the names that may be places, and judges each.
func (p *Parser) proposed(t *text) []name {
	names := p.unheard(t, p.capitals(t, p.named(t, p.find(t))))
	names = inOrder(append(names, p.coordinated(t, names)...))
	p.study(t, names)
	p.recognise(t, names)
	return names
}

// study reads what the text says about the names: locatives, senses,
// containers and the dateline.
func (p *Parser) study(t *text, names []name) {
	p.bendAll(t, names)
	p.sense(t, names)
	p.link(t, names)
	p.towns(t, names)
	t.datelines(names)
}

// Resolve places the given spans, which need not be in order: one mention for
// each, in the order given. A span that the text does not have, or that holds
// no word, gives a mention without a location.
func (p *Parser) Resolve(d Document, spans []Span) []Mention {
	t := newText(d, p.language)
	names, at := p.given(t, spans)
	p.takeAll(t, names)
	found := p.resolved(t, names).mentions()
	texts := spanTexts(d.Text, spans)
	out := make([]Mention, len(spans))
	for k, s := range spans {
		if at[k] >= 0 {
			out[k] = found[at[k]]
		} else {
			out[k] = Mention{Kind: Literal}
		}
		out[k].Span, out[k].Text = s, texts[k]
	}
	return out
}

// takeAll takes every name for a place.
func (p *Parser) takeAll(t *text, names []name) {
	p.study(t, names)
	for k := range names {
		if names[k].kind == "" {
			names[k].kind = Literal
		}
		p.ownFeatures(t, &names[k])
		names[k].score = givenScore
	}
}

// givenScore are the log-odds that a span which someone marked is a place.
const givenScore = 4

// spanTexts are the texts of spans of code points, empty where one lies outside.
func spanTexts(text string, spans []Span) []string {
	at := make([]int, 0, len(text)+1) // byte of each code point
	for k := range text {
		at = append(at, k)
	}
	at = append(at, len(text))
	out := make([]string, len(spans))
	for k, s := range spans {
		if s.Start >= 0 && s.Start <= s.End && s.End < len(at) {
			out[k] = text[at[s.Start]:at[s.End]]
		}
	}
	return out
}

// accepted drops the names that are no places, and mends the indexes of the
// rest.
func accepted(names []name) []name {
	at := make([]int, len(names))
	kept := make([]name, 0, len(names))
	for k := range names {
		at[k] = -1
		bar := float64(recognitionBar)
		if names[k].kind == Embedded {
			bar = embeddedBar
		}
		if names[k].kind != "" && names[k].score >= bar {
			at[k] = len(kept)
			kept = append(kept, names[k])
		}
	}
	for k := range kept {
		n := &kept[k]
		containers := n.containers[:0]
		for _, c := range n.containers {
			if at[c] >= 0 {
				containers = append(containers, at[c])
			}
		}
		n.containers = containers
		if n.bent.partner >= 0 {
			if n.bent.partner = at[n.bent.partner]; n.bent.partner < 0 {
				n.bent = bend{first: n.first, end: n.end, partner: -1}
			}
		}
	}
	return kept
}
