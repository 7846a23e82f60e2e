package index

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"dateline/geo"
)

// compile makes a node of an expression. CQL is lowered before: see geo.Lower.
func (s *segment) compile(e geo.Expr) (node, error) {
	switch e := e.(type) {
	case nil:
		return constant(true), nil
	case geo.And:
		return s.compileAll(e)
	case geo.Or:
		parts, err := s.compileEach(e)
		return anyOf(parts), err
	case geo.Not:
		part, err := s.compile(e.Expr)
		return noneOf{part}, err
	case geo.Compare:
		return s.compileCompare(e), nil
	case geo.In:
		return s.compileIn(e), nil
	case geo.Null:
		if c := s.columns[e.Field]; c != nil && filterable(e.Field) {
			return noneOf{newWithin(c, [][2]uint32{{1, uint32(c.keys.len())}})}, nil
		}
		return constant(filterable(e.Field)), nil
	case geo.BBox:
		return s.compileBox(e), nil
	case geo.Drawn:
		return newInDrawn(s, e), nil
	case geo.Meets:
		return newInPolygons(s, e), nil
	case geo.During:
		return s.compileDuring(e), nil
	case geo.Words:
		var all allOf
		for _, w := range e {
			all = append(all, among{s.rowsWith(w)})
		}
		return all, nil
	case geo.Resembles:
		return newHeld(s.columns[e.Field], e.Holds), nil
	case geo.Inside:
		all := allOf{constant(true)}
		for _, part := range e {
			all = append(all, among{s.rowsInside(part)})
		}
		return all, nil
	case geo.Computed:
		return newComputed(s, e), nil
	}
	return nil, fmt.Errorf("index: no way to ask a %T", e)
}

func filterable(name string) bool {
	f, ok := geo.FieldByName(name)
	return ok && f.Filterable
}

func (s *segment) compileEach(parts []geo.Expr) ([]node, error) {
	out := make([]node, 0, len(parts))
	for _, part := range parts {
		n, err := s.compile(part)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// compileAll asks the cheapest parts first, and none that always holds.
func (s *segment) compileAll(parts []geo.Expr) (node, error) {
	nodes, err := s.compileEach(parts)
	if err != nil {
		return nil, err
	}
	var flat allOf
	for _, n := range nodes {
		switch n := n.(type) {
		case allOf:
			flat = append(flat, n...)
		case constant:
			if !n {
				return n, nil
			}
		case within:
			if !n.always(s.rows) {
				flat = append(flat, n)
			}
		default:
			flat = append(flat, n)
		}
	}
	if len(flat) == 0 {
		return constant(true), nil
	}
	slices.SortStableFunc(flat, func(a, b node) int { return cmp.Compare(a.cost(), b.cost()) })
	return flat, nil
}

// always reports whether every row has a value that is in.
func (n within) always(rows int) bool {
	return n.col.full(rows) && len(n.ranges) == 1 && n.ranges[0][0] == 1 && int(n.ranges[0][1]) == n.col.keys.len()
}

func (s *segment) compileCompare(e geo.Compare) node {
	f, ok := geo.FieldByName(e.Field)
	c := s.columns[e.Field]
	if !ok || c == nil || !hasKind(f.Kind, e.Value) {
		return constant(false)
	}
	key, last := keyOf(e.Value), uint32(c.keys.len())
	at, to := c.atLeast(key), c.atMost(key) // equal where at <= to
	switch e.Op {
	case geo.Eq:
		return newWithin(c, [][2]uint32{{at, to}})
	case geo.Lt:
		return newWithin(c, [][2]uint32{{1, at - 1}})
	case geo.Le:
		return newWithin(c, [][2]uint32{{1, to}})
	case geo.Gt:
		return newWithin(c, [][2]uint32{{to + 1, last}})
	case geo.Ge:
		return newWithin(c, [][2]uint32{{at, last}})
	}
	return constant(false)
}

func (s *segment) compileIn(e geo.In) node {
	f, ok := geo.FieldByName(e.Field)
	c := s.columns[e.Field]
	if !ok || c == nil {
		return constant(false)
	}
	var codes []uint32
	for _, v := range e.Values {
		if !hasKind(f.Kind, v) {
			continue
		}
		key := keyOf(v)
		if at := c.atLeast(key); at == c.atMost(key) {
			codes = append(codes, at)
		}
	}
	slices.Sort(codes)
	var ranges [][2]uint32
	for _, code := range codes {
		if n := len(ranges); n > 0 && code <= ranges[n-1][1]+1 {
			ranges[n-1][1] = code
		} else {
			ranges = append(ranges, [2]uint32{code, code})
		}
	}
	return newWithin(c, ranges)
}

func (s *segment) compileBox(e geo.BBox) node {
	if e.Shape {
		return inShapeBox{s, e.Boxes()}
	}
	return inBox{s, e.Boxes()}
}

// compileDuring mirrors geo.When.Overlaps: the day is the end, else the start.
func (s *segment) compileDuring(e geo.During) node {
	if e.Start == "" && e.End == "" {
		return constant(true)
	}
	day, start := s.columns[dayColumn], s.columns["start"]
	if day == nil {
		return constant(false)
	}
	n := during{s: s, node: constant(true), newest: uint32(day.keys.len())}
	first := uint32(1)
	if e.Start != "" {
		first = day.atLeast(string(e.Start))
	}
	n.oldest = first
	parts := allOf{newWithin(day, [][2]uint32{{first, n.newest}})}
	if e.End != "" && start != nil {
		late := newWithin(start, [][2]uint32{{start.atMost(string(e.End)) + 1, uint32(start.keys.len())}})
		parts = append(parts, noneOf{late})
		n.newest = day.atMost(string(e.End.Add(s.widest)))
	}
	n.node = parts
	return n
}

func (s *segment) firstExtra(row uint32) int {
	return sort.Search(len(s.extraRow), func(k int) bool { return s.extraRow[k] >= row })
}
