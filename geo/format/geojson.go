package format

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// GeoJSONMediaType is that of RFC 7946.
const GeoJSONMediaType = "application/geo+json"

// bufferBytes is how much is written at once.
const bufferBytes = 1 << 16

// WriteGeoJSON writes a FeatureCollection (RFC 7946), a feature a line. The
// options' members stand before the features.
func WriteGeoJSON(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriterSize(w, bufferBytes)
	b.WriteString(`{"type":"FeatureCollection"`)
	if err := writeMembers(b, o.Members); err != nil {
		return err
	}
	b.WriteString(`,"features":[`)
	separator, feature := "\n", []byte(nil)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		b.WriteString(separator)
		separator = ",\n"
		if feature, err = AppendFeature(feature[:0], &i, Options{Shape: o.Shape, Only: o.Only, Project: o.Project}); err != nil {
			return err
		}
		if _, err := b.Write(feature); err != nil {
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
	b, err := AppendFeature(make([]byte, 0, 2048), &i, o)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// AppendFeature appends one incident as a feature. The options' members stand at
// its end.
func AppendFeature(b []byte, i *geo.Incident, o Options) ([]byte, error) {
	failed := func(err error) ([]byte, error) { return b, fmt.Errorf("write incident %s: %w", i.ID, err) }
	var err error
	if b, err = geo.AppendJSON(append(b, `{"type":"Feature","id":`...), i.ID); err != nil {
		return failed(err)
	}
	if b, err = appendGeometry(append(b, `,"geometry":`...), geometryOf(*i, o.Shape).project(o.Project)); err != nil {
		return failed(err)
	}
	shaped := o.Shape.shaped(*i)
	if b, err = shaped.AppendFields(append(b, `,"properties":`...), o.columns()); err != nil {
		return failed(err)
	}
	for _, m := range o.Members {
		value, err := json.Marshal(m.Value)
		if err != nil {
			return failed(err)
		}
		if b, err = geo.AppendJSON(append(b, ','), m.Name); err != nil {
			return failed(err)
		}
		b = append(append(b, ':'), value...)
	}
	return append(b, '}'), nil
}

func appendGeometry(b []byte, g *geometry) ([]byte, error) {
	if g != nil {
		if p, ok := g.Coordinates.(orb.Point); ok {
			b, errX := geo.AppendJSON(append(b, `{"type":"Point","coordinates":[`...), p[0])
			b, errY := geo.AppendJSON(append(b, ','), p[1])
			return append(b, "]}"...), errors.Join(errX, errY)
		}
	}
	value, err := json.Marshal(g)
	return append(b, value...), err
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
