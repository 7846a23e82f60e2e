package geo

import (
	"encoding/json"
	"fmt"
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
	b := append(make([]byte, 0, 1024), '{')
	for _, f := range columns {
		v := f.Value(&i)
		if v == nil || v == false {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), f.Name...), `":`...)
		var err error
		if b, err = appendValue(b, v); err != nil {
			return nil, fmt.Errorf("encode incident %s: %s: %w", i.ID, f.Name, err)
		}
	}
	return append(b, '}'), nil
}

// appendValue appends what json.Marshal writes, without its help where that is
// plain.
func appendValue(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case string:
		if isPlain(x) {
			return append(append(append(b, '"'), x...), '"'), nil
		}
	case int64:
		return strconv.AppendInt(b, x, 10), nil
	case bool:
		return strconv.AppendBool(b, x), nil
	case time.Time:
		return append(x.AppendFormat(append(b, '"'), time.RFC3339Nano), '"'), nil
	}
	value, err := json.Marshal(v)
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
