package cql2

import (
	"fmt"
	"slices"
	"strings"
)

// Parse reads cql2-text. Operators bind in this order, loosest first: OR, AND,
// NOT, comparisons, + and -, * and / and % and DIV, ^. The error is an *Error.
func Parse(text string) (Node, error) {
	if len(text) > MaxBytes {
		return nil, &Error{-1, fmt.Sprintf("%d bytes; at most %d are read", len(text), MaxBytes)}
	}
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens, left: newBudget()}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tokenEnd {
		return nil, p.unexpected("the end")
	}
	return n, nil
}

type parser struct {
	tokens []token
	at     int
	depth  int
	left   *budget
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) ahead() token { return p.tokens[min(p.at+1, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.tokens[p.at]
	if p.at < len(p.tokens)-1 {
		p.at++
	}
	return t
}

// accept takes the next token where it is one of the words.
func (p *parser) accept(words ...string) (string, bool) {
	for _, w := range words {
		if p.peek().is(w) {
			p.take()
			return w, true
		}
	}
	return "", false
}

func (p *parser) expect(word string) error {
	if _, ok := p.accept(word); !ok {
		return p.unexpected(word)
	}
	return nil
}

func (p *parser) unexpected(want string) error {
	t := p.peek()
	if t.kind == tokenEnd {
		return &Error{t.at, "it ends where " + want + " should stand"}
	}
	return &Error{t.at, fmt.Sprintf("%q stands where %s should", t.text, want)}
}

// down goes one part deeper; up comes back.
func (p *parser) down() error {
	if p.depth++; p.depth > MaxDepth {
		return &Error{p.peek().at, fmt.Sprintf("more than %d parts within each other", MaxDepth)}
	}
	return nil
}

func (p *parser) up() { p.depth-- }

// made counts a part.
func (p *parser) made(n Node) (Node, error) {
	if reason := p.left.node(); reason != "" {
		return nil, &Error{p.peek().at, reason}
	}
	return n, nil
}

func (p *parser) or() (Node, error)  { return p.joined("or", p.and) }
func (p *parser) and() (Node, error) { return p.joined("and", p.not) }

// joined reads parts with a word between them into one Op.
func (p *parser) joined(word string, part func() (Node, error)) (Node, error) {
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	first, err := part()
	if err != nil {
		return nil, err
	}
	all := []Node{first}
	for {
		if _, more := p.accept(word); !more {
			break
		}
		n, err := part()
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	if len(all) == 1 {
		return first, nil
	}
	return p.made(Op{word, all})
}

func (p *parser) not() (Node, error) {
	if _, ok := p.accept("not"); !ok {
		return p.comparison()
	}
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	n, err := p.not()
	if err != nil {
		return nil, err
	}
	return p.made(Op{"not", []Node{n}})
}

func (p *parser) comparison() (Node, error) {
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	if op, ok := p.accept("=", "<>", "<=", ">=", "<", ">"); ok {
		right, err := p.sum()
		if err != nil {
			return nil, err
		}
		return p.made(Op{op, []Node{left, right}})
	}
	if _, ok := p.accept("is"); ok {
		_, negated := p.accept("not")
		if err := p.expect("null"); err != nil {
			return nil, err
		}
		return p.maybeNot(negated, Op{"isnull", []Node{left}})
	}
	negated := false
	if p.peek().is("not") && slices.ContainsFunc([]string{"like", "between", "in"}, p.ahead().is) {
		p.take()
		negated = true
	}
	word, ok := p.accept("like", "between", "in")
	if !ok {
		return left, nil
	}
	args, err := p.operands(word)
	if err != nil {
		return nil, err
	}
	return p.maybeNot(negated, Op{word, append([]Node{left}, args...)})
}

// operands of LIKE, BETWEEN or IN after the first.
func (p *parser) operands(word string) ([]Node, error) {
	switch word {
	case "between":
		low, err := p.sum()
		if err != nil {
			return nil, err
		}
		if err := p.expect("and"); err != nil {
			return nil, err
		}
		high, err := p.sum()
		return []Node{low, high}, err
	case "in":
		if err := p.expect("("); err != nil {
			return nil, err
		}
		list, err := p.items(")")
		return []Node{List(list)}, err
	}
	pattern, err := p.sum()
	return []Node{pattern}, err
}

func (p *parser) maybeNot(negated bool, n Node) (Node, error) {
	n, err := p.made(n)
	if err != nil || !negated {
		return n, err
	}
	return p.made(Op{"not", []Node{n}})
}

func (p *parser) sum() (Node, error) { return p.chain(p.product, "+", "-") }

func (p *parser) product() (Node, error) { return p.chain(p.power, "*", "/", "%", "div") }

// chain reads operators that bind to the left.
func (p *parser) chain(part func() (Node, error), signs ...string) (Node, error) {
	left, err := part()
	if err != nil {
		return nil, err
	}
	for levels := 0; ; levels++ {
		sign, ok := p.accept(signs...)
		if !ok {
			return left, nil
		}
		if p.depth+levels > MaxDepth {
			return nil, &Error{p.peek().at, fmt.Sprintf("more than %d parts within each other", MaxDepth)}
		}
		right, err := part()
		if err != nil {
			return nil, err
		}
		if left, err = p.made(Op{sign, []Node{left, right}}); err != nil {
			return nil, err
		}
	}
}

// power binds to the right.
func (p *parser) power() (Node, error) {
	base, err := p.signed()
	if err != nil {
		return nil, err
	}
	if _, ok := p.accept("^"); !ok {
		return base, nil
	}
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	exponent, err := p.power()
	if err != nil {
		return nil, err
	}
	return p.made(Op{"^", []Node{base, exponent}})
}

// signed reads what may have a sign; of anything but a number it is taken from 0.
func (p *parser) signed() (Node, error) {
	sign, ok := p.accept("-", "+")
	if !ok {
		return p.primary()
	}
	if err := p.down(); err != nil {
		return nil, err
	}
	defer p.up()
	if t := p.peek(); t.kind == tokenNumber {
		p.take()
		return p.made(Number(strings.TrimPrefix(sign, "+") + t.text))
	}
	n, err := p.signed()
	if err != nil || sign == "+" {
		return n, err
	}
	return p.made(Op{"-", []Node{Number("0"), n}})
}
