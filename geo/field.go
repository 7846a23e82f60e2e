package geo

import (
	"slices"
	"time"
)

// Kind of a field's values.
type Kind string

// The kinds, and the Go type that Field.Value gives for each.
const (
	KindText   Kind = "text"   // string
	KindEnum   Kind = "enum"   // string out of Field.Enum
	KindInt    Kind = "int"    // int64
	KindNumber Kind = "number" // float64
	KindBool   Kind = "bool"   // bool
	KindDay    Kind = "day"    // string YYYY-MM-DD
	KindTime   Kind = "time"   // time.Time, UTC
	KindList   Kind = "list"   // a slice that encodes as a JSON array; text where a format has no lists
)

// Field is one row of the flat incident: a JSON property, a column of every
// table export and, where Filterable, a URL parameter and a CQL2 property.
type Field struct {
	Name string
	Kind Kind
	Doc  string
	Enum func() []string // the values of KindEnum

	// Value in the flat incident; nil is not stated. A field without Value is
	// no column and serves filters only.
	Value func(*Incident) any
	// Filterable fields may be asked by a filter.
	Filterable bool
	// Values are what a filter asks, any of which may match; where nil, Value's one.
	Values func(*Incident) []any
}

// Asked gives the values of the field that a filter compares, none where not stated.
func (f Field) Asked(i *Incident) []any {
	if f.Values != nil {
		return f.Values(i)
	}
	if v := f.Value(i); v != nil {
		return []any{v}
	}
	return nil
}

// FieldByName finds a row of Fields.
func FieldByName(name string) (Field, bool) {
	f, ok := fieldByName[name]
	return f, ok
}

var fieldByName = func() map[string]Field {
	m := make(map[string]Field, len(Fields))
	for _, f := range Fields {
		m[f.Name] = f
	}
	return m
}()

// Columns are the fields of the flat incident, in its order.
func Columns() []Field {
	var columns []Field
	for _, f := range Fields {
		if f.Value != nil {
			columns = append(columns, f)
		}
	}
	return columns
}

