package geo

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"
)

// MarshalJSON writes the flat incident: the columns of Fields in their order,
// those that are not stated left out.
func (i Incident) MarshalJSON() ([]byte, error) { return i.MarshalFields(columns) }

// columns are Columns, made once.
var columns = Columns()

// MarshalFields writes the flat incident with some of its columns only.
func (i Incident) MarshalFields(columns []Field) ([]byte, error) {
	return i.AppendFields(make([]byte, 0, 1024), columns)
}

// AppendFields appends what MarshalFields writes.
func (i *Incident) AppendFields(b []byte, columns []Field) ([]byte, error) {
	b = append(b, '{')
	first := true
	for k := range columns {
		f := &columns[k]
		v := f.Value(i)
		if v == nil || v == false {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), f.Name...), `":`...)
		var err error
		if b, err = appendValue(b, v); err != nil {
			return nil, fmt.Errorf("encode incident %s: %s: %w", i.ID, f.Name, err)
		}
	}
	return append(b, '}'), nil
}

// AppendJSON appends what json.Marshal writes of a value, without its help where
// the value is plain.
func AppendJSON(b []byte, v any) ([]byte, error) { return appendValue(b, v) }

func appendValue(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case string:
		return appendText(b, x)
	case int64:
		return strconv.AppendInt(b, x, 10), nil
	case float64:
		return appendNumber(b, x)
	case bool:
		return strconv.AppendBool(b, x), nil
	case time.Time:
		return append(x.AppendFormat(append(b, '"'), time.RFC3339Nano), '"'), nil
	case []Site:
		return appendList(b, x, appendSite)
	case []Actor:
		return appendList(b, x, func(o *object, a *Actor) {
			o.text("name", a.Name, true)
			o.text("actor_id", a.ActorID, false)
			o.text("role", a.Role, true)
			o.text("attribution", string(a.Attribution), false)
			o.text("by", a.By, false)
		})
	case []ReportRef:
		return appendList(b, x, func(o *object, r *ReportRef) {
			o.text("id", r.ID, true)
			o.text("publisher", r.Publisher, false)
			o.text("url", r.URL, false)
			o.text("published", string(r.Published), false)
		})
	case []Quote:
		return appendList(b, x, func(o *object, q *Quote) {
			o.text("report", q.Report, true)
			o.value("version", int64(q.Version))
			o.text("field", q.Field, true)
			o.value("start", int64(q.Start))
			o.value("end", int64(q.End))
			o.text("text", q.Text, true)
		})
	}
	value, err := json.Marshal(v)
	return append(b, value...), err
}

func appendSite(o *object, s *Site) {
	o.text("role", string(s.Role), true)
	o.text("place", s.Place, true)
	o.text("place_id", s.PlaceID, false)
	o.text("geonameid", s.GeoNameID, false)
	o.text("locative", s.Locative, false)
	if s.Lat != nil {
		o.value("lat", *s.Lat)
	}
	if s.Lon != nil {
		o.value("lon", *s.Lon)
	}
	if s.RadiusM != 0 {
		o.value("radius_m", s.RadiusM)
	}
	o.text("precision", string(s.Precision), false)
	o.text("admin1", s.Admin1, false)
	o.text("country", s.Country, false)
	if s.Confidence != 0 {
		o.value("confidence", s.Confidence)
	}
	if s.Approximate {
		o.value("approximate", true)
	}
	o.text("not_found", s.NotFound, false)
	if len(s.Area) > 0 {
		o.value("area", s.Area)
	}
}

// object is one of JSON that is being written.
type object struct {
	b     []byte
	first bool
	err   error
}

func (o *object) name(name string) {
	if !o.first {
		o.b = append(o.b, ',')
	}
	o.first = false
	o.b = append(append(append(o.b, '"'), name...), `":`...)
}

// text writes a member; an empty one only where it always stands.
func (o *object) text(name, value string, always bool) {
	if value == "" && !always {
		return
	}
	o.name(name)
	if b, err := appendText(o.b, value); err == nil {
		o.b = b
	} else {
		o.err = err
	}
}

func (o *object) value(name string, v any) {
	o.name(name)
	if b, err := appendValue(o.b, v); err == nil {
		o.b = b
	} else {
		o.err = err
	}
}

func appendList[T any](b []byte, items []T, each func(*object, *T)) ([]byte, error) {
	if items == nil {
		return append(b, "null"...), nil
	}
	b = append(b, '[')
	for k := range items {
		if k > 0 {
			b = append(b, ',')
		}
		o := object{b: append(b, '{'), first: true}
		each(&o, &items[k])
		if o.err != nil {
			return b, o.err
		}
		b = append(o.b, '}')
	}
	return append(b, ']'), nil
}

func appendText(b []byte, s string) ([]byte, error) {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"'), nil
	}
	value, err := json.Marshal(s)
	return append(b, value...), err
}

