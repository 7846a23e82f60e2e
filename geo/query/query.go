// Package query turns URL parameters into a geo.Filter with paging, and back.
// The page, the API, every export, the feed and the embed share this grammar.
package query

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/crs"
)

// The limits of a page of features.
const (
	DefaultLimit = 100
	MaxLimit     = 10_000
)

// Request is what the parameters of a URL ask for.
type Request struct {
	Filter     geo.Filter
	Sort       []geo.SortKey
	Properties []string   // of each feature; all where nil
	CRS        crs.System // of the answer
	Limit      int        // features of a page
	After      string     // id after which the page begins, empty for the first
	sum        string     // checksum of the filter's parameters, which a cursor carries
}

// Parse reads the parameters. A parameter that is unknown, given twice or
// malformed is an ErrInvalid that names it. Several parameters narrow each
// other; several values of one, with commas between them, widen it. A limit
// over MaxLimit is MaxLimit.
func Parse(params url.Values) (Request, error) {
	r := Request{Limit: DefaultLimit, sum: checksum(params)}
	var err error
	if r.CRS, err = systemOf("crs", params.Get("crs")); err != nil {
		return r, err
	}
	var all geo.And
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if n := len(params[name]); n != 1 {
			return r, geo.Invalid(name, "given %d times; put several values into one, with commas between them", n)
		}
		e, err := r.read(name, params)
		if err != nil {
			return r, err
		}
		if e != nil {
			all = append(all, e)
		}
	}
	if len(all) > 0 {
		r.Filter = geo.Filter{Expr: all}
	}
	return r, geo.Query{Filter: r.Filter, Sort: r.Sort}.Validate()
}

// read one of the parameters: into the request, or into an expression of its filter.
func (r *Request) read(name string, params url.Values) (e geo.Expr, err error) {
	value := params.Get(name)
	switch name {
	case "crs": // read first
	case "bbox-crs", "filter-crs", "filter-lang":
		if of, _, _ := strings.Cut(name, "-"); !params.Has(of) {
			err = geo.Invalid(name, "it says how to read %s, which is not given", of)
		}
	case "sortby":
		r.Sort, err = parseSort(value)
	case "properties":
		r.Properties, err = parseProperties(value)
	case "limit":
		r.Limit, err = parseLimit(value)
	case "cursor":
		r.After, err = r.readCursor(value)
	case "bbox":
		return ParseBBox(value, params.Get("bbox-crs"))
	case "filter":
		return ParseFilter(value, params.Get("filter-lang"), params.Get("filter-crs"))
	default:
		return parseParam(name, value)
	}
	return nil, err
}

func parseLimit(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return DefaultLimit, geo.Invalid("limit", "%q is not a number from 1 to %d", value, MaxLimit)
	}
	return min(n, MaxLimit), nil
}

func parseParam(name, value string) (geo.Expr, error) {
	switch name {
	case "datetime":
		return parseDatetime(value)
	case "within":
		return parseDrawn(value)
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
	return parseField(f, value)
}

// AskShapes is the expression with every bbox asking the shape that holds an
// incident rather than its point, as the collection areas does.
func AskShapes(e geo.Expr) geo.Expr {
	return geo.Rewrite(e, func(e geo.Expr) geo.Expr {
		switch e := e.(type) {
		case geo.BBox:
			e.Shape = true
			return e
		case geo.CQL:
			e.Shape = true
			return e
		}
		return e
	})
}
