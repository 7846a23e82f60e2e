package report

import (
	"dateline/geo"
)

// slack is how many days a coarse day may be off.
var slack = map[geo.DatePrecision]int{geo.ByWeek: 4, geo.ByMonth: 20, geo.ByYear: 200}

func otherDays(a, b geo.When) bool {
	if a.Start == "" || b.Start == "" {
		return false
	}
	n := max(slack[a.Precision], slack[b.Precision])
	return b.End.Add(n) < a.Start || a.End.Add(n) < b.Start
}

func (d *doc) dayNear(t telling) *timex {
	var best *timex
	least := 1000
	for k := range d.times {
		x := &d.times[k]
		if x.text || d.of[x.i] != t.sent {
			continue
		}
		gap := max(x.i-t.j, t.i-x.j, 0)
		if d.cut[x.i] != t.clause {
			gap += 12
		}
		if gap < least {
			best, least = x, gap
		}
	}
	return best
}

func (d *doc) date(events []*event) {
	for k := range d.times {
		x := &d.times[k]
		if x.rel {
			d.dateByOther(events, x)
		}
	}
	for _, e := range events {
		d.since(e)
		d.hoursOf(e)
		if e.when.Start == "" && e.when.End == "" && d.rep.Published != "" {
			e.when.End = d.pub()
			e.when.Precision = geo.DateUnknown
		}
	}
}

func (d *doc) dateByOther(events []*event, x *timex) {
	var behind, other *event // told right after the words, and told elsewhere in the sentence
	for _, e := range events {
		for _, t := range e.tellings {
			if t.sent != d.of[x.i] {
				continue
			}
			if t.i >= x.j && (behind == nil || behind == e) {
				behind = e
			} else if behind != e {
				other = e
			}
		}
	}
	if behind == nil || other == nil || behind == other {
		return
	}
	switch {
	case other.when.Start != "" && behind.when.Start == "":
		day := other.when.Start.Add(-x.after)
		behind.when, behind.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	case behind.when.Start != "" && other.when.Start == "":
		day := behind.when.Start.Add(x.after)
		other.when, other.whenSpan = geo.When{Start: day, End: day, Precision: geo.ByDay}, x.span
	}
}

func (d *doc) since(e *event) {
	if e.whenSpan.empty() || d.pub() == "" || e.when.Start == "" {
		return
	}
	s := d.sentence(e.whenSpan.i)
	for k := max(s.i, e.whenSpan.i-14); k < e.whenSpan.i; k++ {
		if d.word(k) == "since" {
			e.when.End = max(d.pub(), e.when.Start)
			return
		}
	}
}

func (d *doc) hoursOf(e *event) {
	for k := range d.times {
		x := &d.times[k]
		if !x.text {
			continue
		}
		for _, t := range e.tellings {
			if d.of[x.i] == t.sent && d.cut[x.i] == t.clause && e.timeSpan.empty() {
				e.timeSpan, e.when.TimeText = x.span, d.text(x.span)
			}
		}
	}
}