// Fields is the table of the flat incident in the design's order. JSON, every
// export, the filter's parameters, SQL and the documents follow it.
var Fields = joinFields(
	[]Field{
		{Name: "id", Kind: KindText, Doc: "id, given once and never recomputed", Value: func(i *Incident) any { return text(i.ID) }, Filterable: true},
		{Name: "title", Kind: KindText, Doc: "one line that says what happened where", Value: func(i *Incident) any { return text(i.Title) }},
		{Name: "type", Kind: KindEnum, Doc: "event type", Enum: typeCodes, Value: func(i *Incident) any { return text(i.Type) }, Filterable: true},
		{Name: "group", Kind: KindEnum, Doc: "group of the event type", Enum: EventGroups, Value: func(i *Incident) any { return text(i.Group()) }, Filterable: true},
		{Name: "status", Kind: KindEnum, Doc: "what a machine read is a draft until a person publishes it", Enum: enum(Statuses), Value: func(i *Incident) any { return text(string(i.Status)) }, Filterable: true},
		{Name: "modality", Kind: KindEnum, Doc: "in what sense the report tells it", Enum: enum(Modalities), Value: func(i *Incident) any { return text(string(i.Modality)) }, Filterable: true},
		{Name: "weak", Kind: KindBool, Doc: "a draft below the reader's bar", Value: func(i *Incident) any { return i.Weak }, Filterable: true},
	},
	[]Field{
		{Name: "start", Kind: KindDay, Doc: "first civil day at the place; not stated: on or before the end", Value: func(i *Incident) any { return text(string(i.When.Start)) }, Filterable: true},
		{Name: "end", Kind: KindDay, Doc: "last civil day at the place", Value: func(i *Incident) any { return text(string(i.When.End)) }, Filterable: true},
		{Name: "date_precision", Kind: KindEnum, Doc: "how finely the days are known", Enum: enum(DatePrecisions), Value: func(i *Incident) any { return text(string(i.When.Precision)) }, Filterable: true},
		{Name: "time_text", Kind: KindText, Doc: "the hours as written", Value: func(i *Incident) any { return text(i.When.TimeText) }},
	},
	siteFields,
	[]Field{{Name: "places", Kind: KindList, Doc: "every place with its role: site, target, origin or route", Value: func(i *Incident) any { return list(i.Places) }}},
	rangeFields("count", "a campaign's number of attacks", func(i *Incident) Range { return i.Count }),
	tollFields(),
	[]Field{
		{Name: "claims", Kind: KindList, Doc: "every statement of a toll, with who says so", Value: func(i *Incident) any { return list(i.Claims) }},
		{Name: "actors", Kind: KindList, Doc: "who takes part, in what role, and on whose word", Value: func(i *Incident) any { return list(i.Actors) }},
		{Name: "named", Kind: KindList, Doc: "persons named; private ones only signed in", Value: func(i *Incident) any { return list(i.Named) }},
		{Name: "quotes", Kind: KindList, Doc: "the words of the report behind each value, by field; offsets in Unicode code points", Value: func(i *Incident) any { return list(i.Quotes) }},
		{Name: "reports", Kind: KindList, Doc: "the reports that tell it", Value: func(i *Incident) any { return list(i.Reports) }},
		{Name: "tags", Kind: KindList, Doc: "free words of the editors", Value: func(i *Incident) any { return list(i.Tags) }},
	},
	[]Field{
		{Name: "origin", Kind: KindText, Doc: "data set that an imported row came from", Value: func(i *Incident) any { return text(i.Origin) }, Filterable: true},
		{Name: "origin_id", Kind: KindText, Doc: "the row's id there", Value: func(i *Incident) any { return text(i.OriginID) }, Filterable: true},
		{Name: "origin_type", Kind: KindText, Doc: "the source's word for the type", Value: func(i *Incident) any { return text(i.OriginType) }},
		{Name: "origin_precision", Kind: KindText, Doc: "the source's word for the precision", Value: func(i *Incident) any { return text(i.OriginPrecision) }},
		{Name: "reader", Kind: KindText, Doc: "version of the reader that made the draft", Value: func(i *Incident) any { return text(i.Reader) }},
		{Name: "confidence", Kind: KindNumber, Doc: "0 to 1: how sure the reader is of the draft", Value: func(i *Incident) any { return number(i.Confidence) }, Filterable: true},
		{Name: "edited", Kind: KindList, Doc: "names of the fields that a person set", Value: func(i *Incident) any { return list(i.Edited) }},
		{Name: "merged_into", Kind: KindText, Doc: "id of the incident that a retracted one was merged into", Value: func(i *Incident) any { return text(i.MergedInto) }},
		{Name: "revision", Kind: KindInt, Doc: "number of the revision, from 1", Value: func(i *Incident) any { return positive(int64(i.Revision)) }},
		{Name: "created", Kind: KindTime, Doc: "when it was first kept, UTC", Value: func(i *Incident) any { return instant(i.Created) }, Filterable: true},
		{Name: "updated", Kind: KindTime, Doc: "when it was last changed, UTC", Value: func(i *Incident) any { return instant(i.Updated) }, Filterable: true},
	},
	filterOnlyFields,
)

// siteFields are those of the place where the incident stands; filters ask any
// place whose role is site.
var siteFields = []Field{
	siteField("place", KindText, "the first place whose role is site, as a reader would say it", func(s *Site) any { return text(s.Place) }),
	siteField("place_id", KindText, "its id in the gazetteer", func(s *Site) any { return text(s.PlaceID) }),
	siteField("geonameid", KindText, "its GeoNames id where there is one", func(s *Site) any { return text(s.GeoNameID) }),
	siteField("locative", KindText, "the words that bend the place", func(s *Site) any { return text(s.Locative) }),
	siteField("lat", KindNumber, "latitude in degrees, WGS 84", func(s *Site) any { return coordinate(s.Lat) }),
	siteField("lon", KindNumber, "longitude in degrees, WGS 84", func(s *Site) any { return coordinate(s.Lon) }),
	siteField("radius_m", KindNumber, "metres around the point that hold the spot", func(s *Site) any { return number(s.RadiusM) }),
	withEnum(siteField("precision", KindEnum, "how finely the place is known", func(s *Site) any { return text(string(s.Precision)) }), precisionNames),
	siteField("admin1", KindText, "first-level division", func(s *Site) any { return text(s.Admin1) }),
	siteField("country", KindText, "ISO 3166-1 alpha-2", func(s *Site) any { return text(s.Country) }),
}

