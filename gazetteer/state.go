package gazetteer

// capitalCode is the GeoNames feature code of a country's capital.
const capitalCode = "PPLC"

// Capital finds the capital of a country by its ISO code: the seat of its
// government that is largest, of the first layer that has one.
func (g *Gazetteer) Capital(iso string) (Place, bool) {
	p, ok := g.states().capitals[iso]
	return p, ok
}

// Country finds a country by its ISO code, in the first layer that has it.
func (g *Gazetteer) Country(iso string) (Place, bool) {
	p, ok := g.states().countries[iso]
	return p, ok
}

// states are the countries and their capitals, by ISO code.
type states struct{ countries, capitals map[string]Place }

func (g *Gazetteer) readStates() states {
	all := states{map[string]Place{}, map[string]Place{}}
	for _, l := range g.layers {
		own := states{map[string]Place{}, map[string]Place{}}
		for n := range uint32(l.count) {
			r := l.record(n)
			if code := l.codeOf(r); code != capitalCode && (Place{Class: r[recClass], Code: code}).Precision() != Country {
				continue
			}
			p, ok := l.place(n)
			switch {
			case !ok:
			case p.Code == capitalCode:
				largest(own.capitals, p)
			default:
				largest(own.countries, p)
			}
		}
		for iso, p := range own.capitals {
			if _, had := all.capitals[iso]; !had {
				all.capitals[iso] = p
			}
		}
		for iso, p := range own.countries {
			if _, had := all.countries[iso]; !had {
				all.countries[iso] = p
			}
		}
	}
	return all
}

// largest keeps the place with the most people of each country.
func largest(places map[string]Place, p Place) {
	if have, had := places[p.Country]; !had || p.Population > have.Population {
		places[p.Country] = p
	}
}
