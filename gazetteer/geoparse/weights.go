package geoparse

import (
	_ "embed"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
)

// Weights of the parser. Those of recognition are log-odds that a name is a
// place at all; those of resolution are added to the score of a reading, of
// which a softmax over the readings of a name makes probabilities; those of
// confidence are log-odds that an answer is right. They stand in weights.tsv,
// which the program cmd/fit writes (package fit says how they are found).
type Weights struct {
	Recognition [recFeatures]float64
	Resolution  [resFeatures]float64
	Confidence  [conFeatures]float64
}

//go:embed weights.tsv
var weightsTSV string

var ownWeights = sync.OnceValue(func() *Weights {
	w, err := ReadWeights(weightsTSV)
	if err != nil {
		panic(err) // a test reads the embedded table
	}
	return w
})

// OwnWeights are those that a new parser has.
func OwnWeights() Weights { return *ownWeights() }

// weightsColumns is the first line of a table of weights.
const weightsColumns = "part\tfeature\tweight\twhat it says"

type weightsPart struct {
	name     string
	features []string
	values   []float64
}

func (w *Weights) parts() []weightsPart {
	return []weightsPart{
		{"recognition", recognitionNames[:], w.Recognition[:]},
		{"resolution", resolutionNames[:], w.Resolution[:]},
		{"confidence", confidenceNames[:], w.Confidence[:]},
	}
}

// At is where the weight of a feature stands; nil where there is no such feature.
func (w *Weights) At(part, feature string) *float64 {
	for _, p := range w.parts() {
		for k, name := range p.features {
			if p.name == part && name == feature {
				return &p.values[k]
			}
		}
	}
	return nil
}

// ReadWeights reads a table of weights, which must have every feature once. An
// error names the line.
func ReadWeights(table string) (*Weights, error) {
	w, seen := &Weights{}, map[*float64]bool{}
	for n, line := range strings.Split(strings.TrimRight(table, "\n"), "\n") {
		if n == 0 {
			if line != weightsColumns {
				return nil, fmt.Errorf("weights, line 1: want the columns %q", weightsColumns)
			}
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 4 {
			return nil, fmt.Errorf("weights, line %d: %d columns, want 4", n+1, len(col))
		}
		at := w.At(col[0], col[1])
		if at == nil || seen[at] {
			return nil, fmt.Errorf("weights, line %d: there is no feature %q of %q, or it is there twice", n+1, col[1], col[0])
		}
		x, err := strconv.ParseFloat(col[2], 64)
		if err != nil {
			return nil, fmt.Errorf("weights, line %d, column weight: %q is no number", n+1, col[2])
		}
		*at, seen[at] = x, true
	}
	if want := recFeatures + resFeatures + conFeatures; len(seen) != want {
		return nil, fmt.Errorf("weights: %d features, want %d", len(seen), want)
	}
	return w, nil
}

// Table is the embedded table with these weights in it, to two decimals.
func (w *Weights) Table() string {
	lines := strings.Split(strings.TrimRight(weightsTSV, "\n"), "\n")
	for n, line := range lines[1:] {
		col := strings.Split(line, "\t")
		if at := w.At(col[0], col[1]); at != nil {
			col[2] = strconv.FormatFloat(*at, 'f', 2, 64)
		}
		lines[n+1] = strings.Join(col, "\t")
	}
	return strings.Join(lines, "\n") + "\n"
}

// The names of the features in a table of weights, in the order of their numbers.
var (
	recognitionNames = [recFeatures]string{"bias", "prior", "area", "capital_city", "primary", "abbreviation", "several_words", "first", "common", "given", "family", "in", "from", "of", "chain", "container", "kind_word", "locative", "left_title", "left_given", "left_capital", "right_family", "right_capital", "right_head", "person_cue", "say", "possessive", "person_before", "lower_elsewhere", "title_case", "upper_case", "lower_case", "dateline", "elsewhere", "hyphen", "loose", "code", "article", "folk", "title", "left_plain", "left_of"}
	resolutionNames  = [resFeatures]string{"prior", "chain", "country", "admin1", "ancestor", "near", "hint", "home", "home_admin1", "kind", "not_kind", "settlement", "minor", "dateline", "twin", "population", "known", "state", "division", "district", "capital", "seat", "own_name", "article", "initials", "wide"}
	confidenceNames  = [conFeatures]string{"bias", "reading", "place", "sum", "rivals", "demonym", "embedded", "metonym", "country", "region", "settlement", "chain", "near", "same_country", "same_admin1", "often", "cased", "capital_beside", "everyday", "locative", "prior", "missing_admin1", "alone", "rival", "left_plain", "container", "kind_word", "several_words", "person", "from", "possessive", "one_reading", "own_name", "small"}
)

// Bars and scales.
const (
	recognitionBar  = 0    // log-odds from which a name is a place
	embeddedBar     = -0.5 // the same for a name inside a longer one
	answerBar       = 0.1  // probability under which a place is not answered
	confidenceShift = 0.5  // added to the log-odds of a place that was accepted
	nearScaleM      = 150_000
	homeScaleM      = 80_000
	rounds          = 3 // of resolving all names with the others' answers
	maxCandidates   = 30
	maxPoints       = 120 // readings of other names that one is compared with
)

// Features gives the names of the features of recognition and of resolution, in
// the order of their numbers.
func Features() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		_ = yield("recognition", recognitionNames[:]) && yield("resolution", resolutionNames[:])
	}
}
