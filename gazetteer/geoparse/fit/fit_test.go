package fit

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"dateline/gazetteer/geoparse"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// A logistic regression finds the weights that made its examples, and a pull
// holds what they say nothing of.
func TestLogisticFindsWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	truth := []float64{-1, 2, 0.5}
	var rows []row
	for range 20_000 {
		x := []float64{1, r.NormFloat64(), r.NormFloat64(), 0}
		y := 0.0
		if r.Float64() < 1/(1+math.Exp(-dot(truth, x[:3]))) {
			y = 1
		}
		rows = append(rows, row{x, y, 1})
	}
	w, home := make([]float64, 4), []float64{0, 0, 0, 0.7}
	copy(w, home)
	ascend(w, home, nil, 1, logistic(rows))
	for k, want := range append(truth, 0.7) {
		if math.Abs(w[k]-want) > 0.1 {
			t.Errorf("weight %d is %.2f, want %.2f", k, w[k], want)
		}
	}
}

func TestSoftmaxFindsWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	truth := []float64{1.5, -1}
	var choices []choice
	for range 20_000 {
		c := choice{weight: 1, right: make([]bool, 3)}
		at, total, p := 0, 0.0, make([]float64, 3)
		for j := range 3 {
			x := []float64{r.NormFloat64(), r.NormFloat64()}
			c.x = append(c.x, x)
			p[j] = math.Exp(dot(truth, x))
			total += p[j]
		}
		for u := r.Float64() * total; at < 2 && u > p[at]; at++ {
			u -= p[at]
		}
		c.right[at] = true
		choices = append(choices, c)
	}
	w, fixed := make([]float64, 2), []bool{false, true}
	ascend(w, make([]float64, 2), fixed, 0, softmax(choices))
	if w[1] != 0 {
		t.Errorf("the fixed weight became %.2f", w[1])
	}
	ascend(w, make([]float64, 2), nil, 0, softmax(choices))
	for k, want := range truth {
		if math.Abs(w[k]-want) > 0.1 {
			t.Errorf("weight %d is %.2f, want %.2f", k, w[k], want)
		}
	}
}

func TestPairs(t *testing.T) {
	gold := []Gold{{Span: geoparse.Span{Start: 0, End: 5}}, {Span: geoparse.Span{Start: 10, End: 20}}, {Span: geoparse.Span{Start: 30, End: 35}}}
	answers := []geoparse.Span{{Start: 12, End: 14}, {Start: 10, End: 20}, {Start: 0, End: 9}, {Start: 40, End: 45}}
	if diff := cmp.Diff([]int{-1, 1, 0, -1}, pairs(gold, answers)); diff != "" {
		t.Error(diff)
	}
}

func TestCalibration(t *testing.T) {
	var all []answered
	for k := range 100 { // right at 0.9 in 90 of 100, at 0.5 in none of 10
		all = append(all, answered{0.9, k%10 > 0})
	}
	for range 10 {
		all = append(all, answered{0.5, false})
	}
	ece, sure := calibration(all, 200)
	if ece < 0.04 || ece > 0.08 { // 0.5 in ten of 110, and what the cut of the bins adds
		t.Errorf("ECE %.3f", ece)
	}
	if sure != 0 {
		t.Errorf("90%% are right, and yet %.2f is sure", sure)
	}
	all = all[1:10]
	if _, sure = calibration(all, 200); sure != 0.045 {
		t.Errorf("sure %.3f, want 0.045", sure)
	}
}

func TestRead(t *testing.T) {
	c, err := Read("a.jsonl", strings.NewReader(`{"text":"In Oslo.","toponyms":[{"start":3,"end":7,"lat":59.9,"lon":10.7,"geonameid":3143244},{"start":0,"end":2}]}`))
	want := []Gold{{geoparse.Span{Start: 3, End: 7}, true, orb.Point{10.7, 59.9}, "3143244"}, {Span: geoparse.Span{Start: 0, End: 2}}}
	if err != nil || len(c.Docs) != 1 {
		t.Fatal(err, c)
	}
	if diff := cmp.Diff(want, c.Docs[0].Gold); diff != "" {
		t.Error(diff)
	}
	if _, err := Read("a.jsonl", strings.NewReader("{}\nno\n")); err == nil || !strings.Contains(err.Error(), "a.jsonl, line 2") {
		t.Errorf("the error is %v", err)
	}
}
