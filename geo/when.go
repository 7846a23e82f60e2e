package geo

import (
	"time"
)

// Day is a civil date at the place, "2024-01-04"; the empty Day is not stated.
// Days compare as strings.
type Day string

const dayLayout = "2006-01-02"

// ParseDay reads YYYY-MM-DD. The error is an ErrInvalid.
func ParseDay(s string) (Day, error) {
	if _, err := time.Parse(dayLayout, s); err != nil {
		return "", Invalid("day", "%q is not a day of the form YYYY-MM-DD", s)
	}
	return Day(s), nil
}

// DayOf is the civil date of t in t's own zone.
func DayOf(t time.Time) Day { return Day(t.Format(dayLayout)) }

// Time is midnight UTC of the day; the zero time where the day is empty or
// malformed. It serves arithmetic on days only: a Day has no zone.
func (d Day) Time() time.Time {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add gives the day n days later; of an empty or malformed Day, the empty one.
func (d Day) Add(n int) Day {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return ""
	}
	return DayOf(t.AddDate(0, 0, n))
}

// DatePrecision says how finely the day is known.
type DatePrecision string

// The date precisions, finest first.
const (
	ByTime      DatePrecision = "time"
	ByDay       DatePrecision = "day"
	ByWeek      DatePrecision = "week"
	ByMonth     DatePrecision = "month"
	ByYear      DatePrecision = "year"
	DateUnknown DatePrecision = "unknown"
)

// DatePrecisions lists every date precision, finest first.
var DatePrecisions = []DatePrecision{ByTime, ByDay, ByWeek, ByMonth, ByYear, DateUnknown}

// When is the span of days of an incident, both ends included. A missing Start
// is open ("on or before End"); both missing is unknown.
type When struct {
	Start     Day           `json:"start,omitempty"`
	End       Day           `json:"end,omitempty"`
	Precision DatePrecision `json:"date_precision,omitempty"`
	TimeText  string        `json:"time_text,omitempty"` // the hours as written: "at about 02:00"
}

// Overlaps reports whether the span meets [start, end], of which either end may
// be empty, that is open. A span with neither day meets nothing but the fully
// open one.
func (w When) Overlaps(start, end Day) bool {
	if w.Start == "" && w.End == "" {
		return start == "" && end == ""
	}
	from, to := w.Start, w.End
	if to == "" {
		to = from
	}
	return (end == "" || from == "" || from <= end) && (start == "" || to >= start)
}
