package report

import (
	"slices"
	"strings"

	"dateline/geo/lexicon"
)

// domains of a run of tokens.
func (d *doc) domains(s span) []string {
	var all []string
	for k := s.i; k < s.j; k++ {
		if d.zone[k] != "" {
			all = append(all, strings.Fields(d.zone[k])...)
		}
	}
	return all
}

// senseOf narrows a trigger to an event type by what its clause, else its
// sentence, speaks of; "-" is silence.
func (d *doc) senseOf(m *mark[*lexicon.Trigger]) string {
	sense := m.v.Sense
	if len(d.words.Refinements[sense]) == 0 {
		return sense
	}
	harmed := d.harmed(m)
	for _, in := range []struct {
		among []string
		other string
	}{{d.domains(d.clauseOf(m.i)), "sentence"}, {d.domains(d.sentence(m.i)), "clause"}} {
		for _, r := range d.words.Refinements[sense] {
			if r.Domain == "*" || r.Within == in.other || r.Pos != "" && (r.Pos == "n") != m.v.Noun {
				continue
			}
			if !all(in.among, r.Domain) || r.Type == "-" && harmed {
				continue
			}
			if r.Type == "x" {
				return "-"
			}
			return r.Type
		}
	}
	for _, r := range d.words.Refinements[sense] {
		if r.Within == "report" && (r.Pos == "" || (r.Pos == "n") == m.v.Noun) && d.speaksOf(r.Domain) {
			return r.Type
		}
		if r.Domain == "*" && (r.Pos == "" || (r.Pos == "n") == m.v.Noun) {
			return r.Type
		}
	}
	return "-"
}

// speaksOf: some sentence of the report speaks of a domain.
func (d *doc) speaksOf(domain string) bool {
	if d.spoke == nil {
		d.spoke = map[string]bool{}
		for _, zone := range d.zone {
			for _, z := range strings.Fields(zone) {
				d.spoke[z] = true
			}
		}
	}
	return d.spoke[domain]
}

// harmed: the sentence says beside a trigger, or a sure one itself ("was shot
// dead"), that people were killed or hurt, which no game or market does.
func (d *doc) harmed(m *mark[*lexicon.Trigger]) bool {
	in := d.sentence(m.i)
	for k := in.i; k < in.j; k++ {
		if c := d.casualty.on(k); c != nil && (!m.has(k) || m.v.Strength == "sure") && (c.v.Measure == "killed" || c.v.Measure == "injured") && c.v.Grammar != "lives" {
			return true
		}
	}
	return false
}

// all reports whether text speaks of every domain of a refinement: "army+town".
func all(among []string, domains string) bool {
	for len(domains) > 0 {
		var one string
		one, domains, _ = strings.Cut(domains, "+")
		if !slices.Contains(among, one) {
			return false
		}
	}
	return true
}
