package report

import (
	"slices"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// Words is what some words of a report say by themselves, for a person who
// corrects a value by picking them. Nil is nothing of that kind.
type Words struct {
	Text   string     // as the report has it
	Number *geo.Range // the first number: "at least twelve"
	When   *geo.When  // the first day or days; relative ones are reckoned from publication
}

// Words reads the words from start up to but not including end, in code points,
// where they stand in their report. The error is an ErrInvalid of geo.
func (r *Reader) Words(rep geo.Report, start, end int) (Words, error) {
	text := []rune(rep.Text)
	if start < 0 || end > len(text) || start >= end {
		return Words{}, geo.Invalid("start", "words from %d to %d: the text has %d code points", start, end, len(text))
	}
	if code, ok := lexicon.Detect(rep.Text); ok && r.others[code] != nil {
		return r.others[code].Words(rep, start, end)
	}
	d := newDoc(rep, r.language, nil)
	meets := func(s span) bool { return d.tok[s.i].Rune < end && d.runeEnd(s.j-1) > start }
	out := Words{Text: string(text[start:end])}
	for k := range d.numbers {
		if n := d.numbers[k].span; meets(n) && !slices.ContainsFunc(d.times, func(t timex) bool { return t.overlaps(n) }) {
			out.Number = &d.numbers[k].Range
			break
		}
	}
	for k := range d.times {
		if t := &d.times[k]; meets(t.span) && !t.text && !t.rel && (t.when.Start != "" || t.when.End != "") {
			out.When = &t.when
			break
		}
	}
	return out, nil
}
