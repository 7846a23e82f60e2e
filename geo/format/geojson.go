package format

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// GeoJSONMediaType is that of RFC 7946.
const GeoJSONMediaType = "application/geo+json"

// shapePoints is how many corners a circle's polygon has: it then lies within
// 0.3% of the circle.
const shapePoints = 48

// WriteGeoJSON writes a FeatureCollection (RFC 7946), a feature a line. The
// options' members stand before the features.
func WriteGeoJSON(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`{"type":"FeatureCollection"`)
	if err := writeMembers(b, o.Members); err != nil {
		return err
	}
	b.WriteString(`,"features":[`)
	first := true
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteByte('\n')
		if err := writeFeature(b, i, Options{Shape: o.Shape}); err != nil {
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

// WriteFeature writes one incident as a feature.
func WriteFeature(w io.Writer, i geo.Incident, o Options) error {
	b := bufio.NewWriter(w)
	if err := writeFeature(b, i, o); err != nil {
		return err
	}
	b.WriteByte('\n')
	return b.Flush()
}

func writeFeature(b *bufio.Writer, i geo.Incident, o Options) error {
	geometry, err := json.Marshal(geometryOf(i, o.Shape))
	if err != nil {
		return fmt.Errorf("incident %s: geometry: %w", i.ID, err)
	}
	properties, err := json.Marshal(o.Shape.shaped(i))
	if err != nil {
		return err
	}
	fmt.Fprintf(b, `{"type":"Feature","id":%q,"geometry":%s,"properties":%s`, i.ID, geometry, properties)
	if err := writeMembers(b, o.Members); err != nil {
		return err
	}
	return b.WriteByte('}')
}

func writeMembers(b *bufio.Writer, members []Member) error {
	for _, m := range members {
		value, err := json.Marshal(m.Value)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		fmt.Fprintf(b, ",%q:%s", m.Name, value)
	}
	return nil
}

// geometry is a GeoJSON geometry object; nil encodes as null.
type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// geometryOf the first place of role site: a point, or in Areas what holds it.
func geometryOf(i geo.Incident, s Shape) *geometry {
	site, ok := i.Where()
	if !ok {
		return nil
	}
	if s == Areas {
		return areaOf(site)
	}
	if p, ok := site.Point(); ok && site.Pinned() {
		return &geometry{"Point", p}
	}
	return nil
}

// areaOf a located site: its polygon, else the circle of its radius; cut at the
// antimeridian into a MultiPolygon as RFC 7946, 3.1.9, wants.
func areaOf(s geo.Site) *geometry {
	p, ok := s.Point()
	if !ok {
		return nil
	}
	polygon := s.Area
	if len(polygon) == 0 {
		polygon = holding(p, s.RadiusM)
	}
	parts := cutAtAntimeridian(polygon)
	if len(parts) == 1 {
		return &geometry{"Polygon", parts[0]}
	}
	return &geometry{"MultiPolygon", parts}
}

// holding is the circle's polygon, or, where the circle holds a pole, the band
// of latitudes that holds it.
func holding(p orb.Point, radiusM float64) orb.Polygon {
	bounds := geo.CircleBounds(p, radiusM)
	if len(bounds) == 1 && bounds[0].Max.Lon()-bounds[0].Min.Lon() >= 360 {
		return bounds[0].ToPolygon()
	}
	return geo.Circle(p, radiusM, shapePoints)
}

// cutAtAntimeridian splits a polygon of one ring whose longitudes run past ±180.
func cutAtAntimeridian(p orb.Polygon) orb.MultiPolygon {
	b := p.Bound()
	var parts orb.MultiPolygon
	for _, shift := range []float64{-360, 0, 360} {
		if b.Max.Lon()+shift <= -180 || b.Min.Lon()+shift >= 180 {
			continue
		}
		ring := make(orb.Ring, len(p[0]))
		for k, pt := range p[0] {
			ring[k] = orb.Point{pt.Lon() + shift, pt.Lat()}
		}
		ring = clipEast(clipWest(ring))
		if len(ring) >= 4 {
			parts = append(parts, orb.Polygon{ring})
		}
	}
	return parts
}

func clipWest(r orb.Ring) orb.Ring {
	return clip(r, -180, func(lon float64) bool { return lon >= -180 })
}
func clipEast(r orb.Ring) orb.Ring {
	return clip(r, 180, func(lon float64) bool { return lon <= 180 })
}

// clip a closed ring by a meridian (Sutherland and Hodgman 1974).
func clip(r orb.Ring, at float64, inside func(float64) bool) orb.Ring {
	var out orb.Ring
	for k := 0; k+1 < len(r); k++ {
		a, b := r[k], r[k+1]
		if inside(a.Lon()) {
			out = append(out, a)
		}
		if inside(a.Lon()) != inside(b.Lon()) {
			t := (at - a.Lon()) / (b.Lon() - a.Lon())
			out = append(out, orb.Point{at, a.Lat() + t*(b.Lat()-a.Lat())})
		}
	}
	if len(out) > 0 {
		out = append(out, out[0])
	}
	return out
}

// ReadGeoJSON reads a FeatureCollection whose properties are the flat incident.
// A feature that is not one is an error that says which.
func ReadGeoJSON(r io.Reader) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		var collection struct {
			Type     string `json:"type"`
			Features []struct {
				Properties json.RawMessage `json:"properties"`
			} `json:"features"`
		}
		if err := json.NewDecoder(r).Decode(&collection); err != nil {
			yield(geo.Incident{}, fmt.Errorf("GeoJSON: %w: %w", geo.ErrInvalid, err))
			return
		}
		if collection.Type != "FeatureCollection" {
			yield(geo.Incident{}, geo.Invalid("type", "%q is no FeatureCollection", collection.Type))
			return
		}
		for k, f := range collection.Features {
			var i geo.Incident
			err := json.Unmarshal(f.Properties, &i)
			if err == nil {
				err = i.Check()
			}
			if err != nil {
				err = fmt.Errorf("feature %d: %w", k+1, err)
			}
			if !yield(i, err) {
				return
			}
		}
	}
}
