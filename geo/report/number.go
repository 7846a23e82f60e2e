package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// number is a figure or number word with its bound: "at least 12", "two".
type number struct {
	span
	geo.Range
	more   bool // adds to an earlier count
	people bool // counts persons without a word for them: "a family of five"
}

// findNumbers finds figures and number words; ages, years and days are told
// apart where they are used.
func (d *doc) findNumbers() {
	d.numberAt = make([]int32, len(d.tok))
	for i := 0; i < len(d.tok); {
		n, end, vague := d.numberFrom(i)
		if end == i {
			i++
			continue
		}
		switch top, to := d.rangeEnd(i, end, n, vague); {
		case to > end:
			low := n
			d.addNumber(number{span: span{i, to}, Range: geo.Range{Low: &low, High: &top}})
			end = to
		case !d.isAgeOrYear(i, end):
			d.addNumber(d.bounded(number{span: span{i, end}}, n, vague))
		}
		i = end
	}
}

func (d *doc) addNumber(n number) {
	d.numbers = append(d.numbers, n)
	for k := n.i; k < n.j; k++ {
		d.numberAt[k] = int32(len(d.numbers))
	}
}

func (d *doc) numberOn(k int) *number {
	if k < 0 || k >= len(d.numberAt) || d.numberAt[k] == 0 {
		return nil
	}
	return &d.numbers[d.numberAt[k]-1]
}

// isAgeOrYear leaves out "19-year-old", "2023", money and shares.
func (d *doc) isAgeOrYear(i, end int) bool {
	next := d.word(end)
	if d.isAge(i, end) || next == "%" || next == "percent" || next == "per" {
		return true
	}
	if d.tok[i].Kind == lexicon.Number && len(d.tok[i].Lower) == 4 && end == i+1 {
		if y, err := strconv.Atoi(d.tok[i].Lower); err == nil && y >= 1900 && y <= 2100 {
			return true
		}
	}
	if d.tok[i].Kind == lexicon.Number && end < len(d.tok) && d.tok[end].Start == d.tok[end-1].End {
		switch d.word(end) {
		case "st", "nd", "rd", "th", "/", ":":
			return true
		}
	}
	before := d.word(i - 1)
	if i > 0 && (before == "/" || before == ":" || before == "#") && d.tok[i-1].End == d.tok[i].Start {
		return true
	}
	if d.tok[i].Kind == lexicon.Number && end == i+1 && d.inCode(i) || d.agesBefore(i) {
		return true
	}
	return before == "$" || before == "€" || before == "£"
}

// numberFrom reads a number that begins at token i; end is i where none does.
func (d *doc) numberFrom(i int) (n int64, end int, vague bool) {
	if d.joinedFigure(i) {
		n, err := strconv.ParseInt(strings.TrimLeftFunc(d.tok[i].Lower, unicode.IsLetter), 10, 64)
		if err != nil {
			return 0, i, false
		}
		return d.scaled(n, i+1)
	}
	if d.tok[i].Kind == lexicon.Number {
		if strings.Contains(d.tok[i].Lower, ".") || d.word(i-1) == "." && d.tok[i-1].End == d.tok[i].Start || d.codeLong(i) {
			return 0, i, false
		}
		n, err := strconv.ParseInt(strings.ReplaceAll(d.tok[i].Lower, ",", ""), 10, 64)
		if err != nil || n > 1e9 {
			return 0, i, false
		}
		return d.scaled(n, i+1)
	}
	values, width := d.words.Numbers.At(d.w, i)
	if width == 0 {
		return 0, i, false
	}
	switch v := values[0]; v.Kind {
	case "unit":
		if tens, w := d.numberWord(i+width, "ten"); w > 0 && v.Value > 0 && v.Value < 10 { // "three and twenty", joined
			return d.scaled(v.Value+tens, i+width+w)
		}
		return d.scaled(v.Value, i+width)
	case "hundred": // a word for several hundreds, with tens and ones behind it
		n, end = v.Value, i+width
		for _, kind := range []string{"ten", "unit"} {
			if more, w := d.numberWord(end, kind); w > 0 && more > 0 && more < 100 {
				n, end = n+more, end+w
			}
		}
		return d.scaled(n, end)
	case "ten":
		n, end = v.Value, i+width
		at := end
		if d.word(at) == "-" {
			at++
		}
		if more, w := d.numberWord(at, "unit"); w > 0 && more > 0 && more < 10 {
			return d.scaled(n+more, at+w)
		}
		return d.scaled(n, end)
	case "article":
		if scale, w := d.numberWord(i+width, "scale"); w > 0 {
			return scale, i + width + w, false
		}
	case "vague":
		return v.Value, i + width, true
	case "exact":
		return v.Value, i + width, false
	}
	return 0, i, false
}

func (d *doc) numberWord(i int, kind string) (int64, int) {
	if i >= len(d.w) {
		return 0, 0
	}
	values, width := d.words.Numbers.At(d.w, i)
	for _, v := range values {
		if v.Kind == kind {
			return v.Value, width
		}
	}
	return 0, 0
}

