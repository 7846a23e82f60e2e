package geoparse

import (
	"math"
	"strings"
	"testing"
)

// The embedded table has every feature, and comes out as it went in.
func TestWeightsTable(t *testing.T) {
	w, err := ReadWeights(weightsTSV)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadWeights(w.Table())
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range w.parts() {
		for j, x := range p.values {
			if math.Abs(x-again.parts()[k].values[j]) > 0.005 {
				t.Errorf("%s %s was %v and is %v", p.name, p.features[j], x, again.parts()[k].values[j])
			}
		}
	}
}

func TestWeightsErrors(t *testing.T) {
	lines := strings.SplitAfter(weightsTSV, "\n")
	for _, tc := range []struct{ name, table, want string }{
		{"no header", strings.Join(lines[1:], ""), "line 1"},
		{"a feature twice", lines[0] + lines[1] + lines[1], "line 3"},
		{"unknown", lines[0] + "recognition\tluck\t1\tno\n", `"luck"`},
		{"no number", lines[0] + "recognition\tbias\tx\talways\n", "line 2, column weight"},
		{"missing", strings.Join(lines[:9], ""), "8 features"},
	} {
		if _, err := ReadWeights(tc.table); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: the error is %v, want %q", tc.name, err, tc.want)
		}
	}
}
