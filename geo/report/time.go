package report

import (
	"strconv"
	"time"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// timex is an expression of time with the days that it means.
type timex struct {
	span
	when  geo.When
	after int  // days after another event, before it where negative; see offset
	rel   bool // the days follow from another event
	text  bool // an hour of the day: no day of its own
}

// findTimes finds the days and hours that the text names. Relative days are
// reckoned from the day of publication; without one they stay unresolved.
func (d *doc) findTimes() {
	d.findDateline()
	for i := 0; i < len(d.tok); {
		t, ok := d.timeFrom(i)
		if !ok {
			i++
			continue
		}
		t = d.untilDay(t)
		d.addTime(t)
		i = t.j
	}
}

// untilDay goes on to the second day of "between August 9 and 16" and "August 9-16".
func (d *doc) untilDay(t timex) timex {
	if t.when.Precision != geo.ByDay || t.when.Start == "" || t.when.Start != t.when.End || d.tok[t.j-1].Kind != lexicon.Number || len(d.tok[t.j-1].Text) > 2 {
		return t
	}
	day, ok := d.dayNumber(t.j + 1)
	if !ok || d.of[t.j+1] != d.of[t.i] || day <= t.when.Start.Time().Day() {
		return t
	}
	switch d.word(t.j) {
	case "and", "to":
		if before := d.word(t.i - 1); before != "between" && before != "from" {
			return t
		}
	case "-", "–":
	default:
		return t
	}
	if last := t.when.Start.Add(day - t.when.Start.Time().Day()); last.Time().Month() == t.when.Start.Time().Month() {
		t.when.End, t.j = last, t.j+2
	}
	return t
}

// longestDateline bounds the tokens of a dateline.
const longestDateline = 24

// findDateline reads the day in the line that gives the report's place and day:
// other days are reckoned from it, and it is an event's day only where the
// sentence gives no other.
func (d *doc) findDateline() {
	for m := range d.mentions {
		if !d.mentions[m].Dateline {
			continue
		}
		first := d.mentionI[m].i
		for k := first; k < min(len(d.tok), first+longestDateline) && d.tok[k].Line == d.tok[first].Line; k++ {
			switch d.tok[k].Text {
			case "-", "–", "—", "―":
				if k > 0 && d.tok[k-1].End == d.tok[k].Start && d.tok[k].Text == "-" {
					continue // inside a name
				}
				d.datelineEnd = k
			}
			if d.datelineEnd > 0 {
				break
			}
		}
		for k := first; k < d.datelineEnd && d.dateline == ""; k++ {
			for _, read := range []func(int) (timex, bool){d.isoDay, d.numericDay, d.dayAndMonth} {
				if x, ok := read(k); ok && x.when.Precision == geo.ByDay && x.when.Start != "" && x.j <= d.datelineEnd {
					d.dateline = x.when.Start
					break
				}
			}
		}
		return
	}
}

// addTime enters a time; a weekday right after another and "and", "to" or
// "through" makes a span of days with it.
func (d *doc) addTime(t timex) {
	if k := len(d.times) - 1; k >= 0 && !t.text && !t.rel {
		last := &d.times[k]
		between := t.i - last.j
		if m := d.dates.on(last.i); m != nil && m.v.Kind == "overnight" && between == 1 && d.is(last.j, goal) && t.when.Start != "" { // "overnight into Friday"
			last.when = geo.When{Start: t.when.Start.Add(-1), End: t.when.End, Precision: geo.ByDay}
			last.j = t.j
			return
		}
		if between >= 1 && between <= 2 && !last.text && !last.rel && last.when.Start != "" && t.when.End != "" && last.when.Start <= t.when.End {
			switch d.word(last.j) {
			case "and", "to", "through", "until", "-", "–":
				last.when.End, last.j = t.when.End, t.j
				return
			}
		}
	}
	d.times = append(d.times, t)
}

func (d *doc) timeFrom(i int) (timex, bool) {
	if t, ok := d.isoDay(i); ok {
		return t, true
	}
	for _, read := range []func(int) (timex, bool){d.numericDay, d.daysOfMonth, d.dayAndMonth, d.dayOfThatMonth, d.distance, d.yearAlone} {
		if t, ok := read(i); ok {
			return t, true
		}
	}
	m := d.dates.on(i)
	if m == nil || m.i != i {
		return timex{}, false
	}
	switch m.v.Kind {
	case "weekday":
		return d.weekday(m)
	case "weekday-short":
		if d.tok[i].Capitalised() && !d.caps {
			return d.weekday(m)
		}
	case "that-day":
		return d.thatDay(m)
	case "relative", "overnight", "week", "weekend", "days":
		return d.relative(m)
	case "month", "year":
		if d.word(i) != d.tok[i].Lower || m.j-m.i > 1 || m.v.Value <= 0 {
			return d.relative(m)
		}
	case "hours", "clock":
		return d.hours(m)
	}
	return timex{}, false
}

// pub is the day that relative days count from.
func (d *doc) pub() geo.Day {
	if d.dateline != "" {
		return d.dateline
	}
	return d.rep.Published
}

func (d *doc) unresolved(s span) (timex, bool) {
	d.note("no publication day: “" + d.text(s) + "” stays unresolved")
	return timex{span: s, when: geo.When{Precision: geo.DateUnknown, TimeText: d.text(s)}}, true
}

func (d *doc) isoDay(i int) (timex, bool) {
	if i+4 >= len(d.tok) || d.tok[i].Kind != lexicon.Number || len(d.tok[i].Lower) != 4 || d.tok[i+1].Text != "-" {
		return timex{}, false
	}
	s := span{i, i + 5}
	day, err := geo.ParseDay(d.text(s))
	return timex{span: s, when: geo.When{Start: day, End: day, Precision: geo.ByDay}}, err == nil
}

// dayAndMonth reads "October 7", "7 October 2023", "Oct. 7, 2023", "7th of
// October" and "October 2023".
func (d *doc) dayAndMonth(i int) (timex, bool) {
	month, at, day := 0, i, 0
	if n, width := d.dayWord(i); n > 0 {
		day, at = n, i+width
		if month, width = d.monthAt(at); month == 0 {
			return timex{}, false
		}
		at += width
	} else if n, ok := d.dayNumber(i); ok {
		at = d.ordinalEnd(i)
		if d.word(at) == "of" {
			at++
		}
		width := 0
		if month, width = d.monthAt(at); month == 0 {
			return timex{}, false
		}
		day = n
		at += width
	} else if m, width := d.monthAt(i); m > 0 {
		month = m
		at += width
		if d.word(at) == "." {
			at++
		}
		if n, ok := d.dayNumber(at); ok {
			day = n
			at = d.ordinalEnd(at)
		}
	} else {
		return timex{}, false
	}
	if _, width := d.monthAt(at + 1); width > 0 && d.word(at) == "/" { // its other name
		at += 1 + width
	}
	year, at := d.yearAt(at)
	if year == 0 {
		year, at = d.thatYear(at)
	}
	if day == 0 && year == 0 && (i == 0 || d.word(i-1) != "in" && d.word(i-1) != "since") {
		return timex{}, false
	}
	s := span{i, at}
	if year == 0 {
		if d.pub() == "" {
			return d.unresolved(s)
		}
		year = d.yearFor(month, max(day, 1))
	}
	return d.calendar(s, year, month, day)
}

func (d *doc) calendar(s span, year, month, day int) (timex, bool) {
	first := time.Date(year, time.Month(month), max(day, 1), 0, 0, 0, 0, time.UTC)
	if int(first.Month()) != month {
		return timex{}, false
	}
	w := geo.When{Start: geo.DayOf(first), End: geo.DayOf(first), Precision: geo.ByDay}
	if day == 0 {
		w.End, w.Precision = geo.DayOf(first.AddDate(0, 1, -1)), geo.ByMonth
	}
	return timex{span: s, when: w}, true
}

// yearFor is the year in which a day of the calendar last was, seen from the
// day of publication.
func (d *doc) yearFor(month, day int) int {
	p := d.pub().Time()
	if time.Date(p.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC).After(p.AddDate(0, 0, 7)) {
		return p.Year() - 1
	}
	return p.Year()
}

func (d *doc) dayNumber(i int) (int, bool) {
	if i >= len(d.tok) || d.tok[i].Kind != lexicon.Number {
		return 0, false
	}
	n, err := strconv.Atoi(d.tok[i].Lower)
	return n, err == nil && n >= 1 && n <= 31
}

// ordinalEnd is one past the figure at i and the ending that makes it an
// ordinal: "7th".
func (d *doc) ordinalEnd(i int) int {
	if i+1 < len(d.tok) && d.tok[i+1].Start == d.tok[i].End {
		switch d.w[i+1] {
		case "st", "nd", "rd", "th", "d":
			return i + 2
		}
	}
	return i + 1
}

// monthAt is the month that a word or two at token i name, with their number; 0
// where they name none.
func (d *doc) monthAt(i int) (month, width int) {
	if i < 0 || i >= len(d.tok) {
		return 0, 0
	}
	values, n := d.words.Dates.At(d.w, i)
	if n == 0 || values[0].Value < 1 || values[0].Value > 12 {
		return 0, 0
	}
	switch values[0].Kind {
	case "month-lower":
		return values[0].Value, n
	case "month":
		if n == 1 && (d.caps || d.tok[i].Capitalised()) {
			return values[0].Value, n
		}
	}
	return 0, 0
}

func (d *doc) yearAt(i int) (year, end int) {
	at := i
	if d.word(at) == "," {
		at++
	}
	if at < len(d.tok) && d.tok[at].Kind == lexicon.Number {
		y, err := strconv.Atoi(d.tok[at].Lower)
		if err == nil && y >= 1900 && y <= 2100 {
			return y, at + 1
		}
		if err == nil && d.caps && y >= 50 && y <= 99 && at == i {
			return 1900 + y, at + 1
		}
	}
	return 0, i
}
