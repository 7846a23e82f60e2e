package geoparse

import (
	"cmp"
	"math"
	"slices"

	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// candidate is a reading of a group of names.
type candidate struct {
	gazetteer.Match
	at       [3]float64 // unit vector of its point
	fixed    float64    // score that does not depend on the other names
	p        float64    // probability
	features [resFeatures]float64
}

// group is the names of a text that are the same: one sense a document, unless
// the text itself gives them different containers.
type group struct {
	key        string
	names      []int
	candidates []candidate
	containers []int   // groups that hold it
	held       []int   // groups that it holds
	weight     float64 // how much it says about the others
	others     float64 // how much the others say
}

// resolve chooses the reading of every group in the light of all others: first
// by what each says alone, then some rounds with the others' answers.
func (p *Parser) resolve(t *text, names []name) []group {
	groups, of := p.groups(names)
	for k := range groups {
		p.fix(t, names, &groups[k])
	}
	for i := range names {
		for _, c := range names[i].containers {
			if a, b := of[i], of[c]; a != b && !slices.Contains(groups[a].containers, b) {
				groups[a].containers = append(groups[a].containers, b)
				groups[b].held = append(groups[b].held, a)
			}
		}
	}
	home, n := p.home(t.doc.Home), rounds
	if len(groups) == 1 { // there are no others
		n = 1
	}
	for range n {
		e := gather(names, groups)
		for k := range groups {
			p.judge(t.doc, groups, k, e, home)
		}
	}
	return groups
}

// groups puts names together; of says for each name in which group it is.
func (p *Parser) groups(names []name) (groups []group, of []int) {
	index := map[string]int{}
	of = make([]int, len(names))
	for i := range names {
		n := &names[i]
		key := n.key
		if n.missing != "" && key == "" {
			key = "?" + n.missing
			for _, c := range n.containers {
				key += "|" + names[c].key
			}
		} else if other, ok := index[key]; ok && p.elsewhere(names, n, &groups[other]) {
			key += "|" + names[n.containers[0]].key
		}
		if n.missing != "" {
			key += "?" + n.missing
		}
		k, ok := index[key]
		if !ok {
			k = len(groups)
			index[key] = k
			groups = append(groups, group{key: key})
		}
		groups[k].names = append(groups[k].names, i)
		of[i] = k
	}
	return groups, of
}

// elsewhere reports whether the text gives a name a container other than those
// of the names before it: "Paris, Texas" after "Paris, France".
func (p *Parser) elsewhere(names []name, n *name, g *group) bool {
	if len(n.containers) == 0 {
		return false
	}
	seen := false
	for _, i := range g.names {
		for _, c := range names[i].containers {
			seen = true
			if names[c].key == names[n.containers[0]].key {
				return false
			}
		}
	}
	return seen
}

// fix makes the candidates of a group and what they score by themselves.
func (p *Parser) fix(t *text, names []name, g *group) {
	first := &names[g.names[0]]
	found := first.found
	if len(found) > maxCandidates {
		found = found[:maxCandidates]
	}
	best, article, initials := 0.0, false, t.initials(first)
	wanted := wantedKinds(names, g)
	for _, i := range g.names {
		best = math.Max(best, sigmoid(names[i].score))
		article = article || names[i].end-names[i].first == 1 && t.is(names[i].first-1, lexicon.TheWord)
	}
	g.weight = best * math.Sqrt(float64(len(g.names)))
	for _, m := range found {
		c := candidate{Match: m, at: vector(m.Point)}
		f := &c.features
		f[resPrior] = m.Prior
		set(&f[resHint], t.doc.Country != "" && m.Country == t.doc.Country)
		set(&f[resSettlement], m.Class == 'P')
		f[resPopulation] = math.Log10(float64(m.Population) + 10)
		f[resKnown] = math.Log10(float64(m.AltNames) + 1)
		set(&f[resState], m.Precision() == gazetteer.Country)
		set(&f[resDivision], m.Code == "ADM1")
		set(&f[resDistrict], m.Code == "ADM2")
		set(&f[resCapital], m.Code == "PPLC")
		set(&f[resSeat], m.Code == "PPLA")
		set(&f[resOwnName], m.Matched == gazetteer.NamePrimary || ownScript(g.key))
		set(&f[resInitials], initials && m.Matched != gazetteer.NameAbbreviation)
		set(&f[resArticle], m.Class == 'P' && article)
		set(&f[resWide], m.Precision() == gazetteer.Water || m.Class == 'L' && m.Precision() == gazetteer.Region)
		set(&f[resTwin], len(wanted) == 0 && m.Code == "ADM1" && hasTown(found, m.Place))
		for kind := range wanted {
			if kindFits(kind, m.Place) {
				f[resKind]++
			} else {
				f[resNotKind]++
			}
		}
		for k, x := range f {
			c.fixed += x * p.weights.Resolution[k]
		}
		g.candidates = append(g.candidates, c)
	}
	g.softmax(func(c *candidate) float64 { return c.fixed })
}

// initials reports whether a name is a short word in capitals, in a sentence in
// which that means something.
func (t *text) initials(n *name) bool {
	text := withoutPossessive(t.tokens[n.first].Text)
	return n.end-n.first == 1 && len(text) <= 4 && isUpper(text) && t.casingAt(n.first) == normalCase && !n.dateline
}

// hasTown reports whether a settlement of some size has the name of the
// division that it lies in.
func hasTown(found []gazetteer.Match, division gazetteer.Place) bool {
	for _, m := range found {
		if m.Class == 'P' && m.Country == division.Country && m.Admin1 == division.Admin1 && m.Population >= 20_000 {
			return true
		}
	}
	return false
}

func wantedKinds(names []name, g *group) map[string]bool {
	wanted := map[string]bool{}
	for _, i := range g.names {
		if names[i].wanted != "" {
			wanted[names[i].wanted] = true
		}
		if names[i].kind == Metonym {
			wanted["government"] = true
		}
	}
	return wanted
}

func (g *group) softmax(score func(*candidate) float64) {
	top := math.Inf(-1)
	for k := range g.candidates {
		top = math.Max(top, score(&g.candidates[k]))
	}
	sum := 0.0
	for k := range g.candidates {
		c := &g.candidates[k]
		c.p = math.Exp(score(c) - top)
		sum += c.p
	}
	for k := range g.candidates {
		g.candidates[k].p /= sum
	}
}

// best gives the most probable candidate.
func (g *group) best() *candidate {
	var best *candidate
	for k := range g.candidates {
		if c := &g.candidates[k]; best == nil || c.p > best.p {
			best = c
		}
	}
	return best
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func vector(p [2]float64) [3]float64 {
	lon, lat := p[0]*rad, p[1]*rad
	return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

// chordM is the straight distance in metres between two unit vectors.
func chordM(a, b [3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return earthRadiusM * math.Sqrt(x*x+y*y+z*z)
}

// evidence is what all names of a text say together.
type evidence struct {
	weight  float64
	country map[string]float64
	admin1  map[string]float64
	points  []weighed
}

// weighed is a reading of a group with its weight.
type weighed struct {
	group    int
	at       [3]float64
	weight   float64
	wide     bool // a country or continent: its point says little
	dateline bool
	place    *candidate
}

func admin1Key(c *candidate) string { return c.Country + "/" + c.Admin1 }

func gather(names []name, groups []group) *evidence {
	e := &evidence{country: map[string]float64{}, admin1: map[string]float64{}}
	const least = 0.1
	for k := range groups {
		g := &groups[k]
		dateline := false
		for _, i := range g.names {
			dateline = dateline || names[i].dateline
		}
		if len(g.candidates) > 0 {
			e.weight += g.weight
		}
		for j := range g.candidates {
			c := &g.candidates[j]
			w := g.weight * c.p
			if c.p < least {
				continue
			}
			if c.Country != "" {
				e.country[c.Country] += w
			}
			if c.Admin1 != "" {
				e.admin1[admin1Key(c)] += w
			}
			precision := c.Precision()
			e.points = append(e.points, weighed{k, c.at, w, precision == gazetteer.Country || c.RadiusM > 500_000, dateline, c})
		}
	}
	if len(e.points) > maxPoints { // so that a long text takes time in proportion to its length
		slices.SortStableFunc(e.points, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
		e.points = e.points[:maxPoints]
	}
	return e
}

// judge weighs the candidates of one group with the others' answers.
func (p *Parser) judge(d Document, groups []group, k int, e *evidence, h *home) {
	g := &groups[k]
	if len(g.candidates) == 0 {
		return
	}
	own := evidenceOf(g)
	for j := range g.candidates {
		c := &g.candidates[j]
		f := &c.features
		total := e.weight - g.weight
		g.others = total
		if total > 0 {
			f[resCountry] = positive(e.country[c.Country]-own.country[c.Country]) / (total + 1)
			f[resAdmin1] = 0
			if c.Admin1 != "" {
				key := admin1Key(c)
				f[resAdmin1] = positive(e.admin1[key]-own.admin1[key]) / (total + 1)
			}
		}
		p.around(f, c, k, e)
		f[resChain] = p.linked(groups, g, c)
		if h != nil {
			f[resHome] = math.Exp(-chordM(c.at, h.at) / homeScaleM)
			set(&f[resHomeAdmin1], c.Country == h.place.Country && c.Admin1 != "" && c.Admin1 == h.place.Admin1)
		}
	}
	g.softmax(func(c *candidate) float64 { return p.weights.reading(c) })
}

// reading gives the score of a reading among its rivals.
func (w *Weights) reading(c *candidate) float64 {
	sum := 0.0
	for k, x := range c.features {
		sum += x * w.Resolution[k]
	}
	return sum
}

func positive(x float64) float64 { return math.Max(0, x) }

func evidenceOf(g *group) *evidence {
	own := &evidence{country: map[string]float64{}, admin1: map[string]float64{}}
	for j := range g.candidates {
		c := &g.candidates[j]
		if c.p >= 0.1 {
			own.country[c.Country] += g.weight * c.p
			own.admin1[admin1Key(c)] += g.weight * c.p
		}
	}
	return own
}

// around fills in nearness to the other names, and whether they name the
// country or the division of a candidate.
func (p *Parser) around(f *[resFeatures]float64, c *candidate, own int, e *evidence) {
	near, dateline, country, admin1, town := 0.0, 0.0, 0.0, 0.0, 0.0
	for k := range e.points {
		o := &e.points[k]
		if o.group == own {
			continue
		}
		prob := math.Min(1, o.weight)
		if o.wide {
			if o.place.Country == c.Country && c.Country != "" && c.Precision() != gazetteer.Country {
				country = math.Max(country, prob)
			}
			continue
		}
		if o.place.Code == "ADM1" && o.place.Country == c.Country && o.place.Admin1 == c.Admin1 && c.Code != "ADM1" {
			admin1 = math.Max(admin1, prob)
		}
		x := math.Exp(-chordM(c.at, o.at) / nearScaleM)
		near += x * prob
		if o.dateline {
			dateline = math.Max(dateline, x)
		}
		if c.Parent != "" && o.place.ID == c.Parent {
			town = math.Max(town, prob)
		}
	}
	f[resNear], f[resDateline] = near/(near+1), dateline
	f[resAncestor] = country*0.5 + admin1
	switch c.Precision() {
	case gazetteer.Site, gazetteer.Street, gazetteer.Neighbourhood:
		f[resMinor] = 1 - town
	}
}

// linked is how far the containers that the text gives hold a candidate, or the
// candidate holds what the text puts into it.
func (p *Parser) linked(groups []group, g *group, c *candidate) float64 {
	sum := 0.0
	for _, k := range g.containers {
		sum = math.Max(sum, share(&groups[k], func(o *candidate) bool { return p.holds(o.Place, c.Place) }))
	}
	for _, k := range g.held {
		sum = math.Max(sum, share(&groups[k], func(o *candidate) bool { return p.holds(c.Place, o.Place) }))
	}
	return sum
}

// share is the probability of a group's readings for which ok holds.
func share(g *group, ok func(*candidate) bool) float64 {
	sum := 0.0
	for j := range g.candidates {
		if c := &g.candidates[j]; c.p > 0.01 && ok(c) {
			sum += c.p
		}
	}
	return sum
}
