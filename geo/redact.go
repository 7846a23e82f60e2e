package geo

import (
	"slices"
	"strconv"
	"strings"
)

// Redact is the incident as it may leave without signing in: private persons
// are gone from Named together with the quotes that name them, the quotes of
// the others follow to their new places, and the private names are masked in
// every text that is left. Offsets stay true, since a mask is as long as what
// it hides.
func Redact(i Incident) Incident {
	if !slices.ContainsFunc(i.Named, func(n Named) bool { return n.Private }) {
		return i
	}
	private := i.Named
	moved := map[int]int{} // index among Named before and after
	i.Named = nil
	for k, n := range private {
		if !n.Private {
			moved[k] = len(i.Named)
			i.Named = append(i.Named, n)
		}
	}
	i.Quotes = redactQuotes(i.Quotes, moved)
	mask := newMasker(private)
	i.Title = mask.text(i.Title)
	for k := range i.Quotes {
		i.Quotes[k].Text = mask.text(i.Quotes[k].Text)
	}
	i.Actors = slices.Clone(i.Actors)
	for k := range i.Actors {
		i.Actors[k].Name, i.Actors[k].By = mask.text(i.Actors[k].Name), mask.text(i.Actors[k].By)
	}
	i.Claims = slices.Clone(i.Claims)
	for k := range i.Claims {
		i.Claims[k].By = mask.text(i.Claims[k].By)
	}
	return i
}

// redactQuotes leaves out the quotes of persons that are not in moved, and
// points those of the others at their new index.
func redactQuotes(quotes []Quote, moved map[int]int) []Quote {
	var left []Quote
	for _, q := range quotes {
		rest, isNamed := strings.CutPrefix(q.Field, "/named/")
		if isNamed {
			index, after, deeper := strings.Cut(rest, "/")
			before, err := strconv.Atoi(index)
			now, stays := moved[before]
			if err != nil || !stays {
				continue
			}
			q.Field = "/named/" + strconv.Itoa(now)
			if deeper {
				q.Field += "/" + after
			}
		}
		left = append(left, q)
	}
	return left
}

// MaskNames puts a "•" for every code point of the private names among named,
// wherever the text has them: whole, or by the last word of 4 letters and more.
// The result has as many code points as the text; line breaks stay.
func MaskNames(text string, named []Named) string { return newMasker(named).text(text) }
