package gazetteer

// capitalCode is the GeoNames feature code of a country's capital.
const capitalCode = "PPLC"

// Capital finds the capital of a country by its ISO code: the seat of its
// government that is largest, of the first layer that has one.
func (g *Gazetteer) Capital(iso string) (Place, bool) {
	p, ok := g.capitals()[iso]
	return p, ok
}

func (g *Gazetteer) capitalPlaces() map[string]Place {
	all := map[string]Place{}
	for _, l := range g.layers {
		own := map[string]Place{}
		for n := range uint32(l.count) {
			r := l.record(n)
			if l.codeOf(r) != capitalCode {
				continue
			}
			if p, ok := l.place(n); ok && p.Population >= own[p.Country].Population {
				own[p.Country] = p
			}
		}
		for iso, p := range own {
			if _, had := all[iso]; !had {
				all[iso] = p
			}
		}
	}
	return all
}
