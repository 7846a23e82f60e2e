package lexicon

import (
	"math"
	"strconv"
	"strings"
)

// distanceBack matches a distance such as "10 km", "12.5-mile", "some 20
// kilometres (12 miles)" or "several miles" before end; it gives the number of
// its tokens, 0 where there is none.
func (w *PlaceWords) distanceBack(tokens []Token, end, low int, m *LocativeMatch) int {
	k := end
	if k-1 > low && tokens[k-1].Text == ")" { // the same distance in another unit
		for k--; k > low && tokens[k].Text != "("; k-- {
			if end-k > 6 {
				return 0
			}
		}
	}
	unit, n := w.unitBack(tokens, k, low)
	if n == 0 {
		return 0
	}
	if k -= n; k > low && tokens[k-1].Text == "-" {
		k--
	}
	if k <= low {
		return 0
	}
	value, precision, ok := w.amount(tokens[k-1])
	if !ok {
		return 0
	}
	k--
	if (tokens[k].Lower == "few" || tokens[k].Lower == "couple" || tokens[k].Lower == "half") && k > low && tokens[k-1].Lower == "a" {
		k--
	}
	m.DistanceM, m.DistanceDM = value*unit, precision*unit
	return end - k
}

func (w *PlaceWords) unitBack(tokens []Token, end, low int) (metres float64, n int) {
	if end-2 >= low {
		if metres, ok := w.Units[tokens[end-2].Lower+" "+tokens[end-1].Lower]; ok {
			return metres, 2
		}
	}
	if end-1 >= low {
		if metres, ok := w.Units[tokens[end-1].Lower]; ok {
			return metres, 1
		}
	}
	return 0, 0
}

func (w *PlaceWords) amount(t Token) (value, precision float64, ok bool) {
	switch t.Kind {
	case Number:
		return ParseDistance(t.Text)
	case Word:
		if value, ok = w.Amounts[t.Lower]; ok {
			if value == math.Trunc(value) {
				_, precision, _ = ParseDistance(strconv.Itoa(int(value)))
				return value, precision, true
			}
			return value, value, true
		}
	}
	return 0, 0, false
}

// ParseDistance reads a number as written and says how far it may be off, in
// the same unit: a whole number by 1, a multiple of a power of ten by half that
// power (10 by 5, 140 by 5, 200 by 50), a decimal fraction by one of its last
// place, and halves and quarters by themselves (Wieczorek, Guo and Hijmans
// 2004, section "Uncertainty due to imprecision in distance measurements").
func ParseDistance(s string) (value, precision float64, ok bool) {
	s = strings.ReplaceAll(s, ",", "")
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || !(value > 0) || value > 1e7 {
		return 0, 0, false
	}
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		switch fraction := s[dot+1:]; fraction {
		case "5":
			return value, 0.5, true
		case "25", "75":
			return value, 0.25, true
		default:
			return value, math.Pow(10, -float64(len(fraction))), true
		}
	}
	precision = 1
	for power := 10.0; math.Mod(value, power) == 0; power *= 10 {
		precision = power / 2
	}
	return value, precision, true
}
