// Package query turns URL parameters into a geo.Filter with paging, and back.
package query

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/geo"
)

// The limits of a page of features.
const (
	DefaultLimit = 100
	MaxLimit     = 10_000
)

// Request is what the parameters of a URL ask for.
type Request struct {
	Filter geo.Filter
	Limit  int    // features of a page
	After  string // id after which the page begins, empty for the first
	sum    string // checksum of the filter's parameters, which a cursor carries
}

// Parse reads the parameters. A parameter that is unknown, given twice or
// malformed is an ErrInvalid that names it. Several parameters narrow each
// other; several values of one, with commas between them, widen it.
func Parse(params url.Values) (Request, error) {
	r := Request{Limit: DefaultLimit, sum: checksum(params)}
	var all geo.And
	for _, name := range sortedNames(params) {
		values := params[name]
		if len(values) != 1 {
			return r, geo.Invalid(name, "given %d times; put several values into one, with commas between them", len(values))
		}
		value := strings.TrimSpace(values[0])
		switch name {
		case "limit":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 {
				return r, geo.Invalid("limit", "%q is not a number from 1 to %d", value, MaxLimit)
			}
			r.Limit = min(n, MaxLimit)
		case "cursor":
			after, err := r.readCursor(value)
			if err != nil {
				return r, err
			}
			r.After = after
		default:
			e, err := parseParam(name, value)
			if err != nil {
				return r, err
			}
			all = append(all, e)
		}
	}
	if len(all) > 0 {
		r.Filter = geo.Filter{Expr: all}
	}
	return r, r.Filter.Validate()
}

func parseParam(name, value string) (geo.Expr, error) {
	switch name {
	case "bbox":
		return parseBBox(value)
	case "datetime":
		return parseDatetime(value)
	case "q":
		words := geo.FoldWords(value)
		if len(words) == 0 {
			return nil, geo.Invalid("q", "give at least one word")
		}
		return geo.Words(words), nil
	}
	f, ok := geo.FieldByName(name)
	if !ok || !f.Filterable {
		return nil, geo.Invalid(name, "no such parameter; there are %s", strings.Join(names(), ", "))
	}
	if value == "" {
		return nil, geo.Invalid(name, "it is empty")
	}
	return parseField(f, value)
}

// parseField reads "a,b" for text, "2..9" or "5" for numbers, "true" or "false".
func parseField(f geo.Field, value string) (geo.Expr, error) {
	switch f.Kind {
	case geo.KindInt, geo.KindNumber:
		return parseNumbers(f, value)
	case geo.KindBool:
		b, err := strconv.ParseBool(value)
		if err != nil {
			return nil, geo.Invalid(f.Name, "%q is neither true nor false", value)
		}
		return geo.Compare{Field: f.Name, Op: geo.Eq, Value: b}, nil
	}
	in := geo.In{Field: f.Name}
	for _, v := range splitValues(value) {
		in.Values = append(in.Values, v)
	}
	return in, nil
}

// splitValues cuts at commas; a comma that belongs to a value is written "\,".
func splitValues(s string) []string {
	var values []string
	var one strings.Builder
	for k := 0; k < len(s); k++ {
		switch {
		case s[k] == '\\' && k+1 < len(s):
			k++
			one.WriteByte(s[k])
		case s[k] == ',':
			values = append(values, strings.TrimSpace(one.String()))
			one.Reset()
		default:
			one.WriteByte(s[k])
		}
	}
	return append(values, strings.TrimSpace(one.String()))
}

