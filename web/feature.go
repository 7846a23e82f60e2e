package web

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/crs"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// featureBody is a feature as a program sends it. Members that GeoJSON does not
// know are passed over.
type featureBody struct {
	Type       string                     `json:"type"`
	Geometry   json.RawMessage            `json:"geometry"`
	Properties map[string]json.RawMessage `json:"properties"`
}

// siteProperties describe the first place of role site where a feature has no
// list of places.
var siteProperties = []string{"place", "place_id", "geonameid", "locative", "radius_m", "precision", "admin1", "country"}

func readFeature(r io.Reader) (featureBody, error) {
	var b featureBody
	data, err := io.ReadAll(r)
	if err != nil {
		return b, err
	}
	if err := json.Unmarshal(data, &b); err != nil {
		return b, geo.Invalid("body", "not a GeoJSON feature: %v", err)
	}
	if b.Type != "" && b.Type != "Feature" {
		return b, geo.Invalid("type", "%q is no Feature", b.Type)
	}
	for name := range b.Properties {
		if f, ok := geo.FieldByName(name); !ok || f.Value == nil {
			return b, geo.Invalid(name, "no property; /api lists those there are")
		}
	}
	return b, nil
}

// replace gives the incident as the feature says it: what it leaves out that can
// be set is taken away, what can't be set is passed over.
func (b featureBody) replace(before geo.Incident, system crs.System) (geo.Incident, error) {
	set := map[string]json.RawMessage{}
	for _, f := range geo.Columns() {
		value, given := b.Properties[f.Name]
		switch {
		case !mayEdit(f.Name):
		case given:
			set[f.Name] = value
		case f.Name != "status" && f.Name != "modality":
			set[f.Name] = json.RawMessage("null")
		}
	}
	after, err := withFields(before, set)
	if err != nil {
		return after, err
	}
	keepRegions(before.Places, after.Places)
	if _, given := b.Properties["places"]; !given {
		if err := b.site(&after); err != nil {
			return after, err
		}
	}
	return after, b.point(&after, system)
}

// update gives the incident with what the feature states; null takes a value away.
func (b featureBody) update(before geo.Incident, system crs.System) (geo.Incident, error) {
	set, site := map[string]json.RawMessage{}, false
	for name, value := range b.Properties {
		if slices.Contains(siteProperties, name) {
			site = true
			continue
		}
		set[name] = value
	}
	after, err := withFields(before, set)
	if err != nil {
		return after, err
	}
	after.Places = slices.Clone(after.Places)
	keepRegions(before.Places, after.Places)
	if site {
		if err := b.site(&after); err != nil {
			return after, err
		}
	}
	return after, b.point(&after, system)
}

// keepRegions puts back the coordinates of districts, regions, countries and
// waters, which are never shown and so can't be sent back.
func keepRegions(before, after []geo.Site) {
	for k := range after {
		for _, b := range before {
			if a := &after[k]; !a.Located() && !b.Pinned() && a.Place == b.Place && a.PlaceID == b.PlaceID && a.Role == b.Role && a.Precision == b.Precision {
				a.Lon, a.Lat = b.Lon, b.Lat
			}
		}
	}
}

// site sets the flat properties on the first place of role site.
func (b featureBody) site(i *geo.Incident) error {
	given := map[string]json.RawMessage{}
	for _, name := range siteProperties {
		if value, ok := b.Properties[name]; ok {
			given[name] = value
		}
	}
	if len(given) == 0 {
		return nil
	}
	flat, err := json.Marshal(given)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(flat, firstSite(i)); err != nil {
		return geo.Invalid("properties", "%v", err)
	}
	return nil
}

// firstSite is the first place of role site, which is made where there is none.
func firstSite(i *geo.Incident) *geo.Site {
	for k := range i.Places {
		if i.Places[k].Role == geo.RoleSite {
			return &i.Places[k]
		}
	}
	i.Places = append(i.Places, geo.Site{Role: geo.RoleSite})
	return &i.Places[len(i.Places)-1]
}

// point moves the first site to the feature's geometry, where it has one.
func (b featureBody) point(i *geo.Incident, system crs.System) error {
	if len(b.Geometry) == 0 || bytes.Equal(b.Geometry, []byte("null")) {
		return nil
	}
	g, err := geojson.UnmarshalGeometry(b.Geometry)
	if err != nil {
		return geo.Invalid("geometry", "not GeoJSON: %v", err)
	}
	at, ok := g.Geometry().(orb.Point)
	if !ok {
		return geo.Invalid("geometry", "%s: the collection incidents has points or null", g.Type)
	}
	p, ok := system.ToLonLat(at)
	if !ok {
		return geo.Invalid("geometry", "it leaves its coordinate system (%s: %s)", system.Title, system.Axes)
	}
	site := firstSite(i)
	if was, located := site.Point(); located && was == p {
		return nil
	}
	if site.RadiusM <= 0 {
		return geo.Invalid("radius_m", "say how far the point can be trusted: metres around it that hold the spot")
	}
	if !site.Precision.Pinned() {
		site.Precision = gazetteer.Exact
	}
	lon, lat := p.Lon(), p.Lat()
	site.Lon, site.Lat, site.Area = &lon, &lat, nil
	return nil
}

// newFeature is an incident that a program makes.
func (b featureBody) newFeature(id string, system crs.System) (geo.Incident, error) {
	i, err := b.replace(geo.Incident{ID: id, Status: geo.Draft, Modality: geo.Asserted}, system)
	if err != nil {
		return i, err
	}
	return i, i.Check()
}

// origin of the row that a feature was made from is set once, when it is made.
func (b featureBody) origin(i *geo.Incident) error {
	for name, into := range map[string]*string{"origin": &i.Origin, "origin_id": &i.OriginID, "origin_type": &i.OriginType, "origin_precision": &i.OriginPrecision} {
		if value, ok := b.Properties[name]; ok {
			if err := json.Unmarshal(value, into); err != nil {
				return geo.Invalid(name, "not a text: %v", err)
			}
		}
	}
	return nil
}
