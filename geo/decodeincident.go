package geo

import (
	"strings"

	"dateline/gazetteer"
)

// once fails where a member of the incident comes a second time.
func (d *decoder) once(k int) {
	word, bit := &d.seen[k/64], uint64(1)<<(k%64)
	if *word&bit != 0 {
		d.fail()
	}
	*word |= bit
}

// memberNumbers number the columns.
var memberNumbers = func() map[string]int {
	numbers := map[string]int{}
	for k, f := range columns {
		numbers[f.Name] = k
	}
	return numbers
}()

// memberNames are the columns by their numbers.
var memberNames = func() []string {
	names := make([]string, len(columns))
	for k, f := range columns {
		names[k] = f.Name
	}
	return names
}()

// numberOf a member, which mostly comes after the one before it.
func (d *decoder) numberOf(name string) (k int, known bool) {
	for k := d.last + 1; k < len(memberNames); k++ {
		if memberNames[k] == name {
			return k, true
		}
	}
	k, known = memberNumbers[name]
	return k, known
}

// member reads a column of the incident.
func (d *decoder) member(i *Incident, name string) {
	number, known := d.numberOf(name)
	if !known {
		d.fail()
		return
	}
	d.last = number
	d.once(number)
	switch name {
	case "id":
		i.ID = d.string()
	case "title":
		i.Title = d.string()
	case "type":
		i.Type = d.string()
	case "status":
		i.Status = Status(d.string())
	case "modality":
		i.Modality = Modality(d.string())
	case "weak":
		i.Weak = d.bool()
	case "start":
		i.When.Start = Day(d.string())
	case "end":
		i.When.End = Day(d.string())
	case "date_precision":
		i.When.Precision = DatePrecision(d.string())
	case "time_text":
		i.When.TimeText = d.string()
	case "group", "place", "place_id", "geonameid", "locative", "precision", "admin1", "country": // they follow from the type and the places
		d.string()
	case "lat", "lon", "radius_m":
		d.float()
	case "places":
		i.Places = listOf(d, d.site)
	case "claims":
		i.Claims = listOf(d, d.claim)
	case "actors":
		i.Actors = listOf(d, d.actor)
	case "named":
		i.Named = listOf(d, d.named)
	case "quotes":
		i.Quotes = listOf(d, d.quote)
	case "reports":
		i.Reports = listOf(d, d.report)
	case "tags":
		i.Tags = d.texts()
	case "origin":
		i.Origin = d.string()
	case "origin_id":
		i.OriginID = d.string()
	case "origin_type":
		i.OriginType = d.string()
	case "origin_precision":
		i.OriginPrecision = d.string()
	case "reader":
		i.Reader = d.string()
	case "confidence":
		i.Confidence = d.float()
	case "edited":
		i.Edited = d.texts()
	case "merged_into":
		i.MergedInto = d.string()
	case "revision":
		i.Revision = d.int()
	case "created":
		i.Created = d.time()
	case "updated":
		i.Updated = d.time()
	default:
		d.bound(i, name)
	}
}

// bound reads a bound of a range: killed_low.
func (d *decoder) bound(i *Incident, name string) {
	measure, bound, _ := strings.Cut(name, "_")
	r := &i.Count
	if measure != "count" {
		r = i.Tolls.Of(Measure(measure))
	}
	if r == nil {
		d.fail()
		return
	}
	x := new(d.int64())
	switch bound {
	case "low":
		r.Low = x
	case "best":
		r.Best = x
	case "high":
		r.High = x
	default:
		d.fail()
	}
}

func (d *decoder) site(s *Site, name string) {
	switch name {
	case "role":
		s.Role = Role(d.string())
	case "place":
		s.Place = d.string()
	case "place_id":
		s.PlaceID = d.string()
	case "geonameid":
		s.GeoNameID = d.string()
	case "locative":
		s.Locative = d.string()
	case "lat":
		s.Lat = new(d.float())
	case "lon":
		s.Lon = new(d.float())
	case "radius_m":
		s.RadiusM = d.float()
	case "precision":
		s.Precision = gazetteer.Precision(d.string())
	case "admin1":
		s.Admin1 = d.string()
	case "country":
		s.Country = d.string()
	case "confidence":
		s.Confidence = d.float()
	case "approximate":
		s.Approximate = d.bool()
	case "not_found":
		s.NotFound = d.string()
	case "area":
		if s.Area != nil {
			d.fail()
		}
		s.Area = d.polygon()
	default:
		d.fail()
	}
}

func (d *decoder) claim(c *Claim, name string) {
	switch name {
	case "measure":
		c.Measure = Measure(d.string())
	case "group":
		c.Group = d.string()
	case "low":
		c.Low = new(d.int64())
	case "best":
		c.Best = new(d.int64())
	case "high":
		c.High = new(d.int64())
	case "attribution":
		c.Attribution = Attribution(d.string())
	case "by":
		c.By = d.string()
	case "report":
		c.Report = d.string()
	case "start":
		c.Start = d.int()
	case "end":
		c.End = d.int()
	default:
		d.fail()
	}
}

func (d *decoder) actor(a *Actor, name string) {
	switch name {
	case "name":
		a.Name = d.string()
	case "actor_id":
		a.ActorID = d.string()
	case "role":
		a.Role = d.string()
	case "attribution":
		a.Attribution = Attribution(d.string())
	case "by":
		a.By = d.string()
	default:
		d.fail()
	}
}

func (d *decoder) named(n *Named, name string) {
	switch name {
	case "name":
		n.Name = d.string()
	case "role":
		n.Role = d.string()
	case "fate":
		n.Fate = d.string()
	case "private":
		n.Private = d.bool()
	default:
		d.fail()
	}
}

func (d *decoder) quote(q *Quote, name string) {
	switch name {
	case "report":
		q.Report = d.string()
	case "version":
		q.Version = d.int()
	case "field":
		q.Field = d.string()
	case "start":
		q.Start = d.int()
	case "end":
		q.End = d.int()
	case "text":
		q.Text = d.string()
	default:
		d.fail()
	}
}

func (d *decoder) report(r *ReportRef, name string) {
	switch name {
	case "id":
		r.ID = d.string()
	case "publisher":
		r.Publisher = d.string()
	case "url":
		r.URL = d.string()
	case "published":
		r.Published = Day(d.string())
	default:
		d.fail()
	}
}
