package geo_test

import (
	"testing"

	"dateline/gazetteer"
	"dateline/geo"
)

// Every precision of ours has a code in every scheme, and the codes of the
// design's table come back as it says.
func TestPrecisionCodes(t *testing.T) {
	for _, scheme := range []string{geo.SchemeUCDP, geo.SchemeACLED, geo.SchemeGDELT} {
		for _, p := range gazetteer.Precisions {
			code := geo.PrecisionCode(scheme, p)
			back, ok := geo.PrecisionFrom(scheme, code)
			if code == "" || !ok || geo.PrecisionCode(scheme, back) != code {
				t.Errorf("%s: %s is %q, which is %q again", scheme, p, code, back)
			}
		}
	}
	for _, tc := range []struct {
		scheme, code string
		want         gazetteer.Precision
	}{
		{geo.SchemeUCDP, "1", gazetteer.Settlement}, {geo.SchemeUCDP, "2", gazetteer.Area}, {geo.SchemeUCDP, "3", gazetteer.District},
		{geo.SchemeUCDP, "4", gazetteer.Region}, {geo.SchemeUCDP, "5", gazetteer.Water}, {geo.SchemeUCDP, "6", gazetteer.Country}, {geo.SchemeUCDP, "7", gazetteer.Water},
		{geo.SchemeACLED, "1", gazetteer.Settlement}, {geo.SchemeACLED, "2", gazetteer.District}, {geo.SchemeACLED, "3", gazetteer.Region},
		{geo.SchemeGDELT, "1", gazetteer.Country}, {geo.SchemeGDELT, "2", gazetteer.Region}, {geo.SchemeGDELT, "3", gazetteer.Settlement},
		{geo.SchemeGDELT, "4", gazetteer.Settlement}, {geo.SchemeGDELT, "5", gazetteer.Region},
	} {
		if got, ok := geo.PrecisionFrom(tc.scheme, tc.code); !ok || got != tc.want {
			t.Errorf("%s %s: %q, want %q", tc.scheme, tc.code, got, tc.want)
		}
	}
	for _, code := range []string{"", "0", "8", "x"} {
		if p, ok := geo.PrecisionFrom(geo.SchemeUCDP, code); ok {
			t.Errorf("UCDP %q is %s", code, p)
		}
	}
}
