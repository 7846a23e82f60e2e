package geoparse

import (
	"dateline/gazetteer"
	"dateline/geo/lexicon"
)

// link finds which names the text gives as containers of which: "X, Y", "X (Y)",
// "X in Y", "Y's X", "the Y town of X".
func (p *Parser) link(t *text, names []name) {
	for i := 0; i+1 < len(names); i++ {
		a, b := &names[i], &names[i+1]
		if !t.within(b.first, a.first) || b.first < a.end {
			continue
		}
		switch t.relation(a, b, p.words) {
		case firstInSecond:
			p.tie(names, i, i+1)
		case secondInFirst:
			p.tie(names, i+1, i)
		}
	}
	for i := len(names) - 2; i >= 0; i-- { // "Homs and Hama, Syria"
		a, b := &names[i], &names[i+1]
		if len(a.containers) == 0 && t.listed(a, b) {
			for _, c := range b.containers {
				if c != i {
					p.tie(names, i, c)
				}
			}
		}
	}
}

type relation int

const (
	unrelated relation = iota
	firstInSecond
	secondInFirst
)

// relation of two names that follow each other, by the words between them.
func (t *text) relation(a, b *name, w *lexicon.PlaceWords) relation {
	k := a.end
	if b.first == k {
		if t.words[k-1].possessive {
			return secondInFirst
		}
		return unrelated
	}
	if b.first == k+1 && (t.markAt(k, ",") || t.markAt(k, "(") || t.markAt(k, "/")) {
		return firstInSecond
	}
	if b.first-k > 8 {
		return unrelated
	}
	g, ok := t.gapBetween(a.end, b.first, w)
	switch {
	case !ok:
		return unrelated
	case g.in:
		return firstInSecond
	case g.of && g.kind && (g.comma || b.wanted == "" || a.wanted != ""):
		return firstInSecond // "the Karrada district of Baghdad"
	case g.of && g.kind:
		return secondInFirst // "the Beirut suburb of Dahieh"
	case g.comma && (g.kind || t.is(b.first-1, lexicon.TheWord) || t.markAt(b.first-1, ",")):
		return firstInSecond // "Mosul city, Iraq"
	case t.words[a.end-1].possessive:
		return secondInFirst
	}
	return unrelated
}

// gap is what the words between two names say.
type gap struct{ in, of, kind, comma bool }

// gapBetween reads the tokens between two names; it fails where one of them
// tells of something else.
func (t *text) gapBetween(first, end int, w *lexicon.PlaceWords) (g gap, ok bool) {
	for k := first; k < end; k++ {
		word := t.lower(k)
		_, kind := w.Kinds[word]
		switch {
		case t.markAt(k, ",") || t.markAt(k, "("):
			if g.comma {
				return g, false
			}
			g.comma = true
		case t.is(k, lexicon.InsideWord):
			g.in = true
		case t.is(k, lexicon.OfWord):
			g.of = true
		case t.is(k, lexicon.TheWord|lexicon.AnyWord) || t.hyphen(k):
		case kind:
			g.kind = true
		default:
			if len(w.Directions[word]) == 0 && (w.Uses[word]&lexicon.CommonWord == 0 || t.words[k].capital) {
				return g, false
			}
		}
	}
	return g, true
}

// listed reports whether two names are members of a list.
func (t *text) listed(a, b *name) bool {
	if b.first != a.end+1 || !t.within(b.first, a.first) {
		return false
	}
	return t.is(a.end, lexicon.AndWord) || t.markAt(a.end, ",") || t.markAt(a.end, "&")
}

// towns gives the streets that the gazetteer does not know, and that have no
// container, the last settlement before them in their sentence.
func (p *Parser) towns(t *text, names []name) {
	for i := range names {
		n := &names[i]
		if n.missing != "street" || len(n.containers) > 0 {
			continue
		}
		for j := i - 1; j >= max(0, i-8) && t.within(names[j].first, n.first); j-- {
			if o := &names[j]; len(o.found) > 0 && o.found[0].Class == 'P' && o.kind == Literal {
				n.containers = append(n.containers, j)
				break
			}
		}
	}
}

