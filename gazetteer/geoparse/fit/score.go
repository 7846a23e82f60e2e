package fit

import (
	"cmp"
	"math"
	"slices"

	"dateline/gazetteer/geoparse"
)

// Score is how well a parser does on a corpus, all in shares of 1.
type Score struct {
	Acc     float64 // of all gold that is placed: found, and placed within 161 km
	F1      float64 // of the same
	Spans   float64 // of all gold that is placed: placed within 161 km when its span is given
	Found   float64 // F1 of recognition, by overlap
	ECE     float64 // expected calibration error of the confidence, over ten bins of equal count
	Sure    float64 // of all gold that is placed: placed rightly at a confidence from which on 95% are right
	Answers int
}

// answered is an answer with whether it is right.
type answered struct {
	confidence float64
	right      bool
}

// Measure scores a parser.
func Measure(p *geoparse.Parser, c Corpus) Score {
	var s Score
	var all []answered
	gold, golds, marked, found, right, spans := 0, 0, 0, 0, 0, 0
	for _, d := range c.Docs {
		doc := geoparse.Document{Text: d.Text, Country: d.Country}
		mentions := p.Parse(doc)
		golds += len(d.Gold)
		marked += len(mentions)
		given := make([]geoparse.Span, len(mentions))
		for k, m := range mentions {
			given[k] = m.Span
		}
		for k, i := range pairs(d.Gold, given) {
			m := mentions[k]
			if i >= 0 {
				found++
			}
			if m.Location == nil || i >= 0 && !d.Gold[i].Placed {
				continue
			}
			a := answered{m.Location.Confidence, i >= 0 && d.Gold[i].right(m.Location.Place, m.Location.Point)}
			if a.right {
				right++
			}
			all = append(all, a)
		}
		n, ok := d.given(p, doc)
		gold, spans = gold+n, spans+ok
	}
	s.Acc, s.Spans = share(right, gold), share(spans, gold)
	s.F1 = 2 * share(right, len(all)+gold)
	s.Found = 2 * share(found, marked+golds)
	s.Answers = len(all)
	s.ECE, s.Sure = calibration(all, gold)
	return s
}

// given counts the gold that is placed, and that which the parser places rightly
// when it is given the spans.
func (d Doc) given(p *geoparse.Parser, doc geoparse.Document) (n, ok int) {
	spans := make([]geoparse.Span, len(d.Gold))
	for k, g := range d.Gold {
		spans[k] = g.Span
	}
	for k, m := range p.Resolve(doc, spans) {
		if !d.Gold[k].Placed {
			continue
		}
		n++
		if m.Location != nil && d.Gold[k].right(m.Location.Place, m.Location.Point) {
			ok++
		}
	}
	return n, ok
}

func share(part, whole int) float64 { return float64(part) / math.Max(1, float64(whole)) }

// calibration gives the expected calibration error, and the share of the gold
// that is placed rightly at a confidence from which on 95% are right.
func calibration(all []answered, gold int) (ece, sure float64) {
	slices.SortStableFunc(all, func(a, b answered) int { return cmp.Compare(b.confidence, a.confidence) })
	const bins = 10
	for b := range bins {
		bin := all[len(all)*b/bins : len(all)*(b+1)/bins]
		sum := 0.0
		for _, a := range bin {
			sum += a.confidence
			if a.right {
				sum--
			}
		}
		ece += math.Abs(sum) / math.Max(1, float64(len(all)))
	}
	right := 0
	for k, a := range all {
		if a.right {
			right++
		}
		last := k+1 == len(all) || all[k+1].confidence < a.confidence
		if last && float64(right) >= 0.95*float64(k+1) {
			sure = share(right, gold)
		}
	}
	return ece, sure
}
