package geoparse

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/gazetteer"
)

// resolved is a text with its names and their readings.
type resolved struct {
	*Parser
	t      *text
	names  []name
	groups []group
	of     []int // for each name its group
}

func (p *Parser) resolved(t *text, names []name) *resolved {
	groups := p.resolve(t, names)
	return &resolved{p, t, names, groups, groupOf(names, groups)}
}

// mentions writes the names out, in the order of the names.
func (r *resolved) mentions() []Mention {
	t, names := r.t, r.names
	out := make([]Mention, len(names))
	for i := range names {
		n := &names[i]
		m := &out[i]
		m.Kind, m.Dateline, m.Candidates, m.Chain = n.kind, n.dateline, len(n.found), slices.Clone(n.containers)
		m.Tokens = Span{n.first, n.end}
		m.Span = t.span(n)
		m.Text = t.doc.Text[t.tokens[n.first].Start:n.stop]
		m.Name, m.Extent = n.own, m.Span
		if n.bent.rule != "" {
			m.Locative = t.locative(n)
			m.Extent = Span{min(m.Start, t.tokens[n.bent.first].Rune), max(m.End, t.runeAt(n.bent.end-1, t.stopOf(names, n)))}
			if m.Kind == Demonym && n.bent.bends() {
				m.Kind = Literal
			}
		}
		m.Location = r.locate(i)
	}
	return out
}

// span of a name in code points.
func (t *text) span(n *name) Span { return Span{t.tokens[n.first].Rune, t.runeAt(n.end-1, n.stop)} }

// groupOf says for each name in which group it is.
func groupOf(names []name, groups []group) []int {
	of := make([]int, len(names))
	for k, g := range groups {
		for _, i := range g.names {
			of[i] = k
		}
	}
	return of
}

// stopOf is the byte at which a bent name's last token ends.
func (t *text) stopOf(names []name, n *name) int {
	if n.bent.partner >= 0 && names[n.bent.partner].end == n.bent.end {
		return names[n.bent.partner].stop
	}
	if n.bent.end == n.end {
		return n.stop
	}
	return t.tokens[n.bent.end-1].End
}

// runeAt is the code point at a byte of token k.
func (t *text) runeAt(k, at int) int {
	token := t.tokens[k]
	return token.Rune + utf8.RuneCountInString(t.doc.Text[token.Start:min(max(at, token.Start), token.End)])
}

// locative is the words that bend a name, as written.
func (t *text) locative(n *name) string {
	m := n.bent.match
	if m.End <= m.First {
		return ""
	}
	words := t.doc.Text[t.tokens[m.First].Start:t.tokens[m.End-1].End]
	if n.bent.rule == "coast" && n.bent.behind {
		words = "off the " + words
	}
	return strings.Join(strings.Fields(words), " ")
}

// locate gives the location of a name, nil where it has none: its best reading
// bent by its locative, or its container where it is not known itself.
func (r *resolved) locate(i int) *Location {
	n, g := &r.names[i], &r.groups[r.of[i]]
	best := g.best()
	if best == nil {
		return r.inContainer(i)
	}
	confidence := best.p * sigmoid(n.score+confidenceShift)
	if confidence < answerBar || g.homeless(best) {
		return r.inContainer(i)
	}
	confidence = r.confidence(i, best)
	if best.Approximate() {
		confidence = math.Min(confidence, gazetteer.MaxRecalledConfidence)
	}
	return r.bent(i, best, confidence)
}

// bent bends a reading of a name by its locative.
func (r *resolved) bent(i int, c *candidate, confidence float64) *Location {
	n := &r.names[i]
	var other *gazetteer.Place
	if n.bent.partner >= 0 {
		if o := r.groups[r.of[n.bent.partner]].best(); o != nil {
			other = &o.Place
		}
	}
	s, precision := n.bent.shapeOf(c.Place, other)
	if d := n.bent.match.Direction; n.bent.rule == "part" && c.Class == 'A' {
		s = r.wideShape(c.Place, d.Bearing, d.Half)
	}
	if n.bent.rule == "" && n.wanted == "district" && c.Class == 'P' && precision == gazetteer.Settlement {
		s.radiusM, precision = math.Max(s.radiusM*districtPerTown, districtReachM), gazetteer.District
	}
	l := &Location{Place: c.Place, Point: s.point, RadiusM: s.radiusM, Precision: precision, Area: s.area, Confidence: confidence}
	if n.bent.rule != "" {
		l.Locative = r.t.locative(n)
	}
	return l
}

// homeless reports whether a reading is a street or quarter of a town that
// nothing in the text speaks for, while there are other readings.
func (g *group) homeless(c *candidate) bool {
	if c.features[resMinor] < 0.7 || c.features[resChain] > 0.3 {
		return false
	}
	switch c.Precision() {
	case gazetteer.Street, gazetteer.Neighbourhood:
		return len(g.candidates) > 1 && c.p < 0.8
	}
	return false
}

// parentShare is how sure the answer of a container is beside that of the
// container itself.
const parentShare = 0.8

// inContainer answers the container of a name that is not known itself, and
// says what was not found.
func (r *resolved) inContainer(i int) *Location {
	t, names, n := r.t, r.names, &r.names[i]
	if n.missing == "" && len(n.found) > 0 {
		return nil
	}
	for _, c := range n.containers {
		if names[c].missing != "" || c == i {
			continue
		}
		best := r.groups[r.of[c]].best()
		if best == nil || best.p < 0.3 {
			continue
		}
		return &Location{Place: best.Place, Point: best.Point, RadiusM: best.RadiusM, Precision: best.Precision(),
			Confidence: r.confidence(c, best) * parentShare, NotFound: t.doc.Text[t.tokens[n.first].Start:n.stop]}
	}
	return nil
}
