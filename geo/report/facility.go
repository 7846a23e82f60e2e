package report

import (
	"slices"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo/lexicon"
)

// longestFacility bounds the capitalised words before the word that makes a
// building's name.
const longestFacility = 5

// withFacilities adds the buildings and grounds that the text names ("the Bardo
// Museum", "Kirikiri Maximum Prison") to its places: what happened there is
// nearer told by them than by their town, in which locate puts them. Those to
// which people are brought (hospitals, courts) are left out, and what the
// gazetteer knows is kept.
func (d *doc) withFacilities(mentions []geoparse.Mention) []geoparse.Mention {
	if d.caps {
		return mentions
	}
	taken := make([]int, len(d.tok)) // 1 + index of the mention at a token
	for m, s := range d.spansOf(mentions) {
		for k := s.i; k < s.j; k++ {
			taken[k] = m + 1
		}
	}
	var added []geoparse.Mention
	replaced := map[int]bool{}
	for k := range d.tok {
		s, ok := d.facilityAt(k)
		if !ok {
			continue
		}
		known := false
		for i := s.i; i < s.j; i++ {
			if m := taken[i] - 1; m >= 0 {
				x := &mentions[m]
				known = known || x.Kind == geoparse.Literal && (x.Location == nil || x.Location.Confidence >= doubtful)
			}
		}
		if known {
			continue
		}
		at := geoparse.Span{Start: d.tok[s.i].Rune, End: d.runeEnd(s.j - 1)}
		building := geoparse.Mention{Span: at, Extent: at, Text: d.text(s), Kind: geoparse.Literal, Tokens: geoparse.Span{Start: s.i, End: s.j}}
		if d.isClass(k, "municipal") {
			building.Location = townOf(mentions, taken[s.i]-1, building.Text)
		}
		for i := s.i; i < s.j; i++ {
			if taken[i] > 0 {
				replaced[taken[i]-1] = true
			}
		}
		added = append(added, building)
	}
	if len(added) == 0 {
		return mentions
	}
	return merged(mentions, replaced, added)
}

// townOf is the town by whose name that of an airport or the like begins ("Pokhara
// International Airport"): it is in or near it; parks and bridges are named for others. It is nil where the name
// begins with no town.
func townOf(mentions []geoparse.Mention, m int, building string) *geoparse.Location {
	if m < 0 || mentions[m].Location == nil || mentions[m].Location.Confidence < doubtful || mentions[m].Location.Precision != gazetteer.Settlement {
		return nil
	}
	l := *mentions[m].Location
	const around = 15_000 // metres by which airports and the like lie outside their towns
	l.NotFound, l.Confidence, l.RadiusM = building, l.Confidence*inParent, l.RadiusM+around
	return &l
}

// merged puts added mentions among the others in the order of the text, without
// those that they replace, and mends the chains.
func merged(mentions []geoparse.Mention, replaced map[int]bool, added []geoparse.Mention) []geoparse.Mention {
	type item struct {
		geoparse.Mention
		was int
	}
	var all []item
	for m, x := range mentions {
		if !replaced[m] {
			all = append(all, item{x, m})
		}
	}
	for _, x := range added {
		all = append(all, item{x, -1})
	}
	slices.SortStableFunc(all, func(a, b item) int { return a.Start - b.Start })
	now := map[int]int{}
	for k, x := range all {
		if x.was >= 0 {
			now[x.was] = k
		}
	}
	out := make([]geoparse.Mention, len(all))
	for k, x := range all {
		out[k] = x.Mention
		out[k].Chain = nil
		for _, c := range x.Chain {
			if at, ok := now[c]; ok {
				out[k].Chain = append(out[k].Chain, at)
			}
		}
	}
	return out
}

// facilityAt gives the name of a building that ends with the word at token k.
func (d *doc) facilityAt(k int) (span, bool) {
	if !d.capital(k) || d.headline[d.of[k]] || d.place.Uses[d.tok[k].Lower]&lexicon.FacilityHead == 0 || d.is(k, elsewhere) || d.isElsewhere(k) {
		return span{}, false
	}
	const no = lexicon.NeverPlace | lexicon.TitleWord | lexicon.OrgHead | lexicon.MediaHead
	first := d.sentence(k).i
	i := k
	for i > first && k-i < longestFacility && d.capital(i-1) && d.place.Uses[d.tok[i-1].Lower]&no == 0 && d.of[i-1] == d.of[k] {
		i--
		if i-1 > first && isJoint(d.tok[i-1].Text) && d.capital(i-2) {
			i--
		}
	}
	for w := i; w < k; w++ { // "Erie County Medical Center"
		if d.is(w, elsewhere) || d.isElsewhere(w) || d.tok[w].Lower == "medical" {
			return span{}, false
		}
	}
	if i == k || i == first && k-i < 2 || d.capital(k+1) && d.of[min(k+1, len(d.of)-1)] == d.of[k] {
		return span{}, false
	}
	return span{i, k + 1}, true
}

// isElsewhere: the lower-case word for the building is one to which people are
// brought.
func (d *doc) isElsewhere(k int) bool { return d.isClass(k, "elsewhere") }

// isClass: the word at token k is of a class of small words; for what is asked
// before the classes are found.
func (d *doc) isClass(k int, class string) bool {
	values, n := d.words.Functions.At([]string{d.tok[k].Lower}, 0)
	return n > 0 && slices.Contains(values, class)
}
