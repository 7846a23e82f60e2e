package report

import (
	"slices"
	"strings"

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
				known = known || x.Kind == geoparse.Literal && (x.Location == nil || x.Location.Confidence >= doubtful || x.Location.Precision == gazetteer.Site && x.Tokens.End-x.Tokens.Start > 1)
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
	small := !d.capital(k)
	first, head := d.sentence(k).i, d.facilityHead(k, small)
	if d.headline[d.of[k]] || head < first {
		return span{}, false
	}
	i := d.facilityFrom(first, head)
	for w := i; w < head; w++ { // "Erie County Medical Center"
		if d.isElsewhere(w) || d.tok[w].Lower == "medical" {
			return span{}, false
		}
	}
	if i == head || d.capital(k+1) && d.of[min(k+1, len(d.of)-1)] == d.of[k] {
		return span{}, false
	}
	s := span{i, k + 1}
	switch {
	case d.isElsewhere(k) && !d.scene(s), small && !d.landmark(span{i, head + 1}):
		return span{}, false
	case i == first && k-i < 2 && !d.isElsewhere(k):
		return span{}, false
	}
	return s, true
}

// facilityHead is the token at which the words for a building that end at token k
// begin, -1 where there are none: written small those of landmarks alone and those
// of two words ("air base").
func (d *doc) facilityHead(k int, small bool) int {
	head := d.place.Uses[d.tok[k].Lower]
	switch {
	case small && k > 0 && !d.capital(k-1) && d.place.Kinds[d.tok[k-1].Lower+" "+d.tok[k].Lower].Kind == "site":
		return k - 1
	case small && head&lexicon.LandmarkHead != 0, !small && head&(lexicon.FacilityHead|lexicon.LandmarkHead) != 0:
		return k
	}
	return -1
}

// facilityFrom is the first of the capitalised words before a building's word at
// token k that are of its name, k itself where there are none.
func (d *doc) facilityFrom(first, k int) int {
	i := k
	for i > first && k-i < longestFacility && d.capital(i-1) && d.of[i-1] == d.of[k] {
		no := lexicon.NeverPlace | lexicon.MediaHead
		if i == k {
			no |= lexicon.TitleWord // "the Governor House", but "the Imam Hussein shrine"
		}
		if low := d.tok[i-1].Lower; d.place.Uses[low]&no != 0 || strings.HasSuffix(low, "'s") {
			break
		}
		i--
		if i-1 > first && isJoint(d.tok[i-1].Text) && d.capital(i-2) {
			i--
		}
	}
	return i
}

// landmark: the capitalised words before a building that is written small are its
// own name: behind "the", a possessive or a preposition of place, and no everyday
// word or people ("the Catholic church", "a Sunni mosque").
func (d *doc) landmark(s span) bool {
	before := d.word(s.i - 1)
	if before != "the" && !d.isClass(s.i-1, "locative") && !strings.HasSuffix(d.tok[max(s.i-1, 0)].Lower, "'s") {
		return false
	}
	const no = lexicon.CommonWord | lexicon.NeverPlace
	for k := s.i; k < s.j-1; k++ {
		if d.tok[k].Kind != lexicon.Word || d.place.Uses[d.tok[k].Lower]&lexicon.TitleWord != 0 {
			continue
		}
		if d.place.Uses[d.tok[k].Lower]&no != 0 || d.isKindOfPeople(k) {
			return false
		}
	}
	return true
}

// isKindOfPeople: the table of actors or that of persons knows the word.
func (d *doc) isKindOfPeople(k int) bool {
	_, actor := d.words.ActorNames.At(d.w, k)
	_, person := d.words.Persons.At(d.w, k)
	return actor > 0 || person > 0
}

// scene: what is told happened to a building to which people are brought, or around
// it: "stormed the X Hospital", "the X Hospital was seized", "outside the X
// Hospital"; in a university, where no person stands before it.
func (d *doc) scene(s span) bool {
	at := s.i - 1
	if d.word(at) == "the" {
		at--
	}
	if d.tells(at) || d.isClass(s.j, "be") && d.tells(s.j+1) {
		return true
	}
	switch {
	case d.isClass(at, "beside"):
		return true
	case d.isClass(at, "locative"):
		return d.isClass(s.j-1, "campus") && !d.isKindOfPeople(at-1)
	}
	return strings.HasSuffix(d.tok[max(at, 0)].Lower, "'s") && d.tells(at-1)
}

// tells: a verb at token k tells an event.
func (d *doc) tells(k int) bool {
	if k < 0 {
		return false
	}
	for back := range 3 { // of several words
		values, n := d.words.Triggers.At(d.w, max(k-back, 0))
		if n > back && slices.ContainsFunc(values, func(t *lexicon.Trigger) bool { return !t.Noun && t.Strength != "no" }) {
			return true
		}
	}
	return false
}

// isElsewhere: the lower-case word for the building is one to which people are
// brought.
func (d *doc) isElsewhere(k int) bool { return d.isClass(k, "elsewhere") }

// isClass: the word at token k is of a class of small words; for what is asked
// before the classes are found.
func (d *doc) isClass(k int, class string) bool {
	if k < 0 || k >= len(d.tok) {
		return false
	}
	values, n := d.words.Functions.At([]string{d.tok[k].Lower}, 0)
	return n > 0 && slices.Contains(values, class)
}
