package report

import (
	"regexp"
	"strconv"
	"time"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// A day in figures: three numbers with the same mark between them.
var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})(?:\D|$)`)
	yearFirst = regexp.MustCompile(`^(\d{4})([./])(\d{1,2})([./])(\d{1,2})(?:\D|$)`)
)

// numericDay reads "06/08/16", "4.1.2024" and "2024/01/04". Where the order of
// day and month is open, marks decide (a point: day first), else the order that
// puts the day before publication, nearest to it.
func (d *doc) numericDay(i int) (timex, bool) {
	if d.tok[i].Kind != lexicon.Number || i > 0 && d.tok[i-1].End == d.tok[i].Start && d.w[i-1] != "(" {
		return timex{}, false
	}
	from := d.tok[i].Start
	text := d.rep.Text[from:min(len(d.rep.Text), from+12)]
	var year int
	var orders [][2]int // month, day
	end := 0
	if m := yearFirst.FindStringSubmatchIndex(text); m != nil && text[m[4]] == text[m[8]] {
		year = number64(text[m[2]:m[3]])
		orders, end = [][2]int{{number64(text[m[6]:m[7]]), number64(text[m[10]:m[11]])}}, m[11]
	} else if m := dayFirst.FindStringSubmatchIndex(text); m != nil && text[m[4]] == text[m[8]] {
		a, b := number64(text[m[2]:m[3]]), number64(text[m[6]:m[7]])
		if year = number64(text[m[10]:m[11]]); m[11]-m[10] == 2 {
			year = century(year, d.pub())
		}
		orders, end = [][2]int{{b, a}}, m[11]
		if text[m[4]] != '.' {
			orders = append(orders, [2]int{a, b})
		}
	}
	if end == 0 || year < 1900 || year > 2100 {
		return timex{}, false
	}
	var best geo.Day
	for _, o := range orders {
		t := time.Date(year, time.Month(o[0]), o[1], 0, 0, 0, 0, time.UTC)
		if o[0] < 1 || o[0] > 12 || o[1] < 1 || t.Day() != o[1] {
			continue
		}
		if day := geo.DayOf(t); best == "" || d.pub() != "" && d.nearer(day, best) {
			best = day
		}
	}
	if best == "" {
		return timex{}, false
	}
	s := span{i, i + 1}
	for s.j < len(d.tok) && d.tok[s.j].Start < from+end {
		s.j++
	}
	return timex{span: s, when: geo.When{Start: best, End: best, Precision: geo.ByDay}}, true
}

// nearer: a is before publication or on its day, and b is not, or farther back.
func (d *doc) nearer(a, b geo.Day) bool {
	p := d.pub()
	if (a <= p) != (b <= p) {
		return a <= p
	}
	return a <= p && a > b || a > p && a < b
}

// century makes a year of two figures one of the hundred that end ten years
// after publication.
func century(year int, published geo.Day) int {
	last := 2030
	if published != "" {
		last = published.Time().Year() + 10
	}
	for year += last / 100 * 100; year > last; year -= 100 {
	}
	return year
}

func number64(s string) int {
	n, _ := strconv.Atoi(s) // figures by the expression that found them
	return n
}

// yearAlone reads "in 2016".
func (d *doc) yearAlone(i int) (timex, bool) {
	if i == 0 || d.tok[i].Kind != lexicon.Number || len(d.tok[i].Text) != 4 || d.of[i-1] != d.of[i] {
		return timex{}, false
	}
	switch d.word(i - 1) {
	case "in", "during", "since":
	case "the":
		if d.trigger.on(i+1) == nil { // "the 2024 attack"
			return timex{}, false
		}
	default:
		return timex{}, false
	}
	year, end := d.yearAt(i)
	if end != i+1 || d.word(end) == "-" || d.person.on(end) != nil {
		return timex{}, false
	}
	y := strconv.Itoa(year)
	return timex{span: span{i, end}, when: geo.When{Start: geo.Day(y + "-01-01"), End: geo.Day(y + "-12-31"), Precision: geo.ByYear}}, true
}
