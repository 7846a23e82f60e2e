package cql2

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// isGeometry reports whether what follows the name of a shape is its
// coordinates, rather than the name being a property.
func (p *parser) isGeometry() bool {
	t := p.peek()
	return t.is("(") || t.is("z") && p.ahead().is("(")
}

// geometry reads well-known text after the name of its shape.
func (p *parser) geometry(name string) (Node, error) {
	p.accept("z")
	g, err := p.shape(name)
	if err != nil {
		return nil, err
	}
	return p.made(Geometry{g})
}

func (p *parser) shape(name string) (orb.Geometry, error) {
	at := p.peek().at
	if depth := shapes[name]; depth >= 0 {
		c, err := p.coordinates(depth)
		if err != nil {
			return nil, err
		}
		g, reason := build(name, c)
		if reason != "" {
			return nil, &Error{at, reason}
		}
		return g, nil
	}
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var all orb.Collection
	for {
		part := p.take()
		name := strings.ToLower(part.text)
		if _, ok := shapes[name]; !ok || part.kind != tokenWord {
			return nil, &Error{part.at, fmt.Sprintf("%q is no geometry", part.text)}
		}
		p.accept("z")
		g, err := p.shape(name)
		if err != nil {
			return nil, err
		}
		all = append(all, g)
		if _, more := p.accept(","); !more {
			return all, p.expect(")")
		}
	}
}

// coordinates reads lists within lists: at depth 0 a position in brackets, at 1
// positions with commas between them, each of which may stand in brackets.
func (p *parser) coordinates(depth int) (nested, error) {
	if err := p.expect("("); err != nil {
		return nested{}, err
	}
	if depth == 0 {
		n, err := p.position()
		if err != nil {
			return n, err
		}
		return n, p.expect(")")
	}
	var list []nested
	for {
		var n nested
		var err error
		switch {
		case depth > 1:
			n, err = p.coordinates(depth - 1)
		case p.peek().is("("):
			n, err = p.coordinates(0)
		default:
			n, err = p.position()
		}
		if err != nil {
			return nested{}, err
		}
		list = append(list, n)
		if _, more := p.accept(","); !more {
			return nested{list: list}, p.expect(")")
		}
	}
}

// position reads two to four numbers, of which the first two count.
func (p *parser) position() (nested, error) {
	if reason := p.left.point(); reason != "" {
		return nested{}, &Error{p.peek().at, reason}
	}
	var n nested
	for k := range 4 {
		if k > 1 && (p.peek().is(",") || p.peek().is(")")) {
			break
		}
		sign, _ := p.accept("-", "+")
		t := p.peek()
		x, err := strconv.ParseFloat(sign+t.text, 64)
		if t.kind != tokenNumber || err != nil || !finite(x) {
			return n, p.unexpected("a number")
		}
		p.take()
		if k < 2 {
			n.position[k] = x
		}
	}
	return n, nil
}
