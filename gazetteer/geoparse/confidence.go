package geoparse

import (
	"math"

	"dateline/gazetteer"
)

// confidence is the share of answers like this one that are right.
func (r *resolved) confidence(i int, c *candidate) float64 {
	features, sum := r.confidenceFeatures(i, c), 0.0
	for k, x := range features {
		sum += x * r.weights.Confidence[k]
	}
	return sigmoid(sum)
}

// confidenceFeatures says how sure the answer c of name i may be.
func (r *resolved) confidenceFeatures(i int, c *candidate) (f [conFeatures]float64) {
	n, g := &r.names[i], &r.groups[r.of[i]]
	f[conBias] = 1
	f[conReading] = within(logit(c.p), -3, 6)
	f[conPlace] = within(n.score, -2, 8)
	f[conSum] = within(logit(c.p*sigmoid(n.score)), -3, 6)
	f[conRivals] = math.Log(float64(len(g.candidates)))
	set(&f[conDemonym], n.kind == Demonym)
	set(&f[conEmbedded], n.kind == Embedded)
	set(&f[conMetonym], n.kind == Metonym)
	switch c.Precision() {
	case gazetteer.Country:
		f[conCountry] = 1
	case gazetteer.Region:
		f[conRegion] = 1
	case gazetteer.Settlement:
		f[conSettlement] = 1
	}
	f[conChain], f[conNear] = c.features[resChain], c.features[resNear]
	f[conSameCountry], f[conSameAdmin1] = c.features[resCountry], c.features[resAdmin1]
	f[conOften] = math.Log(float64(len(g.names)))
	own := &n.features
	set(&f[conCased], own[recTitleCase]+own[recUpperCase]+own[recLowerCase] > 0)
	set(&f[conCapitalBeside], own[recLeftCapital]+own[recRightCapital]+own[recHyphen] > 0)
	set(&f[conEveryday], own[recCommon]+own[recGiven]+own[recFamily] > 0)
	set(&f[conLocative], own[recIn]+own[recLocative] > 0)
	f[conPrior] = math.Min(c.Prior, 12) / 10
	set(&f[conMissingAdmin1], c.Precision() == gazetteer.Settlement && c.features[resAncestor] < 0.9 && c.features[resChain] < 0.5)
	set(&f[conAlone], g.others < 0.5)
	f[conRival] = g.lead(c)
	set(&f[conContainer], n.contains)
	set(&f[conKindWord], n.wanted != "")
	f[conSeveralWords] = own[recSeveralWords]
	set(&f[conPerson], own[recPersonBefore]+own[recLeftGiven]+own[recLeftTitle]+own[recRightFamily]+own[recPersonCue] > 0)
	set(&f[conFrom], own[recFrom]+own[recOf] > 0)
	f[conPossessive] = own[recPossessive]
	set(&f[conOneReading], len(g.candidates) == 1)
	set(&f[conOwnName], c.Matched == gazetteer.NamePrimary)
	set(&f[conSmall], c.Class == 'P' && c.Population < 10_000)
	set(&f[conLeftPlain], own[recLeftPlain]+own[recLeftOf] > 0)
	return f
}

// lead is how far a reading stands before its best rival, in log-odds, 6 at most.
func (g *group) lead(c *candidate) float64 {
	next := 0.0
	for k := range g.candidates {
		if o := &g.candidates[k]; o.ID != c.ID {
			next = math.Max(next, o.p)
		}
	}
	return within(math.Log(math.Max(c.p, 1e-9)/math.Max(next, 1e-9)), -3, 6)
}

func logit(p float64) float64 { return math.Log(math.Max(p, 1e-9) / math.Max(1-p, 1e-9)) }

func within(x, low, high float64) float64 { return math.Max(low, math.Min(high, x)) }