func (d *doc) scaled(n int64, end int) (int64, int, bool) {
	for n < 1e9 {
		scale, w := d.numberWord(end, "scale")
		if w == 0 {
			break
		}
		n, end = n*scale, end+w
		if more, at := d.rest(end, scale); at > end { // "ten thousand one hundred"
			return n + more, at, false
		}
	}
	return n, end, false
}

// rest reads the number in words that goes on behind a scale, smaller than it.
func (d *doc) rest(i int, scale int64) (n int64, end int) {
	if scale < 1000 || i >= len(d.tok) || d.tok[i].Kind == lexicon.Number {
		return 0, i
	}
	values, width := d.words.Numbers.At(d.w, i)
	if width == 0 || values[0].Kind != "unit" && values[0].Kind != "ten" && values[0].Kind != "hundred" {
		return 0, i
	}
	n, end, _ = d.numberFrom(i)
	if n <= 0 || n >= scale {
		return 0, i
	}
	return n, end
}

// bounded gives a number its range by the words before it. The number that is
// written is the best unless the words make it a bound only.
func (d *doc) bounded(x number, n int64, vague bool) number {
	kind := ""
	for back := 4; back > 0 && kind == ""; back-- {
		if x.i < back {
			continue
		}
		if values, width := d.words.Bounds.At(d.w, x.i-back); width == back {
			kind = values[0]
			x.i -= back
		}
	}
	x.Range = geo.Range{Low: &n, Best: &n, High: &n}
	switch {
	case vague:
		x.Range = geo.Range{Low: &n}
	case kind == "low", kind == "above":
		x.Range = geo.Range{Low: &n, Best: &n}
	case kind == "high":
		x.Range = geo.Range{High: &n}
	case kind == "below":
		x.Range = geo.Range{Best: &n, High: &n}
	case kind == "about":
		x.Range = geo.Range{Best: &n}
	}
	x.more = kind == "more" || kind == "added"
	if x.j < len(d.w) { // "two more"
		added, _ := d.words.Bounds.At(d.w, x.j)
		x.more = x.more || len(added) > 0 && added[0] == "added"
	}
	x.people = kind == "people"
	return x
}

// count is a number of persons: "three soldiers", "a militia commander".
type count struct {
	span
	number
	group string
	unit  span
	whole *number // of which the number is a part, "one of four boys"; nil where it is none
}

// maxAdjectives bounds the words between a number and its unit of persons.
const maxAdjectives = 4

// partOf is the number that is counted of another: "179 of the 181 people"; the
// number itself where it is the whole.
func (d *doc) partOf(n *number) *number {
	k := n.i - 1
	for k > 0 && d.is(k, definite) {
		k--
	}
	if p := d.numberOn(k - 1); k > 0 && d.is(k, of) && p != nil && d.of[p.i] == d.of[n.i] {
		return p
	}
	return n
}

// findCounts joins numbers and articles to the persons that they count.
func (d *doc) findCounts() {
	for k := range d.numbers {
		if n := &d.numbers[k]; n.people && d.person.on(n.j) == nil {
			d.counts = append(d.counts, count{span: n.span, number: *n, unit: n.span})
		}
	}
	for k := range d.person.all {
		p := &d.person.all[k]
		if d.otherThings(p.span) {
			continue
		}
		if n := d.numberOn(p.i); n != nil && n.j >= p.j { // a dual: "two soldiers" in one word
			d.counts = append(d.counts, count{span: n.span, number: *n, group: p.v.Group, unit: p.span})
			continue
		}
		from := p.i - 1
		for steps := 0; from >= 0 && steps < maxAdjectives && d.of[from] == d.of[p.i]; steps++ {
			if n := d.numberOn(from); n != nil {
				if d.dates.on(n.j) != nil { // "five months with his wife"
					break
				}
				c := count{group: p.v.Group, unit: p.span}
				if part := d.partOf(n); part != n {
					n, c.whole = part, n
				}
				c.span, c.number = span{n.i, p.j}, *n
				d.counts = append(d.counts, c)
				break
			}
			if p.v.Singular && (d.word(from) == "a" || d.word(from) == "an" || d.word(from) == "another") {
				one := int64(1)
				n := number{span: span{from, from + 1}, Range: geo.Range{Low: &one, Best: &one, High: &one}}
				d.counts = append(d.counts, count{span: span{from, p.j}, number: n, group: p.v.Group, unit: p.span})
				break
			}
			if !p.v.Singular && (d.is(from, of) && d.is(from+1, definite) || d.is(from, origin) && from+1 == p.i && !d.words.Fixed()) { // "two of her children"
				if n := d.numberOn(from - 1); n != nil && d.of[n.i] == d.of[p.i] {
					d.counts = append(d.counts, count{span: span{n.i, p.j}, number: *n, group: p.v.Group, unit: p.span})
				}
				break
			}
			if d.tok[from].Kind == lexicon.Mark && d.w[from] != "-" || d.is(from, conjunction|subordinator|be|have|modal|of) {
				break
			}
			from--
		}
	}
	slices.SortStableFunc(d.counts, func(a, b count) int { return a.span.i - b.span.i })
}
