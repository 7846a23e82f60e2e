package geo

// Temporal relates two spans of time as Allen's interval algebra does; an
// instant is a span whose ends are one.
type Temporal struct {
	Op          TemporalOp
	Left, Right Time
}

// TemporalOp is the name of a relation of time, as CQL2 writes it in lower case.
type TemporalOp string

// temporalOps says what each relation asks of the ends, each compared by the
// functions of span.
var temporalOps = map[TemporalOp]func(a, b span) bool{
	"t_after":      func(a, b span) bool { return cmpEnds(a.from, b.to) > 0 },
	"t_before":     func(a, b span) bool { return cmpEnds(a.to, b.from) < 0 },
	"t_contains":   func(a, b span) bool { return cmpEnds(a.from, b.from) < 0 && cmpEnds(a.to, b.to) > 0 },
	"t_disjoint":   func(a, b span) bool { return !a.meets(b) },
	"t_during":     func(a, b span) bool { return cmpEnds(a.from, b.from) > 0 && cmpEnds(a.to, b.to) < 0 },
	"t_equals":     func(a, b span) bool { return cmpEnds(a.from, b.from) == 0 && cmpEnds(a.to, b.to) == 0 },
	"t_finishedby": func(a, b span) bool { return cmpEnds(a.from, b.from) < 0 && cmpEnds(a.to, b.to) == 0 },
	"t_finishes":   func(a, b span) bool { return cmpEnds(a.from, b.from) > 0 && cmpEnds(a.to, b.to) == 0 },
	"t_intersects": func(a, b span) bool { return a.meets(b) },
	"t_meets":      func(a, b span) bool { return cmpEnds(a.to, b.from) == 0 },
	"t_metby":      func(a, b span) bool { return cmpEnds(a.from, b.to) == 0 },
	"t_overlappedby": func(a, b span) bool {
		return cmpEnds(a.from, b.from) > 0 && cmpEnds(a.from, b.to) < 0 && cmpEnds(a.to, b.to) > 0
	},
	"t_overlaps": func(a, b span) bool {
		return cmpEnds(a.from, b.from) < 0 && cmpEnds(a.to, b.from) > 0 && cmpEnds(a.to, b.to) < 0
	},
	"t_startedby": func(a, b span) bool { return cmpEnds(a.from, b.from) == 0 && cmpEnds(a.to, b.to) > 0 },
	"t_starts":    func(a, b span) bool { return cmpEnds(a.from, b.from) == 0 && cmpEnds(a.to, b.to) < 0 },
}

// Time is a span: of the incident where Incident is set, else from Start to End,
// each a Property or Literal, or nil where it is open. An instant has one Term
// for both.
type Time struct {
	Incident   bool
	Start, End Term
}

// end of a span: open is -1 where it never began, 1 where it never ends.
type end struct {
	at   Instant
	open int
}

type span struct{ from, to end }

func cmpEnds(a, b end) int {
	if a.open != 0 || b.open != 0 {
		return a.open - b.open
	}
	return a.at.compare(b.at)
}

func (s span) meets(o span) bool { return cmpEnds(s.from, o.to) <= 0 && cmpEnds(s.to, o.from) >= 0 }

// span of the subject; ok is false where it is not stated.
func (t Time) span(s *subject) (span, bool) {
	if t.Incident {
		return incidentSpan(s.When)
	}
	from, okFrom := endOf(t.Start, s, -1)
	to, okTo := endOf(t.End, s, 1)
	return span{from, to}, okFrom && okTo
}

func endOf(t Term, s *subject, open int) (end, bool) {
	if t == nil {
		return end{open: open}, true
	}
	for _, v := range t.values(s) {
		if at, ok := v.(Instant); ok {
			return end{at: at}, true
		}
	}
	return end{}, false
}

// incidentSpan is open at its start where only the end is stated.
func incidentSpan(w When) (span, bool) {
	last := w.End
	if last == "" {
		last = w.Start
	}
	if last == "" {
		return span{}, false
	}
	all := span{end{open: -1}, end{at: Instant{last.Time(), true}}}
	if w.Start != "" {
		all.from = end{at: Instant{w.Start.Time(), true}}
	}
	return all, true
}

func (t Time) missing(s *subject) bool {
	_, ok := t.span(s)
	return !ok
}

func (e Temporal) eval(s *subject) truth {
	a, okA := e.Left.span(s)
	b, okB := e.Right.span(s)
	if !okA || !okB {
		return unknown
	}
	return truthOf(temporalOps[e.Op](a, b))
}
