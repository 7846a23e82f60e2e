package geoparse

import (
	"cmp"
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

// Answer is a place that a phrase may mean, with how it came about.
type Answer struct {
	Location
	Matched Step   // what the phrase's own name is to the place
	Context []Step // the places that the phrase gives as its holders, the outermost first
}

// Step is a part of a phrase with the place that it was taken for.
type Step struct {
	Text  string
	Place gazetteer.Place
	How   How
}

// How a name is one of a place.
type How string

// The ways in which a name may be a place's.
const (
	ByOwnName      How = "own name"
	ByOtherName    How = "other name"
	ByAbbreviation How = "abbreviation"
	ByDemonym      How = "demonym"
	ByArticle      How = "name without its article"
	ByMisspelling  How = "name but for a letter"
	ByHolder       How = "part that was not found"
	ByTown         How = "district, of which the town is known"
)

func how(m gazetteer.Match) How {
	switch {
	case m.Edits > 0:
		return ByMisspelling
	case m.Loose:
		return ByArticle
	case m.Matched == gazetteer.NameDemonym:
		return ByDemonym
	case m.Matched == gazetteer.NameAbbreviation:
		return ByAbbreviation
	case m.Matched == gazetteer.NamePrimary:
		return ByOwnName
	}
	return ByOtherName
}

// Locate reads a phrase that a person typed as a place, such as "Palestine
// Street, Baghdad" or "10 km north of Mosul", and ranks what it may mean, the
// most probable first. What stands behind a comma holds what stands before it.
// country is an ISO 3166-1 alpha-2 hint, empty for none. Where only a part of
// the phrase is known the answers say in NotFound which part is not. It gives
// none where nothing is known.
func (p *Parser) Locate(phrase, country string) []Answer {
	parts := phraseParts(phrase)
	if len(parts) == 0 {
		return nil
	}
	first, s := parts[0], p.scopeOf(parts[1:])
	if answers := p.whole(first, country, &s); len(answers) > 0 {
		return answers
	}
	if answers := p.phrase(first, country, &s); len(answers) > 0 {
		return answers
	}
	if answers := p.misspelt(first, country, &s); len(answers) > 0 {
		return answers
	}
	if l := s.parentOf(first); l != nil {
		h := s.innermost()
		return []Answer{{*l, Step{h.text, h.place, ByHolder}, s.context()}}
	}
	return nil
}

// phraseParts are the parts of a phrase between its commas, each once.
func phraseParts(phrase string) []string {
	var parts []string
	for part := range strings.SplitSeq(phrase, ",") {
		part = strings.Join(strings.Fields(part), " ")
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}

func (s *scope) context() []Step {
	var steps []Step
	for _, h := range s.holders {
		step := Step{h.text, h.place, how(h.match)}
		if h.district {
			step.How = ByTown
		}
		steps = append(steps, step)
	}
	return steps
}

// whole answers a part that is a name as it stands, or with the word that says
// what sort of place it is.
func (p *Parser) whole(part, country string, s *scope) []Answer {
	n := name{key: "?", kind: Literal, score: givenScore, bent: bend{partner: -1}}
	for _, r := range p.inPart(part) {
		if _, ok := s.score(r.Place); !ok {
			continue
		}
		if len(n.found) > 0 && r.kind != n.wanted {
			break // the name as it stands goes before a part of it
		}
		n.found, n.wanted = append(n.found, r.Match), r.kind
	}
	if len(n.found) == 0 {
		return nil
	}
	t := newText(Document{Text: part, Country: country}, p.language)
	n.end = len(t.tokens)
	n.found = t.inOwnWords(&n)
	if _, kind := p.words.Kinds[t.lower(n.end-1)]; (kind || t.everyday(&n)) && n.found[0].Matched == gazetteer.NameAlternate && n.wanted == "" {
		return nil // "the area", which some town was called
	}
	return p.ranked(t, []name{n}, 0, s)
}

// phrase answers a part that has more words than a name: a locative, a street.
func (p *Parser) phrase(part, country string, s *scope) []Answer {
	t := newText(Document{Text: part, Country: country}, p.language)
	for k, c := range t.casing {
		if c == titleCase || c == upperCase {
			t.casing[k] = normalCase
		}
	}
	names := p.phraseNames(t)
	if len(names) == 0 {
		return nil
	}
	for k := range names {
		names[k].found = slices.DeleteFunc(slices.Clone(names[k].found), func(m gazetteer.Match) bool {
			_, ok := s.score(m.Place)
			return !ok
		})
	}
	main := mainName(names)
	_, kindOnly := p.words.Kinds[names[main].key]
	if unread := names[main].unread; unread != "" && (kindOnly || len(s.holders) > 0) {
		return nil // "Khayli Hamah" is not Hamah
	}
	return p.ranked(t, names, main, s)
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

// ranked resolves the names of a part of a phrase and answers what the main one
// may mean within the scope, the most probable first.
func (p *Parser) ranked(t *text, names []name, main int, s *scope) []Answer {
	r := p.resolved(t, names)
	g := &r.groups[r.of[main]]
	if len(g.candidates) == 0 {
		l := r.inContainer(main)
		if l == nil {
			return nil
		}
		return []Answer{{*l, Step{t.doc.Text, l.Place, ByHolder}, s.context()}}
	}
	g.softmax(func(c *candidate) float64 {
		score, _ := s.score(c.Place)
		if names[main].wanted == "district" && c.Class == 'A' {
			score += districtOwn
		}
		return math.Log(math.Max(c.p, 1e-9)) + score
	})
	slices.SortStableFunc(g.candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.p, a.p), strings.Compare(a.ID, b.ID))
	})
	var out []Answer
	for k := range g.candidates {
		c := &g.candidates[k]
		confidence := c.p * sigmoid(givenScore)
		if c.Approximate() {
			confidence = math.Min(confidence, gazetteer.MaxRecalledConfidence)
		}
		if names[main].unread != "" {
			confidence *= unreadShare
		}
		l := r.bent(main, c, confidence)
		l.NotFound = names[main].unread
		out = append(out, Answer{*l, Step{t.doc.Text, c.Place, how(c.Match)}, s.context()})
	}
	return out
}

// districtOwn is the score of a division over the town that bears its name.
const districtOwn = 2

// unreadShare is how sure an answer is that leaves words of a phrase unread.
const unreadShare = 0.5

// misspelt looks for a name that differs by a letter, inside a country or what
// else holds it alone.
func (p *Parser) misspelt(part, country string, s *scope) []Answer {
	g, ok := p.places.(fuzzy)
	bounds := s.bounds()
	bounds.Country = cmp.Or(bounds.Country, country)
	if !ok || bounds.Country == "" {
		return nil
	}
	const most = 10
	var out []Answer
	for name, ok := part, true; ok && len(out) == 0; name, _, ok = p.withoutKind(name) {
		for _, m := range g.Fuzzy(name, bounds, most) {
			if score, inside := s.score(m.Place); inside {
				w := whole(m.Place)
				l := Location{Place: m.Place, Point: w.point, RadiusM: w.radiusM, Precision: m.Precision(), Confidence: 0.5 * math.Exp(math.Min(0, score))}
				out = append(out, Answer{l, Step{part, m.Place, how(m)}, s.context()})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Answer) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return out
}