// filterOnlyFields are asked by filters and are no columns of their own.
var filterOnlyFields = []Field{
	{Name: "actor", Kind: KindText, Doc: "name or id of an actor in any role", Filterable: true, Values: func(i *Incident) []any { return actorValues(i, "") }},
	{Name: "perpetrator", Kind: KindText, Doc: "name or id of an actor said to have done it", Filterable: true, Values: func(i *Incident) []any { return actorValues(i, "perpetrator") }},
	{Name: "attribution", Kind: KindEnum, Doc: "on whose word an actor's part or a toll is told", Enum: enum(Attributions), Filterable: true, Values: attributionValues},
	{Name: "publisher", Kind: KindText, Doc: "publisher of one of the reports", Filterable: true, Values: func(i *Incident) []any {
		return each(i.Reports, func(r ReportRef) string { return r.Publisher })
	}},
	{Name: "report", Kind: KindText, Doc: "id of one of the reports", Filterable: true, Values: func(i *Incident) []any {
		return each(i.Reports, func(r ReportRef) string { return r.ID })
	}},
	{Name: "tag", Kind: KindText, Doc: "one of the tags", Filterable: true, Values: func(i *Incident) []any {
		return each(i.Tags, func(t string) string { return t })
	}},
	{Name: "located", Kind: KindBool, Doc: "whether a place of role site has coordinates", Filterable: true, Values: func(i *Incident) []any {
		return []any{i.Located()}
	}},
}

// Located reports whether any place of role site has coordinates.
func (i *Incident) Located() bool {
	for _, s := range i.Places {
		if s.Role == RoleSite && s.Located() {
			return true
		}
	}
	return false
}

func siteField(name string, kind Kind, doc string, value func(*Site) any) Field {
	filterable := map[string]bool{"place_id": true, "precision": true, "admin1": true, "country": true}[name]
	f := Field{Name: name, Kind: kind, Doc: doc, Filterable: filterable, Value: func(i *Incident) any {
		for k := range i.Places { // of i.Where, without a copy of the place for each field
			if i.Places[k].Role == RoleSite {
				return value(&i.Places[k])
			}
		}
		return nil
	}}
	if filterable {
		f.Values = func(i *Incident) []any {
			var values []any
			for k := range i.Places {
				if i.Places[k].Role != RoleSite {
					continue
				}
				if v := value(&i.Places[k]); v != nil {
					values = append(values, v)
				}
			}
			return values
		}
	}
	return f
}

func withEnum(f Field, values func() []string) Field {
	f.Enum = values
	return f
}

func rangeFields(name, doc string, of func(*Incident) Range) []Field {
	bound := func(suffix, what string, pick func(Range) *int64) Field {
		return Field{Name: name + "_" + suffix, Kind: KindInt, Doc: doc + ", " + what, Filterable: true,
			Value: func(i *Incident) any {
				if n := pick(of(i)); n != nil {
					return *n
				}
				return nil
			}}
	}
	return []Field{
		bound("low", "the lowest that a claim bears", func(r Range) *int64 { return r.Low }),
		bound("best", "the best", func(r Range) *int64 { return r.Best }),
		bound("high", "the highest that a claim bears", func(r Range) *int64 { return r.High }),
	}
}

func tollFields() []Field {
	var fields []Field
	for _, m := range Measures {
		fields = append(fields, rangeFields(string(m), string(m), func(i *Incident) Range { return *i.Tolls.Of(m) })...)
	}
	return fields
}

func joinFields(parts ...[]Field) []Field {
	var all []Field
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func actorValues(i *Incident, role string) []any {
	var values []any
	private := newMasker(i.Named)
	for _, a := range i.Actors {
		if role != "" && a.Role != role {
			continue
		}
		if private.text(a.Name) == a.Name { // nobody finds a private person
			values = append(values, a.Name)
		}
		if a.ActorID != "" {
			values = append(values, a.ActorID)
		}
	}
	return values
}

// attributionValues are those of the actors and of the claims, each once.
func attributionValues(i *Incident) []any {
	var values []any
	add := func(a Attribution) {
		if a != "" && !slices.Contains(values, any(string(a))) {
			values = append(values, string(a))
		}
	}
	for _, a := range i.Actors {
		add(a.Attribution)
	}
	for _, c := range i.Claims {
		add(c.Attribution)
	}
	return values
}

func each[T any](items []T, text func(T) string) []any {
	var values []any
	for _, item := range items {
		if s := text(item); s != "" {
			values = append(values, s)
		}
	}
	return values
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func number(x float64) any {
	if x == 0 {
		return nil
	}
	return x
}

func positive(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func coordinate(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

func list[T any](items []T) any {
	if len(items) == 0 {
		return nil
	}
	return items
}

func enum[T ~string](values []T) func() []string {
	return func() []string {
		names := make([]string, len(values))
		for k, v := range values {
			names[k] = string(v)
		}
		return names
	}
}
