package geo

import "dateline/gazetteer"

// The schemes of precision codes that other data sets use.
const (
	SchemeUCDP  = "ucdp"  // where_prec of UCDP GED, 1 to 7
	SchemeACLED = "acled" // geo_precision of ACLED, 1 to 3
	SchemeGDELT = "gdelt" // ActionGeo_Type of GDELT 2.0, 1 to 5
)

// precisionCodes is the table of the design: what a precision of ours is called
// elsewhere. UCDP's 5 is a line or another fuzzy shape. GDELT: 1 country, 2 a
// state of the USA, 3 a city of the USA, 4 a city, 5 a first-level division.
var precisionCodes = []struct {
	precision          gazetteer.Precision
	ucdp, acled, gdelt string
}{
	{gazetteer.Settlement, "1", "1", "4"}, // first: what a code of theirs becomes
	{gazetteer.Exact, "1", "1", "4"},
	{gazetteer.Site, "1", "1", "4"},
	{gazetteer.Street, "1", "1", "4"},
	{gazetteer.Neighbourhood, "1", "1", "4"},
	{gazetteer.Area, "2", "2", "4"},
	{gazetteer.District, "3", "2", "5"},
	{gazetteer.Region, "4", "3", "5"},
	{gazetteer.Country, "6", "3", "1"},
	{gazetteer.Water, "7", "2", "4"},
}

// furtherCodes are codes of theirs that none of ours becomes, or not first.
var furtherCodes = map[string]map[string]gazetteer.Precision{
	SchemeUCDP:  {"5": gazetteer.Water},
	SchemeACLED: {"2": gazetteer.District}, // a town that stands for the land around it: no point
	SchemeGDELT: {"2": gazetteer.Region, "3": gazetteer.Settlement, "5": gazetteer.Region},
}

// PrecisionCode is what a scheme calls a precision, empty where it has no word.
func PrecisionCode(scheme string, p gazetteer.Precision) string {
	for _, c := range precisionCodes {
		if c.precision == p {
			return map[string]string{SchemeUCDP: c.ucdp, SchemeACLED: c.acled, SchemeGDELT: c.gdelt}[scheme]
		}
	}
	return ""
}

// PrecisionFrom goes back from a scheme's code, to the first row of the table that
// has it: what is coded as a settlement or finer is a settlement. ok is false for
// an unknown code.
func PrecisionFrom(scheme, code string) (p gazetteer.Precision, ok bool) {
	if p, ok := furtherCodes[scheme][code]; ok {
		return p, true
	}
	for _, c := range precisionCodes {
		if code != "" && PrecisionCode(scheme, c.precision) == code {
			return c.precision, true
		}
	}
	return "", false
}
