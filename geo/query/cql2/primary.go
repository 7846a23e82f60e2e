package cql2

import (
	"slices"
	"strings"
)

// keywords can't name a property unless it stands in double quotes.
var keywords = []string{"and", "or", "not", "like", "between", "in", "is", "null", "div"}

func (p *parser) primary() (Node, error) {
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	switch t := p.peek(); {
	case t.kind == tokenText:
		p.take()
		return p.made(Text(t.text))
	case t.kind == tokenNumber:
		p.take()
		return p.made(Number(t.text))
	case t.kind == tokenQuoted:
		p.take()
		return p.made(Property(t.text))
	case t.is("("):
		p.take()
		return p.parenthesis()
	case t.is("["):
		p.take()
		list, err := p.items("]")
		if err != nil {
			return nil, err
		}
		return p.made(List(list))
	case t.kind == tokenWord:
		return p.word()
	}
	return nil, p.unexpected("a value")
}

// parenthesis is a part in brackets, or, with commas or nothing in it, a list.
func (p *parser) parenthesis() (Node, error) {
	list, err := p.items(")")
	if err != nil {
		return nil, err
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return p.made(List(list))
}

// items reads parts with commas between them up to the closing bracket.
func (p *parser) items(closing string) ([]Node, error) {
	list := []Node{}
	if _, ok := p.accept(closing); ok {
		return list, nil
	}
	for {
		n, err := p.or()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
		if _, ok := p.accept(","); ok {
			continue
		}
		return list, p.expect(closing)
	}
}

func (p *parser) word() (Node, error) {
	t := p.take()
	name := strings.ToLower(t.text)
	if _, ok := shapes[name]; ok && p.isGeometry() {
		return p.geometry(name)
	}
	if slices.Contains(keywords, name) {
		p.at--
		return nil, p.unexpected("a value")
	}
	if !p.peek().is("(") {
		if name == "true" || name == "false" {
			return p.made(Bool(name == "true"))
		}
		return p.made(Property(t.text))
	}
	p.take()
	args, err := p.items(")")
	if err != nil {
		return nil, err
	}
	return p.called(t, name, args)
}

// called makes what a name with arguments stands for.
func (p *parser) called(t token, name string, args []Node) (Node, error) {
	n, reason := called(t.text, name, args)
	if reason != "" {
		return nil, &Error{t.at, reason}
	}
	return p.made(n)
}

func called(written, name string, args []Node) (Node, string) {
	switch name {
	case "date", "timestamp":
		if len(args) == 1 {
			if text, ok := args[0].(Text); ok {
				if t, ok := instant(name, string(text)); ok {
					return t, ""
				}
			}
		}
		return nil, map[string]string{"date": "want DATE('2024-01-04')", "timestamp": "want TIMESTAMP('2024-01-04T12:00:00Z')"}[name]
	case "interval":
		return interval(args)
	case "bbox", "envelope":
		return bbox(args)
	}
	if want, ok := functions[name]; ok {
		if len(args) != want {
			return nil, strings.ToUpper(name) + " has " + []string{"", "one argument", "two arguments"}[want]
		}
		return Op{name, args}, ""
	}
	return Call{written, args}, ""
}

func interval(args []Node) (Node, string) {
	const want = "want INTERVAL('2024-01-04','2024-01-31'), with '..' for an open end"
	if len(args) != 2 {
		return nil, want
	}
	var ends [2]Node
	for k, a := range args {
		switch a := a.(type) {
		case Text:
			t, ok := either(string(a))
			switch {
			case a == "..":
				ends[k] = Open{}
			case ok:
				ends[k] = t
			default:
				return nil, want
			}
		case Instant, Property, Call:
			ends[k] = a
		default:
			return nil, want
		}
	}
	return Interval{ends[0], ends[1]}, ""
}
