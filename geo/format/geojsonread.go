package format

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"dateline/geo"
)

// ReadGeoJSON reads a FeatureCollection whose properties are the flat incident,
// feature by feature. A feature that is not one is an error that says which,
// and the rest go on; a broken file ends the sequence. Errors are ErrInvalid.
func ReadGeoJSON(r io.Reader) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		in := featureReader{Decoder: json.NewDecoder(r), yield: yield}
		if err := in.collection(); err != nil && !in.left {
			yield(geo.Incident{}, fmt.Errorf("GeoJSON: %w: %w", geo.ErrInvalid, err))
		}
	}
}

type featureReader struct {
	*json.Decoder
	yield  func(geo.Incident, error) bool
	number int  // of the last feature
	left   bool // the caller wants no more
}

// collection walks the members of the file's object.
func (in *featureReader) collection() error {
	if err := in.expect(json.Delim('{')); err != nil {
		return err
	}
	var kind string
	features := false
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err
		}
		switch name {
		case "type":
			err = in.Decode(&kind)
		case "features":
			features = true
			err = in.features()
		default:
			err = in.Decode(new(json.RawMessage))
		}
		if err != nil || in.left {
			return err
		}
	}
	if _, err := in.Token(); err != nil {
		return err
	}
	if kind != "FeatureCollection" || !features {
		return fmt.Errorf("want a FeatureCollection with features; the type is %q", kind)
	}
	return nil
}

func (in *featureReader) features() error {
	if err := in.expect(json.Delim('[')); err != nil {
		return err
	}
	for in.More() {
		in.number++
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return fmt.Errorf("feature %d: %w", in.number, err)
		}
		i, err := incidentOfFeature(raw)
		if err != nil {
			err = fmt.Errorf("feature %d: %w", in.number, err)
		}
		if !in.yield(i, err) {
			in.left = true
			return nil
		}
	}
	return in.expect(json.Delim(']'))
}

func (in *featureReader) expect(want json.Delim) error {
	got, err := in.Token()
	if err == nil && got != want {
		err = fmt.Errorf("want %v, not %v", want, got)
	}
	return err
}

func incidentOfFeature(raw json.RawMessage) (geo.Incident, error) {
	var feature struct {
		Type       string          `json:"type"`
		Properties json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(raw, &feature); err != nil {
		return geo.Incident{}, fmt.Errorf("%w: %w", geo.ErrInvalid, err)
	}
	if feature.Type != "Feature" || len(feature.Properties) == 0 {
		return geo.Incident{}, geo.Invalid("type", "%q is no Feature with properties", feature.Type)
	}
	return incidentOfFlat(feature.Properties)
}

// incidentOfFlat reads and checks the flat JSON of an incident.
func incidentOfFlat(flat []byte) (geo.Incident, error) {
	var i geo.Incident
	if err := json.Unmarshal(flat, &i); err != nil {
		return geo.Incident{}, fmt.Errorf("%w: %w", geo.ErrInvalid, err)
	}
	return i, i.Check()
}
