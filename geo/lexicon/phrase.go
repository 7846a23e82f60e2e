package lexicon

import "strings"

// slots cuts a phrase of a table into the words that Tokenize would give and
// its slots, which stand in braces.
func slots(phrase string) []string {
	var out []string
	for _, part := range strings.Fields(phrase) {
		if strings.HasPrefix(part, "{") {
			out = append(out, part)
			continue
		}
		for _, t := range Tokenize(part) {
			out = append(out, t.Lower)
		}
	}
	return out
}

// LocativeMatch is a locative found beside a name.
type LocativeMatch struct {
	Rule       string
	First, End int        // tokens of the locative
	Direction  *Direction // where the phrase has one
	DistanceM  float64    // where the phrase has one, else 0
	DistanceDM float64    // how far the distance may be off, as it is written
}

// MatchBefore finds the longest locative whose last token is end-1.
func (w *PlaceWords) MatchBefore(tokens []Token, end, low int) (LocativeMatch, bool) {
	if end-1 < low {
		return LocativeMatch{}, false
	}
	keys := [...]string{tokens[end-1].Lower, SlotPart, SlotDirection}
	best, found := LocativeMatch{}, false
	for _, key := range keys {
		for _, p := range w.Before[key] {
			m := LocativeMatch{Rule: p.Rule, End: end}
			if first, ok := w.matchBack(tokens, end, low, p.Slots, &m); ok && (!found || first < best.First) {
				m.First = first
				best, found = m, true
			}
		}
	}
	return best, found
}

// MatchAfter finds the longest locative whose first token is first.
func (w *PlaceWords) MatchAfter(tokens []Token, first, high int) (LocativeMatch, bool) {
	if first >= high {
		return LocativeMatch{}, false
	}
	keys := [...]string{tokens[first].Lower, SlotPart, SlotDirection}
	best, found := LocativeMatch{}, false
	for _, key := range keys {
		for _, p := range w.After[key] {
			m := LocativeMatch{Rule: p.Rule, First: first}
			if end, ok := w.matchOn(tokens, first, high, p.Slots, &m); ok && (!found || end > best.End) {
				m.End = end
				best, found = m, true
			}
		}
	}
	return best, found
}

// matchBack matches slots from the last to the first, so that the last token is
// end-1; it gives the first token.
func (w *PlaceWords) matchBack(tokens []Token, end, low int, slots []string, m *LocativeMatch) (int, bool) {
	for k := len(slots) - 1; k >= 0; k-- {
		n := 0
		switch slots[k] {
		case SlotDistance:
			n = w.distanceBack(tokens, end, low, m)
		case SlotDirection, SlotPart:
			n = w.directionBack(tokens, end, low, slots[k] == SlotPart, m)
		default:
			if end > low && tokens[end-1].Lower == slots[k] {
				n = 1
			}
		}
		if n == 0 {
			return 0, false
		}
		end -= n
	}
	return end, true
}

func (w *PlaceWords) matchOn(tokens []Token, first, high int, slots []string, m *LocativeMatch) (int, bool) {
	for _, slot := range slots {
		n := 0
		switch slot {
		case SlotDirection, SlotPart:
			for size := min(5, high-first); size > 0 && n == 0; size-- {
				n = w.direction(tokens[first:first+size], slot == SlotPart, m)
			}
		default:
			if first < high && tokens[first].Lower == slot {
				n = 1
			}
		}
		if n == 0 {
			return 0, false
		}
		first += n
	}
	return first, true
}

// directionBack matches "north", "north-east" or "north east" before end.
func (w *PlaceWords) directionBack(tokens []Token, end, low int, part bool, m *LocativeMatch) int {
	for size := min(5, end-low); size > 0; size-- {
		if n := w.direction(tokens[end-size:end], part, m); n > 0 {
			return n
		}
	}
	return 0
}

func (w *PlaceWords) direction(tokens []Token, part bool, m *LocativeMatch) int {
	if len(tokens)%2 == 0 && len(tokens) != 2 {
		return 0
	}
	key := tokens[0].Lower
	if len(tokens) > 1 {
		var b strings.Builder
		for k, t := range tokens {
			if k > 0 && t.Start > tokens[k-1].End {
				b.WriteByte(' ')
			}
			b.WriteString(t.Lower)
		}
		key = b.String()
	}
	for _, d := range w.Directions[key] {
		if d.Part == part {
			m.Direction = &d
			return len(tokens)
		}
	}
	return 0
}