// appendNumber appends a number as JSON has it: without an exponent where it is
// neither tiny nor huge.
func appendNumber(b []byte, x float64) ([]byte, error) {
	if size := math.Abs(x); x == 0 || size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(b, x, 'f', -1, 64), nil
	}
	value, err := json.Marshal(x)
	return append(b, value...), err
}

// isPlain reports whether a text is written in JSON as it is.
func isPlain(s string) bool {
	for k := range len(s) {
		if c := s[k]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// flatIncident is the flat form as it is read; what Fields derives from places
// and type is not read back.
type flatIncident struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Type     string   `json:"type"`
	Status   Status   `json:"status"`
	Modality Modality `json:"modality"`
	Weak     bool     `json:"weak"`
	When
	Places []Site `json:"places"`
	flatRanges
	Claims          []Claim     `json:"claims"`
	Actors          []Actor     `json:"actors"`
	Named           []Named     `json:"named"`
	Quotes          []Quote     `json:"quotes"`
	Reports         []ReportRef `json:"reports"`
	Tags            []string    `json:"tags"`
	Origin          string      `json:"origin"`
	OriginID        string      `json:"origin_id"`
	OriginType      string      `json:"origin_type"`
	OriginPrecision string      `json:"origin_precision"`
	Reader          string      `json:"reader"`
	Confidence      float64     `json:"confidence"`
	Edited          []string    `json:"edited"`
	MergedInto      string      `json:"merged_into"`
	Revision        int         `json:"revision"`
	Created         time.Time   `json:"created"`
	Updated         time.Time   `json:"updated"`
}

type flatRanges struct {
	CountLow      *int64 `json:"count_low"`
	CountBest     *int64 `json:"count_best"`
	CountHigh     *int64 `json:"count_high"`
	KilledLow     *int64 `json:"killed_low"`
	KilledBest    *int64 `json:"killed_best"`
	KilledHigh    *int64 `json:"killed_high"`
	InjuredLow    *int64 `json:"injured_low"`
	InjuredBest   *int64 `json:"injured_best"`
	InjuredHigh   *int64 `json:"injured_high"`
	MissingLow    *int64 `json:"missing_low"`
	MissingBest   *int64 `json:"missing_best"`
	MissingHigh   *int64 `json:"missing_high"`
	AbductedLow   *int64 `json:"abducted_low"`
	AbductedBest  *int64 `json:"abducted_best"`
	AbductedHigh  *int64 `json:"abducted_high"`
	ArrestedLow   *int64 `json:"arrested_low"`
	ArrestedBest  *int64 `json:"arrested_best"`
	ArrestedHigh  *int64 `json:"arrested_high"`
	DisplacedLow  *int64 `json:"displaced_low"`
	DisplacedBest *int64 `json:"displaced_best"`
	DisplacedHigh *int64 `json:"displaced_high"`
}

// UnmarshalJSON reads the flat incident back.
func (i *Incident) UnmarshalJSON(data []byte) error {
	if plain, ok := decodePlain(data); ok {
		*i = plain
		return nil
	}
	return i.decode(data)
}

// decode reads whatever JSON of a flat incident there may be.
func (i *Incident) decode(data []byte) error {
	var f flatIncident
	if err := json.Unmarshal(data, &f); err != nil {
		return fmt.Errorf("decode incident: %w", err)
	}
	*i = Incident{
		ID: f.ID, Title: f.Title, Type: f.Type, Status: f.Status, Modality: f.Modality, Weak: f.Weak,
		When: f.When, Places: f.Places, Claims: f.Claims, Actors: f.Actors, Named: f.Named, Quotes: f.Quotes,
		Reports: f.Reports, Tags: f.Tags, Origin: f.Origin, OriginID: f.OriginID, OriginType: f.OriginType,
		OriginPrecision: f.OriginPrecision, Reader: f.Reader, Confidence: f.Confidence, Edited: f.Edited, MergedInto: f.MergedInto,
		Revision: f.Revision, Created: f.Created, Updated: f.Updated,
		Count: Range{f.CountLow, f.CountBest, f.CountHigh},
		Tolls: Tolls{
			Killed:    Range{f.KilledLow, f.KilledBest, f.KilledHigh},
			Injured:   Range{f.InjuredLow, f.InjuredBest, f.InjuredHigh},
			Missing:   Range{f.MissingLow, f.MissingBest, f.MissingHigh},
			Abducted:  Range{f.AbductedLow, f.AbductedBest, f.AbductedHigh},
			Arrested:  Range{f.ArrestedLow, f.ArrestedBest, f.ArrestedHigh},
			Displaced: Range{f.DisplacedLow, f.DisplacedBest, f.DisplacedHigh},
		},
	}
	return nil
}