// tie makes the name outer a container of inner where some reading of the one
// holds some reading of the other.
func (p *Parser) tie(names []name, inner, outer int) {
	a, b := &names[inner], &names[outer]
	if len(b.found) == 0 || a.key == b.key && a.missing == "" || demonym(a.found) {
		return
	}
	if a.missing == "" && !p.holdsAny(b.found, a.found) {
		return
	}
	if a.missing != "" && b.found[0].Precision() == gazetteer.Street {
		return
	}
	for _, c := range a.containers {
		if c == outer {
			return
		}
	}
	a.containers = append(a.containers, outer)
	b.contains = true
}

func (p *Parser) holdsAny(outer, inner []gazetteer.Match) bool {
	for k := range min(len(outer), 8) {
		for j := range min(len(inner), maxCandidates) {
			if p.holds(outer[k].Place, inner[j].Place) {
				return true
			}
		}
	}
	return false
}

// holds is the gazetteer's Contains, less the cases in which two names of the
// same rank only happen to be close.
func (p *Parser) holds(outer, inner gazetteer.Place) bool {
	if outer.Country != "" && inner.Country != "" && outer.Country != inner.Country {
		return false
	}
	if outer.Class == 'P' && inner.Class == 'P' && inner.Population > outer.Population/2 {
		return false
	}
	return p.places.Contains(outer, inner)
}

// datelines marks the names of the line that gives a report's place and day:
// "BEIRUT (AP) — ", "KATHMANDU, Nepal — ". It begins a line, or, in capitals, a
// sentence behind a headline that stands in the same line.
func (t *text) datelines(names []name) {
	const paragraphs, tokens = 3, 100
	for i := 0; i < len(names); i++ {
		first := names[i].first
		if t.tokens[first].Paragraph >= paragraphs {
			return
		}
		capitals := first < tokens && isUpper(t.tokens[first].Text) && len(t.tokens[first].Text) > 2 && t.casingAt(first) != upperCase
		if !t.startsLine(first) && !(capitals && t.startsSentence(first)) {
			continue
		}
		end, ok := t.datelineEnd(names[i].end)
		if !ok {
			continue
		}
		for j := i; j < len(names) && names[j].first < end; j++ {
			names[j].dateline = true
		}
		return
	}
}

func (t *text) startsLine(k int) bool { return k == 0 || t.tokens[k-1].Line != t.tokens[k].Line }

// startsSentence reports whether token k begins a sentence, or follows a period
// that ends one.
func (t *text) startsSentence(k int) bool {
	return k == t.sentenceAt(k).First || t.markAt(k-1, ".")
}

// datelineEnd finds the dash that ends a dateline whose first name ends at k.
func (t *text) datelineEnd(k int) (int, bool) {
	const longest = 16
	for at := k; at < k+longest && at < len(t.tokens) && t.tokens[at].Line == t.tokens[k-1].Line; at++ {
		token := t.tokens[at]
		switch {
		case t.dash(at):
			return at, true
		case at > k && t.is(at, lexicon.OfWord|lexicon.TheWord|lexicon.AndWord) && (t.is(at+1, lexicon.TheWord) || t.capitalAt(at+1, at)): // "Republic of the Congo"
		case token.Kind == lexicon.Number, t.words[at].capital, t.hyphen(at), token.Kind == lexicon.Word && caseless(token.Text):
		case token.Kind == lexicon.Mark && (token.Text == "," || token.Text == "،" || token.Text == "(" || token.Text == ")" || token.Text == "." || token.Text == "/" || token.Text == "["):
		default:
			return 0, false
		}
	}
	return 0, false
}

func (t *text) dash(k int) bool {
	switch t.tokens[k].Text {
	case "â": // a dash whose encoding was broken on the way
		return true
	case "—", "–", "\uFFFD", "―":
		return !t.hyphen(k) || t.tokens[k].Text == "—"
	case "-":
		return !t.joined(k) || t.markAt(k-1, "-")
	}
	return false
}
