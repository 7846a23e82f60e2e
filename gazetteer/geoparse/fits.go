package geoparse

import "dateline/gazetteer"

// kindFits reports whether a place is of a kind that the text says.
func kindFits(kind string, p gazetteer.Place) bool {
	precision := p.Precision()
	switch kind {
	case "government":
		return government(p)
	case "country":
		return precision == gazetteer.Country
	case "region":
		return p.Class == 'A' && precision != gazetteer.Country || precision == gazetteer.Region
	case "district":
		return p.Class == 'A' && precision != gazetteer.Country || precision == gazetteer.Neighbourhood
	case "settlement":
		return p.Class == 'P'
	case "quarter":
		return precision == gazetteer.Neighbourhood || p.Class == 'P' && p.Code != "PPLC"
	case "camp":
		return precision == gazetteer.Neighbourhood || p.Class == 'L' || p.Code == "PPLX"
	case "street":
		return precision == gazetteer.Street
	case "site":
		return precision == gazetteer.Site || precision == gazetteer.Street
	case "water":
		return p.Class == 'H'
	case "land":
		return p.Class == 'T' || p.Class == 'L' || p.Class == 'U' || p.Class == 'V'
	}
	return true
}

// fitting keeps the places of a kind.
func fitting(found []gazetteer.Match, kind string) []gazetteer.Match {
	var kept []gazetteer.Match
	for _, m := range found {
		if kindFits(kind, m.Place) {
			kept = append(kept, m)
		}
	}
	return kept
}
