package format

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"dateline/geo"
)

// GeoJSONMediaType is that of RFC 7946.
const GeoJSONMediaType = "application/geo+json"

// WriteGeoJSON writes a FeatureCollection (RFC 7946), a feature a line. The
// options' members stand before the features.
func WriteGeoJSON(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`{"type":"FeatureCollection"`)
	if err := writeMembers(b, o.Members); err != nil {
		return err
	}
	b.WriteString(`,"features":[`)
	separator := "\n"
	for i, err := range incidents {
		if err != nil {
			return err
		}
		b.WriteString(separator)
		separator = ",\n"
		if err := writeFeature(b, i, Options{Shape: o.Shape, Only: o.Only, Project: o.Project}); err != nil {
			return err
		}
	}
	b.WriteString("\n]}\n")
	return b.Flush()
}

// WriteFull writes a FeatureCollection whose properties say lat and lon of
// every located incident, also of one that is no point: for scoring.
func WriteFull(w io.Writer, incidents iter.Seq2[geo.Incident, error]) error {
	return WriteGeoJSON(w, incidents, Options{Shape: Full})
}

// WriteFeature writes one incident as a feature. The options' members stand at
// its end.
func WriteFeature(w io.Writer, i geo.Incident, o Options) error {
	b := bufio.NewWriter(w)
	if err := writeFeature(b, i, o); err != nil {
		return err
	}
	b.WriteByte('\n')
	return b.Flush()
}

func writeFeature(b *bufio.Writer, i geo.Incident, o Options) error {
	var parts [3][]byte
	var err error
	for k, v := range []any{i.ID, geometryOf(i, o.Shape).project(o.Project)} {
		if parts[k], err = json.Marshal(v); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
	}
	if parts[2], err = o.Shape.shaped(i).MarshalFields(o.columns()); err != nil {
		return fmt.Errorf("write incident %s: %w", i.ID, err)
	}
	fmt.Fprintf(b, `{"type":"Feature","id":%s,"geometry":%s,"properties":%s`, parts[0], parts[1], parts[2])
	if err := writeMembers(b, o.Members); err != nil {
		return err
	}
	return b.WriteByte('}')
}

func writeMembers(b *bufio.Writer, members []Member) error {
	for _, m := range members {
		name, err := json.Marshal(m.Name)
		if err != nil {
			return err
		}
		value, err := json.Marshal(m.Value)
		if err != nil {
			return fmt.Errorf("write %s: %w", m.Name, err)
		}
		fmt.Fprintf(b, ",%s:%s", name, value)
	}
	return nil
}
