package fit

import (
	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
)

// Options of a fit.
type Options struct {
	Rounds int     // each fits all three parts on what the parser with the last weights weighed
	Pull   float64 // how hard weights are held near those they started from, in examples
}

// Fit finds weights on corpora, each of which counts the same however long it
// is, from those of the parser on.
func Fit(p *geoparse.Parser, home geoparse.Weights, corpora []Corpus, o Options) geoparse.Weights {
	w := home
	fixed := map[string][]bool{}
	for part, features := range geoparse.Features() {
		for _, feature := range features {
			fixed[part] = append(fixed[part], held[part+" "+feature])
		}
	}
	for range o.Rounds {
		e := collect(p.WithWeights(w), corpora)
		ascend(w.Recognition[:], home.Recognition[:], fixed["recognition"], o.Pull, logistic(e.places))
		ascend(w.Resolution[:], home.Resolution[:], fixed["resolution"], o.Pull, softmax(e.readings))
	}
	e := collect(p.WithWeights(w), corpora)
	none := make([]float64, len(w.Confidence))
	ascend(w.Confidence[:], none, nil, confidencePull, logistic(e.answers))
	return w
}

// held are the features whose weights stay as they were set: those of which
// corpora that are measured within 161 km say nothing (a town and its district,
// what the caller hints at), and those that a corpus of one country would bend
// (the postal codes of its states).
var held = map[string]bool{
	"resolution chain": true, "resolution ancestor": true, "resolution hint": true, "resolution home": true, "resolution home_admin1": true,
	"resolution kind": true, "resolution not_kind": true, "resolution minor": true, "resolution article": true, "resolution initials": true,
	"recognition code": true, "recognition abbreviation": true,
}

// confidencePull holds the weights of confidence near zero.
const confidencePull = 0.3

// examples of the three parts.
type examples struct {
	places   []row
	readings []choice
	answers  []row
}

// typical is the number of examples that a corpus counts for.
const typical = 3000

func collect(p *geoparse.Parser, corpora []Corpus) examples {
	var all examples
	for _, c := range corpora {
		var e examples
		for _, d := range c.Docs {
			e.add(d, c.Partial, p.Study(geoparse.Document{Text: d.Text, Country: d.Country}, nil))
		}
		level(e.places)
		level(e.answers)
		for k := range e.readings {
			e.readings[k].weight = typical / float64(len(e.readings))
		}
		all.places = append(all.places, e.places...)
		all.readings = append(all.readings, e.readings...)
		all.answers = append(all.answers, e.answers...)
	}
	return all
}

func level(rows []row) {
	for k := range rows {
		rows[k].weight *= typical / float64(len(rows))
	}
}

// unmarked is how much an answer counts that the gold of a partial corpus does
// not mark: one in five is a place all the same (of 100 at the highest
// confidence in LGL that were looked through).
const unmarked = 0.8

// add takes the examples out of a document.
func (e *examples) add(d Doc, partial bool, studied []geoparse.Studied) {
	spans := make([]geoparse.Span, len(studied))
	for k, s := range studied {
		spans[k] = s.Span
	}
	for k, i := range pairs(d.Gold, spans) {
		s := studied[k]
		r := row{x: s.Place, weight: 1}
		if i >= 0 {
			r.y = 1
		}
		e.places = append(e.places, r)
		if i >= 0 && d.Gold[i].Placed {
			e.addReadings(d.Gold[i], s)
		}
		if s.Answer == nil || s.Confidence == nil || i >= 0 && !d.Gold[i].Placed {
			continue
		}
		a := row{x: s.Confidence, weight: 1}
		if i < 0 && partial {
			a.weight = unmarked
		}
		if i >= 0 && d.Gold[i].right(s.Answer.Place, s.Answer.Point) {
			a.y = 1
		}
		e.answers = append(e.answers, a)
	}
}

// addReadings adds a name of which some readings are right: the place of the
// same GeoNames id, else those at the very spot, else those near enough.
func (e *examples) addReadings(g Gold, s geoparse.Studied) {
	c := choice{}
	for _, r := range s.Readings {
		c.x = append(c.x, r.Features)
	}
	for _, ok := range []func(gazetteer.Place) bool{
		func(p gazetteer.Place) bool { return g.GeoNameID != "" && g.GeoNameID == p.GeoNamesID() },
		func(p gazetteer.Place) bool { return gazetteer.DistanceM(g.Point, p.Point) <= spotM },
		func(p gazetteer.Place) bool { return gazetteer.DistanceM(g.Point, p.Point) <= rightM },
	} {
		c.right = c.right[:0]
		right := 0
		for _, r := range s.Readings {
			c.right = append(c.right, ok(r.Place))
			if ok(r.Place) {
				right++
			}
		}
		if right > 0 {
			if right < len(c.x) {
				e.readings = append(e.readings, c)
			}
			return
		}
	}
}

// spotM is how far two points of one town may be apart.
const spotM = 25_000
