package source

import (
	"cmp"
	"math"
	"slices"

	"dateline/gazetteer"
)

// complete fills in what the rows of a cell lack (country, division, parent,
// radius) and joins rows of several inputs that are one place.
func (g *gather) complete(cell []placeRow, b *gazetteer.Builder) ([]placeRow, error) {
	for k := range cell {
		p := &cell[k]
		if p.Country == "" && g.locate(p, cell) {
			if err := b.Division(p.Country, p.Admin1, p.Admin1); err != nil {
				return nil, err
			}
		}
		g.divide(p)
		if p.RadiusM <= 0 {
			p.RadiusM = defaultRadius(p.Place)
		}
	}
	if len(g.job.Files) < 2 {
		return cell, nil
	}
	kept := joined(cell, func(from, into *placeRow) {
		g.result.Joined++
		b.Alias(from.ID, into.ID)
	})
	slices.SortFunc(kept, func(x, y placeRow) int { return cmp.Compare(x.ID, y.ID) })
	return kept, nil
}

// locate gives a row without country that of the nearest town: of the cell where
// it has one near, else of the gazetteer below, which it reports: its divisions
// go by their names.
func (g *gather) locate(p *placeRow, cell []placeRow) (below bool) {
	least := float64(nearTownM)
	for k := range cell {
		o := &cell[k]
		if o.Class != 'P' || o.Country == "" || o.input == p.input {
			continue
		}
		if d := gazetteer.DistanceM(p.Point, o.Point); d < least {
			least, p.Country, p.Admin1 = d, o.Country, o.Admin1
		}
	}
	if p.Country != "" || g.job.Base == nil {
		return false
	}
	for _, m := range g.job.Base.Near(p.Point, farTownM, maxNear) {
		if m.Class == 'P' && m.Country != "" {
			p.Country, p.Admin1 = m.Country, m.Admin1
			return p.Admin1 != ""
		}
	}
	return false
}

// How near a town must be that tells in which country and division a row lies,
// and how many places are looked at for one.
const (
	nearTownM = 20_000
	farTownM  = 80_000
	maxNear   = 40
)

// divide gives a row its division as its parent, and a division its extent.
func (g *gather) divide(p *placeRow) {
	keys := p.unitKeys()
	own, is := p.unitKey()
	if is && p.RadiusM == 0 {
		p.RadiusM = g.units[own].radius(p)
	}
	if p.Parent != "" {
		return
	}
	for _, key := range slices.Backward(keys) {
		if u := g.units[key]; u != nil && u.id != "" && u.id != p.ID && !(is && len(key) >= len(own)) {
			p.Parent = u.id
			return
		}
	}
	if home := g.homes[p.Country]; home != p.ID {
		p.Parent = home
	}
}

// radius in metres from a division's point that holds the box of its places; 0
// where it has none.
func (u *unit) radius(p *placeRow) float64 {
	if u == nil || u.places == 0 {
		return 0
	}
	if u.east-u.west > 180 {
		return defaultRadius(p.Place)
	}
	reach := 0.0
	for _, lon := range []float64{u.west, u.east} {
		for _, lat := range []float64{u.south, u.north} {
			reach = max(reach, gazetteer.DistanceM(p.Point, [2]float64{lon, lat}))
		}
	}
	return math.Min(reach+divisionMarginM, cmp.Or(widest[p.Code], reach+divisionMarginM))
}

// sameM is how far apart rows of two inputs that have a name in common may be and
// still be one place, in metres.
func sameM(p gazetteer.Place) float64 {
	switch p.Class {
	case 'P':
		return math.Max(2_000, p.RadiusM/2)
	case 'A', 'H', 'T', 'L':
		return math.Max(2_000, math.Min(p.RadiusM, 50_000))
	case 'R':
		return 1_500
	}
	return 500
}

// alike reports whether two rows may be one place by their kinds: settlements,
// divisions of one level, or the same class.
func alike(a, b gazetteer.Place) bool {
	if a.Class == 'A' || b.Class == 'A' {
		return a.Class == b.Class && a.Code == b.Code
	}
	return a.Class == b.Class
}

// joined joins rows of different inputs with a name in common, of one kind and
// near each other: into the row of the earlier input.
func joined(cell []placeRow, into func(from, into *placeRow)) []placeRow {
	slices.SortStableFunc(cell, func(a, b placeRow) int { return cmp.Compare(a.input, b.input) })
	byName := map[string][]int{}
	var kept []placeRow
	for k := range cell {
		p := &cell[k]
		keys := p.keys()
		if at := twin(kept, byName, keys, p); at >= 0 {
			into(p, &kept[at])
			kept[at].join(p)
			for _, key := range keys {
				byName[key] = append(byName[key], at)
			}
			continue
		}
		for _, key := range keys {
			byName[key] = append(byName[key], len(kept))
		}
		kept = append(kept, *p)
	}
	return kept
}

// twin finds the kept row that a row is another of; -1 where there is none.
func twin(kept []placeRow, byName map[string][]int, keys []string, p *placeRow) int {
	best, least := -1, math.Inf(1)
	for _, key := range keys {
		for _, at := range byName[key] {
			o := &kept[at]
			if o.input == p.input || !alike(o.Place, p.Place) || o.Country != "" && p.Country != "" && o.Country != p.Country {
				continue
			}
			if d := gazetteer.DistanceM(o.Point, p.Point); d <= sameM(o.Place) && d < least {
				best, least = at, d
			}
		}
	}
	return best
}

// keys are the folded names of a row, without articles, each once.
func (p *placeRow) keys() []string {
	keys := []string{bare(p.Name)}
	for _, n := range p.Names {
		if key := bare(n.Text); !slices.Contains(keys, key) && key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}
