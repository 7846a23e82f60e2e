package table

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// datePrecisions of UCDP's date_prec and ACLED's time_precision.
var datePrecisions = map[string]map[string]geo.DatePrecision{
	"ucdp-ged": {"1": geo.ByDay, "2": geo.ByDay, "3": geo.ByWeek, "4": geo.ByMonth, "5": geo.ByYear},
	"acled":    {"1": geo.ByDay, "2": geo.ByWeek, "3": geo.ByMonth},
}

func (m Mapping) when(get func(string) string) (geo.When, error) {
	var w geo.When
	for _, d := range []struct {
		field string
		to    *geo.Day
	}{{"start", &w.Start}, {"end", &w.End}} {
		text := get(d.field)
		if text == "" {
			continue
		}
		if m.Days == "" && twoDays(text) {
			return w, geo.Invalid(d.field, "%q may be two days; say \"days = day first\" or \"days = month first\" in the mapping, or write YYYY-MM-DD", text)
		}
		day, ok := dayIn(text, m.Days)
		if !ok {
			return w, geo.Invalid(d.field, "%q is no day; want YYYY-MM-DD", text)
		}
		*d.to = day
	}
	if w.End == "" {
		w.End = w.Start
	}
	if w.Start != "" && w.Start > w.End {
		return w, geo.Invalid("end", "%s is before the start, %s", w.End, w.Start)
	}
	w.Precision = geo.DateUnknown
	if w.End != "" {
		w.Precision = geo.ByDay
	}
	if p, ok := datePrecisions[m.Source][get("date_precision")]; ok && w.End != "" {
		w.Precision = p
	}
	return w, nil
}

// dayLayouts are tried in this order.
var dayLayouts = []string{"2006-01-02", "20060102", "2006/01/02", "2 January 2006", "02 January 2006", "January 2, 2006", "2-Jan-06", "02-Jan-2006", "2.1.2006", "01-02-06"} // the last as a spreadsheet shows its days

// The orders of a day with slashes, as a mapping says them.
const (
	DayFirst   = "day first"
	MonthFirst = "month first"
)

// slashed reads "5/3/2024" by its parts; ok is false where the text is no such day.
func slashed(text string) (a, b int, year string, ok bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return 0, 0, "", false
	}
	a, errA := strconv.Atoi(parts[0])
	b, errB := strconv.Atoi(parts[1])
	if len(parts[2]) == 2 {
		parts[2] = "20" + parts[2]
	}
	return a, b, parts[2], errA == nil && errB == nil
}

// twoDays reports whether a day with slashes may have its day or its month first.
func twoDays(text string) bool {
	a, b, _, ok := slashed(text)
	return ok && a <= 12 && b <= 12 && a != b
}

// dayIn reads a day; order says what a day with slashes begins with, where it may
// be either.
func dayIn(text, order string) (geo.Day, bool) {
	a, b, year, ok := slashed(text)
	if !ok {
		return dayOf(text)
	}
	if a <= 12 && (order == MonthFirst || b > 12) {
		a, b = b, a
	}
	t, err := time.Parse("2006-1-2", fmt.Sprintf("%s-%d-%d", year, b, a))
	return geo.DayOf(t), err == nil
}

func dayOf(text string) (geo.Day, bool) {
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ') && text[4] == '-' {
		text = text[:10]
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return geo.DayOf(t), true
		}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 20_000 && n < 80_000 { // as a spreadsheet keeps it
		return geo.DayOf(spreadsheetEpoch.AddDate(0, 0, int(n))), true
	}
	return "", false
}
