package fit

import "dateline/gazetteer/geoparse"

// Ablation is the score of a parser on a corpus with one weight at zero.
type Ablation struct {
	Part, Feature, Corpus string
	Score
}

// Ablate scores the parser on each corpus with each weight of recognition and
// resolution at zero, one after the other.
func Ablate(p *geoparse.Parser, w geoparse.Weights, corpora []Corpus) []Ablation {
	var out []Ablation
	for part, features := range geoparse.Features() {
		for _, feature := range features {
			without := w
			if *without.At(part, feature) == 0 {
				continue
			}
			*without.At(part, feature) = 0
			for _, c := range corpora {
				out = append(out, Ablation{part, feature, c.Name, Measure(p.WithWeights(without), c)})
			}
		}
	}
	return out
}
