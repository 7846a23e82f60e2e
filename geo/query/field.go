package query

import (
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// parseField reads the values of a field, with commas between them, of which
// any may be met; for what has an order also "5..", "..9", "2..9", and ".." for
// any value at all.
func parseField(f geo.Field, value string) (geo.Expr, error) {
	var exact []any
	var any geo.Or
	for _, text := range splitValues(value) {
		if text == "" {
			return nil, geo.Invalid(f.Name, "a value is empty")
		}
		low, high, isRange := strings.Cut(text, "..")
		if isRange = isRange && ordered(f.Kind); isRange {
			e, err := parseRange(f, low, high)
			if err != nil {
				return nil, err
			}
			any = append(any, e)
			continue
		}
		if _, err := geo.ParseDay(text); f.Kind == geo.KindTime && err == nil {
			e, err := parseRange(f, text, text)
			if err != nil {
				return nil, err
			}
			any = append(any, e)
			continue
		}
		v, err := parseValue(f, text)
		if err != nil {
			return nil, err
		}
		exact = append(exact, v)
	}
	if len(exact) > 0 {
		any = append(any, geo.In{Field: f.Name, Values: exact})
	}
	if len(any) == 1 {
		return any[0], nil
	}
	return any, nil
}

// ordered reports whether a kind has ranges.
func ordered(k geo.Kind) bool {
	return k == geo.KindInt || k == geo.KindNumber || k == geo.KindDay || k == geo.KindTime
}

// parseRange reads the ends of a range, both included; an empty one is open. A
// day of a field of instants is the whole day, UTC.
func parseRange(f geo.Field, low, high string) (geo.Expr, error) {
	var both geo.And
	if low != "" {
		v, err := parseValue(f, low)
		if err != nil {
			return nil, err
		}
		both = append(both, geo.Compare{Field: f.Name, Op: geo.Ge, Value: v})
	}
	if high != "" {
		v, err := parseValue(f, high)
		if err != nil {
			return nil, err
		}
		last := geo.Compare{Field: f.Name, Op: geo.Le, Value: v}
		if day, err := geo.ParseDay(high); f.Kind == geo.KindTime && err == nil {
			last.Op, last.Value = geo.Lt, day.Time().AddDate(0, 0, 1)
		}
		both = append(both, last)
	}
	if len(both) == 0 {
		return geo.Not{Expr: geo.Null{Field: f.Name}}, nil
	}
	return both, nil
}

// parseValue reads one value of the field's kind, of the Go type that geo wants.
func parseValue(f geo.Field, text string) (any, error) {
	switch f.Kind {
	case geo.KindInt:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
		return nil, geo.Invalid(f.Name, "%q is no whole number; write 5, 5.., ..9 or 2..9", text)
	case geo.KindNumber:
		if x, err := strconv.ParseFloat(text, 64); err == nil && x == x {
			return x, nil
		}
		return nil, geo.Invalid(f.Name, "%q is no number; write 0.5, 0.5.., ..0.9 or 0.2..0.9", text)
	case geo.KindBool:
		if text == "true" || text == "false" {
			return text == "true", nil
		}
		return nil, geo.Invalid(f.Name, "%q is neither true nor false", text)
	case geo.KindDay:
		if d, err := geo.ParseDay(text); err == nil {
			return string(d), nil
		}
		return nil, geo.Invalid(f.Name, "%q is no day; write 2024-01-04, 2024-01-04.. or ..2024-01-04", text)
	case geo.KindTime:
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return t.UTC(), nil
		}
		if d, err := geo.ParseDay(text); err == nil {
			return d.Time(), nil
		}
		return nil, geo.Invalid(f.Name, "%q is neither an instant (2024-01-04T12:00:00Z) nor a day", text)
	}
	return text, nil
}

// splitValues cuts at commas and takes spaces away around each value. What
// follows a backslash stands for itself: "\," is a comma of the value.
func splitValues(s string) []string {
	var values []string
	var one []byte
	kept := 0 // bytes of one up to the last that is no space
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case c == ',':
			values, one, kept = append(values, string(one[:kept])), nil, 0
		case c == ' ':
			if kept > 0 {
				one = append(one, c)
			}
		default:
			if c == '\\' && k+1 < len(s) {
				k++
			}
			one = append(one, s[k])
			kept = len(one)
		}
	}
	return append(values, string(one[:kept]))
}