var escapeValue = strings.NewReplacer(`\`, `\\`, `,`, `\,`)

// parseNumbers reads "5", "5..", "..9" or "2..9", both ends included.
func parseNumbers(f geo.Field, value string) (geo.Expr, error) {
	low, high, isRange := strings.Cut(value, "..")
	if !isRange {
		n, err := parseNumber(f, value)
		return geo.Compare{Field: f.Name, Op: geo.Eq, Value: n}, err
	}
	var both geo.And
	for _, end := range []struct {
		text string
		op   geo.Op
	}{{low, geo.Ge}, {high, geo.Le}} {
		if end.text == "" {
			continue
		}
		n, err := parseNumber(f, end.text)
		if err != nil {
			return nil, err
		}
		both = append(both, geo.Compare{Field: f.Name, Op: end.op, Value: n})
	}
	if len(both) == 0 {
		return geo.Not{Expr: geo.Null{Field: f.Name}}, nil
	}
	return both, nil
}

func parseNumber(f geo.Field, text string) (any, error) {
	if f.Kind == geo.KindInt {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, geo.Invalid(f.Name, "%q is no whole number; write 5, 5.., ..9 or 2..9", text)
		}
		return n, nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || x != x {
		return nil, geo.Invalid(f.Name, "%q is no number; write 0.5, 0.5.., ..0.9 or 0.2..0.9", text)
	}
	return x, nil
}

// parseBBox reads 4 numbers, or the 6 of a box with heights, whose heights are
// passed over. West above east crosses the antimeridian (RFC 7946, 5.2).
func parseBBox(value string) (geo.Expr, error) {
	parts := strings.Split(value, ",")
	numbers := make([]float64, len(parts))
	for k, p := range parts {
		x, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || x != x {
			return nil, geo.Invalid("bbox", "%q is no number", p)
		}
		numbers[k] = x
	}
	switch len(numbers) {
	case 4:
	case 6:
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	default:
		return nil, geo.Invalid("bbox", "%d numbers; want west,south,east,north in degrees", len(numbers))
	}
	return geo.BBox{West: numbers[0], South: numbers[1], East: numbers[2], North: numbers[3]}, nil
}

// parseDatetime reads a day or an RFC 3339 instant, or an interval a/b of them
// whose open end is ".." or empty. Days are civil days at the place: the day of
// an instant is the one that it writes.
func parseDatetime(value string) (geo.Expr, error) {
	from, to, isInterval := strings.Cut(value, "/")
	if !isInterval {
		d, err := parseDay(value)
		return geo.During{Start: d, End: d}, err
	}
	var e geo.During
	var err error
	if from != "" && from != ".." {
		if e.Start, err = parseDay(from); err != nil {
			return nil, err
		}
	}
	if to != "" && to != ".." {
		if e.End, err = parseDay(to); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func parseDay(text string) (geo.Day, error) {
	if d, err := geo.ParseDay(text); err == nil {
		return d, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return geo.DayOf(t), nil
	}
	return "", geo.Invalid("datetime", "%q is neither a day (2024-01-04) nor an instant (2024-01-04T12:00:00Z)", text)
}

func sortedNames(params url.Values) []string {
	all := make([]string, 0, len(params))
	for name := range params {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// checksum of the parameters that make the filter, in a canonical order.
func checksum(params url.Values) string {
	rest := url.Values{}
	for name, values := range params {
		if name != "limit" && name != "cursor" {
			rest[name] = values
		}
	}
	sum := sha256.Sum256([]byte(rest.Encode()))
	return hex.EncodeToString(sum[:6])
}

// Next makes the cursor of the page after the incident with this id.
func (r Request) Next(id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(r.sum + id))
}

func (r Request) readCursor(cursor string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) <= len(r.sum) || len(raw) > 200 {
		return "", geo.Invalid("cursor", "not one that this server gave")
	}
	if string(raw[:len(r.sum)]) != r.sum {
		return "", geo.Invalid("cursor", "it belongs to another filter; start again without it")
	}
	return string(raw[len(r.sum):]), nil
}

// AskShapes is the expression with every bbox asking the shape that holds an
// incident rather than its point, as the collection areas does.
func AskShapes(e geo.Expr) geo.Expr {
	switch e := e.(type) {
	case geo.And:
		out := make(geo.And, len(e))
		for k, part := range e {
			out[k] = AskShapes(part)
		}
		return out
	case geo.Or:
		out := make(geo.Or, len(e))
		for k, part := range e {
			out[k] = AskShapes(part)
		}
		return out
	case geo.Not:
		return geo.Not{Expr: AskShapes(e.Expr)}
	case geo.BBox:
		e.Shape = true
		return e
	}
	return e
}

// Encode writes a filter as parameters, so that Parse gives it back. It is an
// ErrInvalid where the filter says more than parameters can.
func Encode(f geo.Filter) (url.Values, error) {
	params := url.Values{}
	if f.Expr == nil {
		return params, nil
	}
	all, ok := f.Expr.(geo.And)
	if !ok {
		return nil, geo.Invalid("filter", "parameters are joined by and")
	}
	for _, e := range all {
		name, value, err := encodeExpr(e)
		if err != nil {
			return nil, err
		}
		if params.Has(name) {
			return nil, geo.Invalid(name, "asked twice")
		}
		params.Set(name, value)
	}
	return params, nil
}

func encodeExpr(e geo.Expr) (name, value string, err error) {
	switch e := e.(type) {
	case geo.BBox:
		return "bbox", fmt.Sprintf("%v,%v,%v,%v", e.West, e.South, e.East, e.North), nil
	case geo.During:
		if e.Start == e.End && e.Start != "" {
			return "datetime", string(e.Start), nil
		}
		return "datetime", orOpen(e.Start) + "/" + orOpen(e.End), nil
	case geo.Words:
		return "q", strings.Join(e, " "), nil
	case geo.In:
		texts := make([]string, len(e.Values))
		for k, v := range e.Values {
			texts[k] = escapeValue.Replace(fmt.Sprint(v))
		}
		return e.Field, strings.Join(texts, ","), nil
	case geo.Compare:
		if e.Op == geo.Eq {
			return e.Field, fmt.Sprint(e.Value), nil
		}
	case geo.And:
		return encodeRange(e)
	}
	return "", "", geo.Invalid("filter", "%T has no parameter", e)
}

func encodeRange(e geo.And) (name, value string, err error) {
	low, high := "", ""
	for _, part := range e {
		c, ok := part.(geo.Compare)
		if !ok || name != "" && c.Field != name {
			return "", "", geo.Invalid("filter", "%T has no parameter", part)
		}
		name = c.Field
		switch c.Op {
		case geo.Ge:
			low = fmt.Sprint(c.Value)
		case geo.Le:
			high = fmt.Sprint(c.Value)
		default:
			return "", "", geo.Invalid(c.Field, "%s has no parameter", c.Op)
		}
	}
	return name, low + ".." + high, nil
}

func orOpen(d geo.Day) string {
	if d == "" {
		return ".."
	}
	return string(d)
}
