package geo

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// decoder reads the flat incident as MarshalJSON writes it. Whatever else JSON
// may be (other members, null, members twice, invalid UTF-8) makes it fail, and
// encoding/json decides.
type decoder struct {
	text   string // all of it; the incident's texts are parts of it
	at     int
	failed bool
	seen   [4]uint64 // members of the incident by their numbers
}

// decodePlain reads an incident; ok is false where encoding/json has to.
func decodePlain(data []byte) (i Incident, ok bool) {
	d := decoder{text: string(data)}
	d.object(func(name string) { d.member(&i, name) })
	return i, !d.failed && d.at == len(d.text)
}

func (d *decoder) fail() { d.failed = true }

// next takes a byte if it is what comes next.
func (d *decoder) next(c byte) bool {
	if d.at < len(d.text) && d.text[d.at] == c {
		d.at++
		return true
	}
	return false
}

func (d *decoder) want(c byte) {
	if !d.next(c) {
		d.fail()
	}
}

// object reads {"name":value,...}; each reads a value.
func (d *decoder) object(each func(name string)) {
	d.want('{')
	if d.next('}') {
		return
	}
	for !d.failed {
		name := d.string()
		d.want(':')
		if d.failed {
			return
		}
		if each(name); d.next('}') {
			return
		}
		d.want(',')
	}
}

// items reads [value,...]; each reads a value.
func (d *decoder) items(each func()) {
	d.want('[')
	if d.next(']') {
		return
	}
	for !d.failed {
		if each(); d.next(']') {
			return
		}
		d.want(',')
	}
}

func listOf[T any](d *decoder, each func(*T, string)) []T {
	out := []T{}
	d.items(func() {
		out = append(out, *new(T))
		one, names := &out[len(out)-1], 0
		d.object(func(name string) {
			if names++; names > 32 { // more than any has: some are there twice
				d.fail()
			}
			each(one, name)
		})
	})
	return out
}

// string reads a text.
func (d *decoder) string() string {
	d.want('"')
	from, plain := d.at, true
	for ; d.at < len(d.text); d.at++ {
		switch c := d.text[d.at]; {
		case c == '"':
			d.at++
			if plain {
				return d.text[from : d.at-1]
			}
			return d.unquoted(d.text[from-1 : d.at])
		case c == '\\':
			plain = false
			d.at++
		case c < ' ':
			d.fail()
			return ""
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(d.text[d.at:])
			if r == utf8.RuneError && n == 1 {
				d.fail()
				return ""
			}
			d.at += n - 1
		}
	}
	d.fail()
	return ""
}

func (d *decoder) unquoted(quoted string) (s string) {
	if json.Unmarshal([]byte(quoted), &s) != nil {
		d.fail()
	}
	return s
}

// number takes the text of a number (RFC 8259).
func (d *decoder) number() string {
	from := d.at
	d.next('-')
	if !d.next('0') {
		d.digits()
	}
	if d.next('.') {
		d.digits()
	}
	if d.next('e') || d.next('E') {
		if !d.next('+') {
			d.next('-')
		}
		d.digits()
	}
	return d.text[from:d.at]
}

func (d *decoder) digits() {
	from := d.at
	for d.at < len(d.text) && d.text[d.at] >= '0' && d.text[d.at] <= '9' {
		d.at++
	}
	if d.at == from {
		d.fail()
	}
}

func (d *decoder) float() float64 {
	x, err := strconv.ParseFloat(d.number(), 64)
	if err != nil {
		d.fail()
	}
	return x
}

func (d *decoder) int64() int64 {
	x, err := strconv.ParseInt(d.number(), 10, 64)
	if err != nil {
		d.fail()
	}
	return x
}

func (d *decoder) int() int {
	x := d.int64()
	if int64(int(x)) != x {
		d.fail()
	}
	return int(x)
}

func (d *decoder) bool() bool {
	for _, word := range []string{"true", "false"} {
		if strings.HasPrefix(d.text[d.at:], word) {
			d.at += len(word)
			return word == "true"
		}
	}
	d.fail()
	return false
}

// time reads a time of UTC in whole seconds, which is what a store keeps.
func (d *decoder) time() time.Time {
	text := d.string()
	t, err := time.Parse("2006-01-02T15:04:05Z", text)
	if err != nil || len(text) != len("2006-01-02T15:04:05Z") {
		d.fail()
	}
	return t
}

func (d *decoder) texts() []string {
	out := []string{}
	d.items(func() { out = append(out, d.string()) })
	return out
}

func (d *decoder) polygon() orb.Polygon {
	out := orb.Polygon{}
	d.items(func() {
		ring := orb.Ring{}
		d.items(func() {
			var p orb.Point
			d.want('[')
			p[0] = d.float()
			d.want(',')
			p[1] = d.float()
			d.want(']')
			ring = append(ring, p)
		})
		out = append(out, ring)
	})
	return out
}

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

// member reads a column of the incident.
func (d *decoder) member(i *Incident, name string) {
	number, known := memberNumbers[name]
	if !known {
		d.fail()
		return
	}
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
