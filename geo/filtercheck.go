package geo

import (
	"slices"
	"strings"
	"time"
)

// Validate checks that every field is filterable and every value of its kind.
// The error is an ErrInvalid that names the field.
func (f Filter) Validate() error {
	if f.Expr == nil {
		return nil
	}
	return f.Expr.validate()
}

// The most that a filter may ask, so that no store's own limit is met.
const (
	maxParts  = 500  // parts of one And or Or
	maxValues = 1000 // values of one In
	maxWords  = 50
	maxWord   = 200 // bytes of a word
)

func (e And) validate() error { return validateAll(e) }
func (e Or) validate() error  { return validateAll(e) }
func (e Not) validate() error { return e.Expr.validate() }

func validateAll(parts []Expr) error {
	if len(parts) > maxParts {
		return Invalid("filter", "%d parts; at most %d can be joined", len(parts), maxParts)
	}
	for _, part := range parts {
		if err := part.validate(); err != nil {
			return err
		}
	}
	return nil
}

func (e Compare) validate() error {
	f, err := filterable(e.Field)
	if err != nil {
		return err
	}
	if !slices.Contains([]Op{Eq, Lt, Le, Gt, Ge}, e.Op) {
		return Invalid(e.Field, "%q is no comparison", e.Op)
	}
	if f.Kind == KindBool && e.Op != Eq {
		return Invalid(e.Field, "compares with = only")
	}
	return f.check(e.Value)
}

func (e In) validate() error {
	f, err := filterable(e.Field)
	if err != nil {
		return err
	}
	if len(e.Values) > maxValues {
		return Invalid(e.Field, "%d values; at most %d can be asked", len(e.Values), maxValues)
	}
	for _, v := range e.Values {
		if err := f.check(v); err != nil {
			return err
		}
	}
	return nil
}

func (e Null) validate() error {
	_, err := filterable(e.Field)
	return err
}

func (e BBox) validate() error {
	lonOK := func(x float64) bool { return -180 <= x && x <= 180 }
	if !(-90 <= e.South && e.South <= e.North && e.North <= 90) || !lonOK(e.West) || !lonOK(e.East) {
		return Invalid("bbox", "want west,south,east,north in degrees, south below north")
	}
	return nil
}

func (e During) validate() error {
	for _, d := range []Day{e.Start, e.End} {
		if d == "" {
			continue
		}
		if _, err := ParseDay(string(d)); err != nil {
			return err
		}
	}
	if e.Start != "" && e.End != "" && e.Start > e.End {
		return Invalid("datetime", "the start %s is after the end %s", e.Start, e.End)
	}
	return nil
}

func (e Words) validate() error {
	if len(e) > maxWords {
		return Invalid("q", "%d words; at most %d can be asked", len(e), maxWords)
	}
	for _, w := range e {
		if len(w) > maxWord {
			return Invalid("q", "a word of %d bytes; at most %d", len(w), maxWord)
		}
	}
	return nil
}

func filterable(name string) (Field, error) {
	f, ok := FieldByName(name)
	if !ok || !f.Filterable {
		return Field{}, Invalid(name, "no field to filter by")
	}
	return f, nil
}

// check that a value is of the field's kind and, for an enum, one of its values.
func (f Field) check(v any) error {
	if !f.Kind.has(v) {
		return Invalid(f.Name, "%v is no %s", v, f.Kind)
	}
	switch f.Kind {
	case KindDay:
		if _, err := ParseDay(v.(string)); err != nil {
			return Invalid(f.Name, "%q is not a day of the form YYYY-MM-DD", v)
		}
	case KindTime:
		if year := v.(time.Time).UTC().Year(); year < 0 || year > 9999 {
			return Invalid(f.Name, "the year %d is not from 0 to 9999", year)
		}
	case KindEnum:
		if !slices.Contains(f.Enum(), v.(string)) {
			return Invalid(f.Name, "%q is none of %s", v, strings.Join(f.Enum(), ", "))
		}
	}
	return nil
}

// has reports whether a value is of the kind's Go type.
func (k Kind) has(v any) bool {
	switch v := v.(type) {
	case string:
		return k == KindText || k == KindEnum || k == KindDay
	case int64:
		return k == KindInt
	case float64:
		return k == KindNumber && v == v // not NaN
	case bool:
		return k == KindBool
	case time.Time:
		return k == KindTime
	}
	return false
}
