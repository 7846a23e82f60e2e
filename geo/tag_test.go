package geo_test

import (
	"testing"

	"dateline/geo"
)

func TestVeiledTags(t *testing.T) {
	for tag, want := range map[string]bool{geo.TagGraphic: true, geo.TagPrivate: true, "graphics": false, "": false} {
		i := geo.Incident{Tags: []string{"other", tag}}
		if i.Veiled() != want {
			t.Errorf("tag %q: veiled %v, want %v", tag, i.Veiled(), want)
		}
	}
}

func TestKeptApart(t *testing.T) {
	a, b, c := geo.Incident{ID: "a", Tags: []string{geo.ApartTag("b")}}, geo.Incident{ID: "b"}, geo.Incident{ID: "c"}
	for _, tc := range []struct {
		x, y *geo.Incident
		want bool
	}{{&a, &b, true}, {&b, &a, true}, {&a, &c, false}, {&b, &c, false}} {
		if got := geo.KeptApart(tc.x, tc.y); got != tc.want {
			t.Errorf("%s and %s apart: %v, want %v", tc.x.ID, tc.y.ID, got, tc.want)
		}
	}
}
