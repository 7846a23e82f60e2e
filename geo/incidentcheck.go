package geo

import (
	"fmt"
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// Check refuses an incident that can't be kept: an unknown code, a day that is
// none, a place off the Earth, a range out of order. The error is an ErrInvalid
// that names the field.
func (i *Incident) Check() error {
	if _, ok := EventTypeByCode(i.Type); !ok {
		return Invalid("type", "%q is no event type", i.Type)
	}
	if !slices.Contains(Statuses, i.Status) {
		return Invalid("status", "%q is none of %v", i.Status, Statuses)
	}
	if !slices.Contains(Modalities, i.Modality) {
		return Invalid("modality", "%q is none of %v", i.Modality, Modalities)
	}
	if err := i.When.Check(); err != nil {
		return err
	}
	for k := range i.Places {
		if err := i.Places[k].check(fmt.Sprintf("places[%d]", k)); err != nil {
			return err
		}
	}
	if !(i.Confidence >= 0 && i.Confidence <= 1) {
		return Invalid("confidence", "%v is not from 0 to 1", i.Confidence)
	}
	if err := i.Count.check("count"); err != nil {
		return err
	}
	for _, m := range Measures {
		if err := i.Tolls.Of(m).check(string(m)); err != nil {
			return err
		}
	}
	return i.checkActors()
}

func (i *Incident) checkActors() error {
	for k, a := range i.Actors {
		field := fmt.Sprintf("actors[%d]", k)
		switch {
		case a.Name == "":
			return Invalid(field+".name", "it is empty")
		case !slices.Contains(ActorRoles, a.Role):
			return Invalid(field+".role", "%q is none of %v", a.Role, ActorRoles)
		case a.Attribution != "" && !slices.Contains(Attributions, a.Attribution):
			return Invalid(field+".attribution", "%q is none of %v", a.Attribution, Attributions)
		}
	}
	return nil
}

// Check refuses days that are none or out of order.
func (w When) Check() error {
	for _, d := range []struct {
		name string
		day  Day
	}{{"start", w.Start}, {"end", w.End}} {
		if d.day == "" {
			continue
		}
		if _, err := ParseDay(string(d.day)); err != nil {
			return Invalid(d.name, "%q is not a day of the form YYYY-MM-DD", d.day)
		}
	}
	if w.Start != "" && w.End != "" && w.Start > w.End {
		return Invalid("start", "%s is after the end %s", w.Start, w.End)
	}
	if w.Precision != "" && !slices.Contains(DatePrecisions, w.Precision) {
		return Invalid("date_precision", "%q is none of %v", w.Precision, DatePrecisions)
	}
	return nil
}

func (s *Site) check(field string) error {
	if !slices.Contains(Roles, s.Role) {
		return Invalid(field+".role", "%q is none of %v", s.Role, Roles)
	}
	if (s.Lon == nil) != (s.Lat == nil) {
		return Invalid(field, "lon and lat go together")
	}
	if s.Located() && (*s.Lon < -180 || *s.Lon > 180 || *s.Lat < -90 || *s.Lat > 90 || *s.Lon != *s.Lon || *s.Lat != *s.Lat) {
		return Invalid(field, "lon %v, lat %v are not on the Earth", *s.Lon, *s.Lat)
	}
	if s.Located() && !(s.RadiusM > 0 && s.RadiusM <= 2.1e7) {
		return Invalid(field+".radius_m", "a located place needs a radius above 0 and below 21,000 km, in metres")
	}
	if s.Precision != "" && !slices.Contains(gazetteer.Precisions, s.Precision) || s.Located() && s.Precision == "" {
		return Invalid(field+".precision", "%q is none of %v", s.Precision, gazetteer.Precisions)
	}
	if !isCountry(s.Country) {
		return Invalid(field+".country", "%q is not a two-letter ISO 3166 code such as IQ", s.Country)
	}
	if !(s.Confidence >= 0 && s.Confidence <= 1) {
		return Invalid(field+".confidence", "%v is not from 0 to 1", s.Confidence)
	}
	return checkArea(s.Area, field+".area")
}

// isCountry reports whether a code may be one of ISO 3166-1 alpha-2, or is empty.
func isCountry(code string) bool {
	upper := func(b byte) bool { return 'A' <= b && b <= 'Z' }
	return code == "" || len(code) == 2 && upper(code[0]) && upper(code[1])
}

// checkArea wants closed rings of points on the Earth, whose longitudes may run
// past ±180 by one turn.
func checkArea(area orb.Polygon, field string) error {
	for _, ring := range area {
		if len(ring) < 4 || !ring.Closed() {
			return Invalid(field, "a ring needs four points or more, and its last is its first")
		}
		for _, p := range ring {
			if !(math.Abs(p.Lon()) <= 540 && math.Abs(p.Lat()) <= 90) {
				return Invalid(field, "lon %v, lat %v is not on the Earth", p.Lon(), p.Lat())
			}
		}
	}
	return nil
}

func (r Range) check(field string) error {
	last := int64(0)
	for _, bound := range []struct {
		name string
		n    *int64
	}{{"_low", r.Low}, {"_best", r.Best}, {"_high", r.High}} {
		if bound.n == nil {
			continue
		}
		if *bound.n < last {
			return Invalid(field+bound.name, "%d: want 0 or more, and low <= best <= high", *bound.n)
		}
		last = *bound.n
	}
	return nil
}
