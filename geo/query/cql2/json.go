package cql2

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// ParseJSON reads cql2-json. The error is an *Error.
func ParseJSON(data []byte) (Node, error) {
	if len(data) > MaxBytes {
		return nil, &Error{-1, fmt.Sprintf("%d bytes; at most %d are read", len(data), MaxBytes)}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, &Error{-1, "not JSON: " + err.Error()}
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, &Error{-1, "something stands after the JSON value"}
	}
	r := &reader{newBudget()}
	n, reason := r.node(v, 0)
	if reason != "" {
		return nil, &Error{-1, reason}
	}
	return n, nil
}

type reader struct{ left *budget }

// arity of the operators that are no functions in the text encoding; 0 is two
// or more, all of a kind.
var arity = map[string]int{
	"and": 0, "or": 0, "not": 1, "=": 2, "<>": 2, "<": 2, ">": 2, "<=": 2, ">=": 2, "like": 2, "between": 3, "in": 2, "isnull": 1,
	"+": 2, "-": 2, "*": 2, "/": 2, "^": 2, "%": 2, "div": 2,
}

func (r *reader) node(v any, depth int) (Node, string) {
	if depth > MaxDepth {
		return nil, fmt.Sprintf("more than %d parts within each other", MaxDepth)
	}
	if reason := r.left.node(); reason != "" {
		return nil, reason
	}
	switch v := v.(type) {
	case string:
		return Text(v), ""
	case json.Number:
		return Number(v.String()), ""
	case bool:
		return Bool(v), ""
	case nil:
		return Null{}, ""
	case []any:
		list, reason := r.list(v, depth)
		return List(list), reason
	case map[string]any:
		return r.object(v, depth)
	}
	return nil, fmt.Sprintf("%T is no part of an expression", v)
}

func (r *reader) list(all []any, depth int) ([]Node, string) {
	list := make([]Node, len(all))
	for k, v := range all {
		var reason string
		if list[k], reason = r.node(v, depth+1); reason != "" {
			return nil, reason
		}
	}
	return list, ""
}

func (r *reader) object(o map[string]any, depth int) (Node, string) {
	if name, ok := o["op"].(string); ok {
		args, ok := o["args"].([]any)
		if !ok {
			return nil, fmt.Sprintf("%q lacks its args, a list", name)
		}
		return r.op(name, args, depth)
	}
	if name, ok := o["property"].(string); ok {
		return Property(name), ""
	}
	if f, ok := o["function"].(map[string]any); ok {
		name, _ := f["name"].(string)
		args, _ := f["args"].([]any)
		return r.op(name, args, depth)
	}
	for _, name := range []string{"casei", "accenti"} { // as drafts of the standard wrote them
		if arg, ok := o[name]; ok {
			return r.op(name, []any{arg}, depth)
		}
	}
	for _, name := range []string{"date", "timestamp"} {
		if value, ok := o[name].(string); ok {
			return called(name, name, []Node{Text(value)})
		}
	}
	for _, name := range []string{"interval", "bbox"} {
		if list, ok := o[name].([]any); ok && o["type"] == nil {
			args, reason := r.list(list, depth)
			if reason != "" {
				return nil, reason
			}
			return called(name, name, args)
		}
	}
	if _, ok := o["type"].(string); ok {
		g, reason := r.geometry(o, depth)
		return Geometry{g}, reason
	}
	return nil, "an object is none of op, property, date, timestamp, interval, bbox and a geometry"
}

func (r *reader) op(written string, values []any, depth int) (Node, string) {
	name := strings.ToLower(written)
	if name == "between" && len(values) == 2 { // as drafts of the standard wrote it
		if ends, ok := values[1].([]any); ok {
			values = append(slices.Clone(values[:1]), ends...)
		}
	}
	args, reason := r.list(values, depth)
	if reason != "" {
		return nil, reason
	}
	want, ok := arity[name]
	if !ok {
		return called(written, name, args)
	}
	if want == 0 && len(args) < 2 || want > 0 && len(args) != want && !(name == "-" && len(args) == 1) {
		return nil, fmt.Sprintf("%q has %d arguments", written, len(args))
	}
	if name == "-" && len(args) == 1 {
		args = []Node{Number("0"), args[0]}
	}
	if _, isList := args[len(args)-1].(List); name == "in" && !isList {
		return nil, `the second argument of "in" is a list`
	}
	return Op{name, args}, ""
}

// geometry reads a GeoJSON geometry.
func (r *reader) geometry(o map[string]any, depth int) (orb.Geometry, string) {
	written, _ := o["type"].(string)
	name := strings.ToLower(written)
	levels, ok := shapes[name]
	if !ok {
		return nil, fmt.Sprintf("%q is no geometry", written)
	}
	if levels >= 0 {
		c, reason := r.coordinates(o["coordinates"], levels)
		if reason != "" {
			return nil, reason
		}
		return build(name, c)
	}
	if depth > MaxDepth {
		return nil, fmt.Sprintf("more than %d parts within each other", MaxDepth)
	}
	parts, _ := o["geometries"].([]any)
	var all orb.Collection
	for _, part := range parts {
		member, ok := part.(map[string]any)
		if !ok {
			return nil, "a geometry of the collection is no object"
		}
		g, reason := r.geometry(member, depth+1)
		if reason != "" {
			return nil, reason
		}
		all = append(all, g)
	}
	if len(all) == 0 {
		return nil, "the collection has no geometries"
	}
	return all, ""
}

func (r *reader) coordinates(v any, levels int) (nested, string) {
	values, ok := v.([]any)
	if !ok || len(values) == 0 {
		return nested{}, "coordinates are lists of numbers"
	}
	if levels == 0 {
		return r.position(values)
	}
	var n nested
	for _, value := range values {
		one, reason := r.coordinates(value, levels-1)
		if reason != "" {
			return n, reason
		}
		n.list = append(n.list, one)
	}
	return n, ""
}

func (r *reader) position(values []any) (nested, string) {
	if reason := r.left.point(); reason != "" {
		return nested{}, reason
	}
	if len(values) < 2 || len(values) > 4 {
		return nested{}, "a position has two numbers, or three with a height"
	}
	var n nested
	for k, v := range values {
		number, ok := v.(json.Number)
		x, err := number.Float64()
		if !ok || err != nil {
			return n, "a position is of numbers"
		}
		if k < 2 {
			n.position[k] = x
		}
	}
	return n, ""
}
