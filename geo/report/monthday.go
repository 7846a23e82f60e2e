package report

import (
	"dateline/geo"
	"dateline/geo/lexicon"
)

// manyTimes bounds the times that are looked back through for a day: a text may be
// nothing but hours.
const manyTimes = 50

// dayWord reads the day of a month that is written out: "the sixth of", in the
// languages whose tables have such; n is 0 where none stands there.
func (d *doc) dayWord(i int) (n, width int) {
	if m := d.dates.on(i); m != nil && m.i == i && m.v.Kind == "monthday" {
		return m.v.Value, m.j - m.i
	}
	return 0, 0
}

// dayOfThatMonth reads "the 29th of the same month" and "the 3rd of this month":
// the month of the day that was named before, or that of publication.
func (d *doc) dayOfThatMonth(i int) (timex, bool) {
	day, ok := d.dayNumber(i)
	if !ok || i+1 >= len(d.tok) {
		return timex{}, false
	}
	m := d.dates.on(i + 1)
	if m == nil || m.i != i+1 || m.v.Kind != "of-month" {
		return timex{}, false
	}
	s := span{i, m.j}
	from := d.pub()
	if m.v.Value > 0 {
		from = ""
		for k := len(d.times) - 1; k >= max(0, len(d.times)-manyTimes) && from == ""; k-- {
			if !d.times[k].text && !d.times[k].rel {
				from = d.times[k].when.Start
			}
		}
	}
	if from == "" {
		return d.unresolved(s)
	}
	at := from.Time()
	if m.v.Value < 0 {
		at = at.AddDate(0, 0, -at.Day()) // the last day of the month before
	}
	return d.calendar(s, at.Year(), int(at.Month()), day)
}

// thatDayReach is the number of tokens between a day and the word that points back
// at it: those of two sentences.
const thatDayReach = 60

// thatDay reads "then" and "on that day": the day that was named before.
func (d *doc) thatDay(m *mark[lexicon.DateWord]) (timex, bool) {
	for k := len(d.times) - 1; k >= max(0, len(d.times)-manyTimes); k-- {
		x := &d.times[k]
		if x.text || x.rel {
			continue
		}
		if m.i-x.j > thatDayReach || x.when.Start == "" || x.when.Precision != geo.ByDay || d.of[x.i] == d.of[m.i] {
			break
		}
		return timex{span: m.span, when: x.when}, true
	}
	return timex{}, false
}

// daysOfMonth reads "6 and 11 December", "6 to 11 December" and "6-11 December": all
// the days from the first to the last.
func (d *doc) daysOfMonth(i int) (timex, bool) {
	first, ok := d.dayNumber(i)
	if !ok || i+2 >= len(d.tok) || d.of[i+2] != d.of[i] {
		return timex{}, false
	}
	switch d.word(i + 1) {
	case "and", "to", "-", "–":
	default:
		return timex{}, false
	}
	if last, ok := d.dayNumber(i + 2); !ok || last <= first {
		return timex{}, false
	}
	t, ok := d.dayAndMonth(i + 2)
	if !ok || t.when.Precision != geo.ByDay || t.when.Start == "" {
		return timex{}, false
	}
	t.i, t.when.Start = i, t.when.Start.Add(first-t.when.Start.Time().Day())
	return t, true
}

// thatYear reads the year behind a day or month that is told from publication: "Nov. 4
// last year", "in March of this year"; 0 where none stands there.
func (d *doc) thatYear(i int) (year, end int) {
	at := i
	if d.is(at, of) {
		at++
	}
	m := d.dates.on(at)
	if m == nil || m.i != at || m.v.Kind != "year" || d.pub() == "" || m.v.Value > 0 {
		return 0, i
	}
	return d.pub().Time().Year() + m.v.Value, m.j
}
