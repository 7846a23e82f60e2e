package ingest

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"dateline/geo"
)

// Texts are compared by their runs of shingleWords words. Of these a text keeps
// the least values of hashes many hash functions (MinHash, Broder 1997); bands of
// them are keys under which a store finds texts that share most of their runs.
const (
	shingleWords = 4
	bands        = 16
	bandRows     = 3
	alike        = 0.5 // share of runs from which a text is another version of one
	leastWords   = 30  // of shorter texts the likeness says little
)

// shingles are the hashes of a text's runs of words.
func shingles(text string) map[uint64]bool {
	words := geo.FoldWords(text)
	set := map[uint64]bool{}
	for k := 0; k+shingleWords <= len(words); k++ {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(words[k:k+shingleWords], " ")))
		set[h.Sum64()] = true
	}
	return set
}

// keysOf are the keys under which texts like this one are found; none for a
// text that is too short.
func keysOf(set map[uint64]bool) []int64 {
	if len(set) < leastWords-shingleWords {
		return nil
	}
	keys := make([]int64, 0, bands)
	for band := range bands {
		key := uint64(band + 1)
		for row := range bandRows {
			least := uint64(math.MaxUint64)
			for h := range set {
				least = min(least, mix(h, uint64(band*bandRows+row+1)))
			}
			key = mix(key^least, 0x5bd1e995)
		}
		keys = append(keys, int64(key))
	}
	return keys
}

// mix is one of a family of hash functions (the finaliser of SplitMix64).
func mix(x, n uint64) uint64 {
	x += n * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// likeness is the share of the runs of two texts that both have, 0 to 1.
func likeness(a, b map[uint64]bool) float64 {
	both := 0
	for h := range a {
		if b[h] {
			both++
		}
	}
	all := len(a) + len(b) - both
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// earlier finds the report of which a text is another version: from the same
// address, or alike and of no other publisher. ok is false where there is none.
func (s *Service) earlier(ctx context.Context, r geo.Report, set map[uint64]bool, keys []int64) (found geo.Report, ok bool, err error) {
	store, can := s.Store.(geo.Resembler)
	if !can || len(keys) == 0 {
		return geo.Report{}, false, nil
	}
	ids, err := store.Resembling(ctx, keys)
	if err != nil {
		return geo.Report{}, false, fmt.Errorf("look for an earlier version: %w", err)
	}
	most := 0.0
	for _, id := range ids {
		have, err := s.Store.Report(ctx, id)
		if err != nil {
			return geo.Report{}, false, err
		}
		sameAddress := r.URL != "" && r.URL == have.URL
		if !sameAddress && (otherName(r.Publisher, have.Publisher) || r.URL != "" && have.URL != "") {
			continue
		}
		if x := likeness(set, shingles(have.Text)); x >= alike && x > most {
			found, ok, most = have, true, x
		}
	}
	return found, ok, nil
}

// otherName: two names that are stated and differ.
func otherName(a, b string) bool { return a != "" && b != "" && geo.FoldText(a) != geo.FoldText(b) }

// sameIDs gives the drafts of a new version the ids of the incidents that the
// report told before: of the same id, else of the same type, on days and at
// places that fit.
func sameIDs(drafts, before []geo.Incident) {
	taken := map[string]bool{}
	known := map[string]bool{}
	for _, b := range before {
		known[b.ID] = true
	}
	type pair struct {
		draft, before int
		score         float64
	}
	var pairs []pair
	for d := range drafts {
		for b := range before {
			if x := sameness(&drafts[d], &before[b]); x > 0 {
				pairs = append(pairs, pair{d, b, x})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	given := map[int]bool{}
	for _, p := range pairs {
		if id := before[p.before].ID; !given[p.draft] && !taken[id] {
			drafts[p.draft].ID, given[p.draft], taken[id] = id, true, true
		}
	}
	for d := range drafts { // an id that another incident of the report has
		if !given[d] && known[drafts[d].ID] {
			drafts[d].ID = geo.ImportedID(drafts[d].ID, fmt.Sprint(d))
		}
	}
}

// sameness is above zero where two incidents of one report may be one.
func sameness(a, b *geo.Incident) float64 {
	if a.Type != b.Type || !a.When.Overlaps(b.When.Start, b.When.End) {
		return 0
	}
	x, okX := a.Where()
	y, okY := b.Where()
	switch {
	case okX && okY && x.Place == y.Place:
		return 3
	case okX && okY && distanceBeyond(x, y) <= 0:
		return 2
	case !okX || !okY:
		return 1
	}
	return 0
}
