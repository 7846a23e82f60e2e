package fit

import (
	"cmp"
	"slices"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"

	"github.com/paulmach/orb"
)

// rightM is how far an answer may be off: 161 km, a hundred miles, the bound that
// the field measures with.
const rightM = 161_000

// pairs gives for each answer the index of the gold that it stands for, -1 for
// none: the same span first, then the largest overlap, one to one.
func pairs(gold []Gold, answers []geoparse.Span) []int {
	type overlap struct{ size, gold, answer int }
	var all []overlap
	for i, g := range gold {
		for j, a := range answers {
			size := min(g.End, a.End) - max(g.Start, a.Start)
			if g.Span == a {
				size = 1 << 30
			}
			if size > 0 {
				all = append(all, overlap{size, i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b overlap) int {
		return cmp.Or(b.size-a.size, a.gold-b.gold, a.answer-b.answer)
	})
	of, taken := make([]int, len(answers)), make([]bool, len(gold))
	for j := range of {
		of[j] = -1
	}
	for _, o := range all {
		if !taken[o.gold] && of[o.answer] < 0 {
			taken[o.gold], of[o.answer] = true, o.gold
		}
	}
	return of
}

// right reports whether a place is the one that is meant: the same of GeoNames,
// or near enough.
func (g Gold) right(p gazetteer.Place, at orb.Point) bool {
	return g.GeoNameID != "" && g.GeoNameID == p.GeoNamesID() || gazetteer.DistanceM(g.Point, at) <= rightM
}
