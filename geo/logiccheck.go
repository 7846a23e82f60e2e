package geo

// The most that a CQL may hold, so that no store's own limit is met.
const (
	maxLeaves = 250  // conditions
	maxDeep   = 80   // parts within parts
	maxTerms  = 2000 // literals and fields
)

// size is what a CQL comes to, counted as it is checked.
type size struct{ leaves, deep, terms int }

func (e CQL) validate() error {
	if e.Root == nil {
		return Invalid("filter", "it is empty")
	}
	return e.Root.check(&size{})
}

func (s *size) leaf(operands ...Operand) error {
	if s.leaves++; s.leaves > maxLeaves {
		return Invalid("filter", "more than %d conditions", maxLeaves)
	}
	for _, o := range operands {
		if err := o.check(s); err != nil {
			return err
		}
	}
	return nil
}

func (s *size) parts(parts ...Logic) error {
	if s.deep++; s.deep > maxDeep {
		return Invalid("filter", "more than %d parts within each other", maxDeep)
	}
	defer func() { s.deep-- }()
	for _, p := range parts {
		if err := p.check(s); err != nil {
			return err
		}
	}
	return nil
}

func (s *size) term() error {
	if s.terms++; s.terms > maxTerms {
		return Invalid("filter", "more than %d values", maxTerms)
	}
	return nil
}

func (e All) check(s *size) error      { return s.parts(e...) }
func (e Any) check(s *size) error      { return s.parts(e...) }
func (e None) check(s *size) error     { return s.parts(e.Part) }
func (e Constant) check(s *size) error { return s.leaf() }
func (e Relation) check(s *size) error { return s.leaf(e.Left, e.Right) }
func (e Like) check(s *size) error     { return s.leaf(e.Term) }
func (e Unstated) check(s *size) error { return s.leaf(e.Operand) }
func (e Arrays) check(s *size) error   { return s.leaf(e.Left, e.Right) }

func (e OneOf) check(s *size) error {
	if s.terms += len(e.Values); s.terms > maxTerms {
		return Invalid("filter", "more than %d values", maxTerms)
	}
	return s.leaf(e.Term)
}

func (e Spatial) check(s *size) error {
	if spatialOps[e.Op] == nil {
		return Invalid("filter", "%q is no relation of geometries", e.Op)
	}
	return s.leaf(e.Left, e.Right)
}

func (e Temporal) check(s *size) error {
	if temporalOps[e.Op] == nil {
		return Invalid("filter", "%q is no relation of time", e.Op)
	}
	return s.leaf(e.Left, e.Right)
}

func (t Property) check(s *size) error {
	if _, ok := Queryable(string(t)); !ok {
		return Invalid(string(t), "no field to filter by; /collections/incidents/queryables lists those there are")
	}
	return s.term()
}

func (t Literal) check(s *size) error {
	if at, ok := t.Value.(Instant); ok {
		if year := at.Time.Year(); year < 0 || year > 9998 {
			return Invalid("filter", "the year %d is not from 0 to 9998", year)
		}
	}
	return s.term()
}

func (t Arithmetic) check(s *size) error {
	if s.deep++; s.deep > maxDeep {
		return Invalid("filter", "more than %d parts within each other", maxDeep)
	}
	defer func() { s.deep-- }()
	if err := t.Left.check(s); err != nil {
		return err
	}
	return t.Right.check(s)
}

func (t Fold) check(s *size) error { return t.Term.check(s) }

func (l Items) check(s *size) error {
	for _, t := range l {
		if err := t.check(s); err != nil {
			return err
		}
	}
	return nil
}

func (t Time) check(s *size) error {
	for _, e := range []Term{t.Start, t.End} {
		if e == nil {
			continue
		}
		if err := e.check(s); err != nil {
			return err
		}
	}
	return s.term()
}

func (a Area) check(s *size) error { return s.term() }
