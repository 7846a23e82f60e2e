package geoparse

import "dateline/gazetteer"

// Studied is what a parser weighed about one name of a text: the numbers that
// its weights multiply, in the order of Weights. It is there for the program
// that fits the weights.
type Studied struct {
	Span
	Kind       Kind
	Place      []float64 // features of its recognition
	Score      float64   // log-odds of being a place
	Accepted   bool      // taken for a place
	Readings   []Reading // of one that was taken for a place
	Answer     *Location // where it was placed
	Confidence []float64 // features of the confidence of the answer
}

// Reading is one of the places that a name may mean.
type Reading struct {
	Place    gazetteer.Place
	Features []float64
	P        float64 // probability
}

// Study parses a text and tells what was weighed about every name that may be a
// place, in the order of the text. Where spans are given it is about these, all
// taken for places.
func (p *Parser) Study(d Document, spans []Span) []Studied {
	t := newText(d, p.language)
	var names []name
	var out []Studied
	if spans == nil {
		names = p.proposed(t)
		for k := range names {
			if names[k].kind != "" {
				out = append(out, studiedName(t, &names[k]))
			}
		}
		names = accepted(names)
	} else {
		names, _ = p.given(t, spans)
		p.takeAll(t, names)
		for k := range names {
			out = append(out, studiedName(t, &names[k]))
		}
	}
	r := p.resolved(t, names)
	at := map[Span]int{}
	for k := range out {
		at[out[k].Span] = k
	}
	for i := range names {
		if k, ok := at[t.span(&names[i])]; ok {
			r.studyAnswer(i, &out[k])
		}
	}
	return out
}

func studiedName(t *text, n *name) Studied {
	return Studied{Span: t.span(n), Kind: n.kind, Place: append([]float64(nil), n.features[:]...), Score: n.score}
}

func (r *resolved) studyAnswer(i int, s *Studied) {
	g := &r.groups[r.of[i]]
	s.Accepted = true
	for j := range g.candidates {
		c := &g.candidates[j]
		s.Readings = append(s.Readings, Reading{c.Place, append([]float64(nil), c.features[:]...), c.p})
	}
	s.Answer = r.locate(i)
	if best := g.best(); best != nil && s.Answer != nil {
		f := r.confidenceFeatures(i, best)
		s.Confidence = f[:]
	}
}
