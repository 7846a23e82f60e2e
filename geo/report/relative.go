package report

import (
	"strconv"
	"time"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// weekday is the most recent such day: the day of publication itself counts.
func (d *doc) weekday(m *mark[lexicon.DateWord]) (timex, bool) {
	s := m.span
	if d.pub() == "" {
		return d.unresolved(s)
	}
	back := (int(d.pub().Time().Weekday()) - m.v.Value + 7) % 7
	day := d.pub().Add(-back)
	if d.word(m.i-1) == "next" {
		day = d.pub().Add(7 - back)
	}
	return timex{span: s, when: geo.When{Start: day, End: day, Precision: geo.ByDay}}, true
}

func (d *doc) relative(m *mark[lexicon.DateWord]) (timex, bool) {
	p := d.pub()
	if p == "" {
		return d.unresolved(m.span)
	}
	w := geo.When{Start: p.Add(m.v.Value), End: p.Add(m.v.Value), Precision: geo.ByDay}
	switch m.v.Kind {
	case "overnight":
		w.End = p
	case "days":
		w.End, w.Precision = p, geo.ByWeek
		if m.v.Value < -10 {
			w.Precision = geo.ByMonth
		}
	case "week":
		monday := p.Add(-(int(p.Time().Weekday())+6)%7 + 7*m.v.Value)
		w = geo.When{Start: monday, End: min(monday.Add(6), p), Precision: geo.ByWeek}
	case "weekend":
		saturday := p.Add(-(int(p.Time().Weekday())+1)%7 + 7*m.v.Value)
		w = geo.When{Start: saturday, End: min(saturday.Add(1), p), Precision: geo.ByDay}
	case "month":
		t := p.Time()
		first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, m.v.Value, 0)
		w = geo.When{Start: geo.DayOf(first), End: min(geo.DayOf(first.AddDate(0, 1, -1)), p), Precision: geo.ByMonth}
	case "year":
		y := p.Time().Year() + m.v.Value
		w = geo.When{Start: geo.Day(strconv.Itoa(y) + "-01-01"), End: min(geo.Day(strconv.Itoa(y)+"-12-31"), p), Precision: geo.ByYear}
	}
	return timex{span: m.span, when: w}, true
}

// distance reads "two days ago" and "two days after": days from publication or
// from another event.
func (d *doc) distance(i int) (timex, bool) {
	n, end, vague := d.numberFrom(i)
	if end == i && (d.word(i) == "a" || d.word(i) == "the") {
		n, end = 1, i+1
	}
	if end == i || vague || n > 100 {
		return timex{}, false
	}
	unit := d.dates.on(end)
	if unit == nil || unit.v.Kind != "unit" {
		return timex{}, false
	}
	way := d.dates.on(unit.j)
	if way == nil || way.v.Kind != "direction" {
		return timex{}, false
	}
	s, days := span{i, way.j}, int(n)*unit.v.Value
	switch way.v.Text {
	case "back-of":
		return timex{span: s, rel: true, after: -days}, unit.v.Value > 0
	case "on-of":
		return timex{span: s, rel: true, after: days}, unit.v.Value > 0
	case "back":
		if d.word(way.i) != "ago" {
			return d.earlier(s, days)
		}
		if d.pub() == "" {
			return d.unresolved(s)
		}
		if x, ok := d.yearsAgo(s, int(n), unit.v.Value); ok {
			return x, true
		}
		day := d.pub().Add(-days)
		precision := map[int]geo.DatePrecision{7: geo.ByWeek, 14: geo.ByWeek, 30: geo.ByMonth, 365: geo.ByYear, 3650: geo.ByYear}[unit.v.Value]
		if precision == "" {
			precision = geo.ByDay
		}
		return timex{span: s, when: geo.When{Start: day, End: day, Precision: precision}}, true
	}
	return timex{}, false
}

// yearsAgo reads the day behind "nine years ago": "today", "on Monday", "this
// week". That day, so many years before.
func (d *doc) yearsAgo(s span, n, unit int) (timex, bool) {
	const year, decade = 365, 3650
	if unit != year && unit != decade {
		return timex{}, false
	}
	k := s.j
	if k < len(d.tok) && d.is(k, locative) && d.of[k] == d.of[s.i] {
		k++
	}
	m := d.dates.on(k)
	if m == nil || d.of[k] != d.of[s.i] || m.i != k {
		return timex{}, false
	}
	var x timex
	var ok bool
	switch m.v.Kind {
	case "weekday":
		x, ok = d.weekday(m)
	case "relative", "week", "month":
		x, ok = d.relative(m)
	}
	if !ok || x.when.Start == "" || x.when.End == "" {
		return timex{}, false
	}
	back := func(day geo.Day) geo.Day { return geo.DayOf(day.Time().AddDate(-n*unit/year, 0, 0)) }
	return timex{span: span{s.i, x.j}, when: geo.When{Start: back(x.when.Start), End: back(x.when.End), Precision: x.when.Precision}}, true
}

// earlier reads "a day earlier" behind a day of the same sentence: "said on Monday
// that it had struck the town a day earlier".
func (d *doc) earlier(s span, days int) (timex, bool) {
	k := len(d.times) - 1
	for ; k >= 0 && d.of[d.times[k].i] == d.of[s.i]; k-- {
		if x := d.times[k]; !x.text && !x.rel && x.when.Precision == geo.ByDay && x.when.Start != "" {
			day := x.when.Start.Add(-days)
			return timex{span: s, when: geo.When{Start: day, End: day, Precision: geo.ByDay}}, true
		}
	}
	return timex{}, false
}

// hours reads the hours of a day: they go into time_text as written.
func (d *doc) hours(m *mark[lexicon.DateWord]) (timex, bool) {
	s := m.span
	if m.v.Kind == "clock" {
		for s.i > 0 && m.i-s.i < 4 && (d.tok[s.i-1].Kind == lexicon.Number || d.w[s.i-1] == ":" || d.w[s.i-1] == "about" || d.w[s.i-1] == "around") {
			s.i--
		}
		if s.i == m.i {
			return timex{}, false
		}
	}
	return timex{span: s, text: true}, true
}
