package storetest

import (
	"fmt"
	"time"

	"dateline/gazetteer"
	"dateline/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// texts are words and sentences that tokenizers, case tables, collations and
// quoting trip over.
var texts = []string{
	"Strike", "strikes", "STRASSE", "Straße", "İstanbul", "ISTANBUL", "Diyarbakır", "Σίσυφος", "ΣΙΣΥΦΟΣ", "Łódź", "Baʿath", "baath",
	"al-Tanf", "cafe\u0301", "café", "Ankara", "удар", "Удары по Киеву", "ضربة جوية", "غَزّة", "غـزة", "北京爆炸", "爆炸在北京", "ガザ", "がざ",
	"여객선", "กรุงเทพ", "100%", "o'clock", `say "hi"`, "NEAR AND NOT *", "a*", "-x", "naïve_under_score", "\u00a0nbsp", "Ǆ", "ﬁre", "１２３", "123",
	"line\nbreak", "tab\there", "=1+1", "@cmd", "comma, semicolon;", "𝔄lpha", "👩‍🚒 crew", "null\u200bwidth", "\\back\\slash", "'apostrophe'",
}

// Text draws a text that is hard on folding, quoting or formulas, or any other.
func Text() *rapid.Generator[string] {
	word := rapid.OneOf(rapid.SampledFrom(texts), rapid.SampledFrom(texts), rapid.String())
	return rapid.Custom(func(t *rapid.T) string {
		s := word.Draw(t, "word")
		if rapid.Bool().Draw(t, "more") {
			s += " " + word.Draw(t, "word")
		}
		return s
	})
}

// optionalText draws a text that is empty half the time.
func optionalText(t *rapid.T, name string) string {
	if rapid.Bool().Draw(t, name+" stated") {
		return Text().Draw(t, name)
	}
	return ""
}

// Day draws a day of a few weeks, so that spans meet.
func Day() *rapid.Generator[geo.Day] {
	return rapid.Custom(func(t *rapid.T) geo.Day {
		return geo.Day("2023-12-20").Add(rapid.IntRange(0, 30).Draw(t, "day"))
	})
}

func when(t *rapid.T) geo.When {
	a, b := Day().Draw(t, "start"), Day().Draw(t, "end")
	if a > b {
		a, b = b, a
	}
	w := geo.When{Precision: rapid.SampledFrom(append(geo.DatePrecisions, "")).Draw(t, "date precision"), TimeText: optionalText(t, "time")}
	switch rapid.IntRange(0, 4).Draw(t, "days") {
	case 0:
	case 1:
		w.End = b
	case 2:
		w.Start = a
	default:
		w.Start, w.End = a, b
	}
	return w
}

// edges are degrees where boxes begin, end and turn over.
var edges = []float64{-180, -179.9999, -90, -60.5, -1e-7, 0, 1e-7, 10, 33.312805, 44.361488, 45, 89.9, 90, 179.99999, 180}

func degrees(t *rapid.T, limit float64, name string) float64 {
	if rapid.Bool().Draw(t, name+" any") {
		return rapid.Float64Range(-limit, limit).Draw(t, name)
	}
	return max(-limit, min(limit, rapid.SampledFrom(edges).Draw(t, name)))
}

// Site draws a valid place of an incident.
func Site() *rapid.Generator[geo.Site] {
	return rapid.Custom(func(t *rapid.T) geo.Site {
		s := geo.Site{
			Role:        rapid.SampledFrom([]geo.Role{geo.RoleSite, geo.RoleSite, geo.RoleSite, geo.RoleTarget, geo.RoleOrigin, geo.RoleRoute}).Draw(t, "role"),
			Place:       optionalText(t, "place"),
			PlaceID:     rapid.SampledFrom([]string{"", "gn:98182", "sup:palestine-street-baghdad"}).Draw(t, "place id"),
			GeoNameID:   rapid.SampledFrom([]string{"", "98182"}).Draw(t, "geonameid"),
			Locative:    rapid.SampledFrom([]string{"", "suburbs of"}).Draw(t, "locative"),
			Admin1:      optionalText(t, "admin1"),
			Country:     rapid.SampledFrom([]string{"", "IQ", "LB"}).Draw(t, "country"),
			Confidence:  rapid.SampledFrom([]float64{0, 0.25, 1}).Draw(t, "confidence"),
			Approximate: rapid.Bool().Draw(t, "approximate"),
			NotFound:    optionalText(t, "not found"),
		}
		if rapid.IntRange(0, 3).Draw(t, "located") == 0 {
			return s
		}
		lon, lat := degrees(t, 180, "lon"), degrees(t, 90, "lat")
		s.Lon, s.Lat = &lon, &lat
		s.RadiusM = rapid.SampledFrom([]float64{0.5, 500, 25_000, 1e6, 1.2e7, 2.1e7}).Draw(t, "radius")
		s.Precision = rapid.SampledFrom(gazetteer.Precisions).Draw(t, "precision")
		if rapid.IntRange(0, 3).Draw(t, "area") == 0 {
			s.Area = area(t, lon, lat)
		}
		return s
	})
}

// area is a box around a point, which may run past the antimeridian.
func area(t *rapid.T, lon, lat float64) orb.Polygon {
	d := rapid.SampledFrom([]float64{0.1, 5, 40}).Draw(t, "half")
	south, north := max(-90, lat-d), min(90, lat+d)
	return orb.Polygon{{{lon - d, south}, {lon + d, south}, {lon + d, north}, {lon - d, north}, {lon - d, south}}}
}

// Range draws a range in order, of which any bound may be missing.
func Range() *rapid.Generator[geo.Range] {
	return rapid.Custom(func(t *rapid.T) geo.Range {
		var r geo.Range
		n := int64(0)
		for _, bound := range []**int64{&r.Low, &r.Best, &r.High} {
			n += rapid.Int64Range(0, 4).Draw(t, "more")
			if rapid.Bool().Draw(t, "stated") {
				*bound = new(n)
			}
		}
		return r
	})
}

// Incident draws a valid incident with this id that any of the fields may say
// something of. What a store sets is not set.
func Incident(id string) *rapid.Generator[geo.Incident] {
	return rapid.Custom(func(t *rapid.T) geo.Incident {
		i := geo.Incident{
			ID: id, Title: optionalText(t, "title"),
			Type:     rapid.SampledFrom(geo.EventTypes).Draw(t, "type").Code,
			Status:   rapid.SampledFrom(geo.Statuses).Draw(t, "status"),
			Modality: rapid.SampledFrom(geo.Modalities).Draw(t, "modality"),
			Weak:     rapid.Bool().Draw(t, "weak"), When: when(t),
			Places: rapid.SliceOfN(Site(), 0, 3).Draw(t, "places"),
			Count:  Range().Draw(t, "count"),
			Origin: optionalText(t, "origin"), OriginID: optionalText(t, "origin id"),
			OriginType: optionalText(t, "origin type"), OriginPrecision: optionalText(t, "origin precision"),
			Reader: optionalText(t, "reader"), Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"),
			Tags: rapid.SliceOfN(Text(), 0, 2).Draw(t, "tags"),
		}
		for _, m := range geo.Measures {
			*i.Tolls.Of(m) = Range().Draw(t, string(m))
		}
		people(t, &i)
		return Tidy(i)
	})
}

func people(t *rapid.T, i *geo.Incident) {
	for range rapid.IntRange(0, 2).Draw(t, "actors") {
		i.Actors = append(i.Actors, geo.Actor{
			Name: "x" + Text().Draw(t, "actor"), ActorID: optionalText(t, "actor id"), Role: rapid.SampledFrom(geo.ActorRoles).Draw(t, "role"),
			Attribution: rapid.SampledFrom(append(geo.Attributions, "")).Draw(t, "attribution"), By: optionalText(t, "by"),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "named") {
		i.Named = append(i.Named, geo.Named{Name: "x" + Text().Draw(t, "name"), Fate: "killed", Private: rapid.Bool().Draw(t, "private")})
	}
	for k := range rapid.IntRange(0, 2).Draw(t, "quotes") {
		i.Quotes = append(i.Quotes, geo.Quote{Report: "elsewhere", Version: 1, Field: fmt.Sprintf("/named/%d", k), Start: k, End: k + 3, Text: Text().Draw(t, "quote")})
	}
	for range rapid.IntRange(0, 1).Draw(t, "claims") {
		i.Claims = append(i.Claims, geo.Claim{Measure: geo.Killed, Best: new(int64(3)), By: Text().Draw(t, "by"), Report: "elsewhere", Start: 1, End: 2})
	}
}

// Tidy writes empty lists as none, as they are after a way through JSON.
func Tidy(i geo.Incident) geo.Incident {
	i.Places, i.Tags, i.Actors = none(i.Places), none(i.Tags), none(i.Actors)
	i.Named, i.Quotes, i.Claims, i.Reports, i.Edited = none(i.Named), none(i.Quotes), none(i.Claims), none(i.Reports), none(i.Edited)
	return i
}

func none[T any](items []T) []T {
	if len(items) == 0 {
		return nil
	}
	return items
}

// Complete draws an incident that has been through a store, for round trips.
func Complete(id string) *rapid.Generator[geo.Incident] {
	return rapid.Custom(func(t *rapid.T) geo.Incident {
		i := Incident(id).Draw(t, "incident")
		i.Revision = rapid.IntRange(1, 9).Draw(t, "revision")
		i.Created = time.Unix(rapid.Int64Range(0, 2e9).Draw(t, "created"), 0).UTC()
		i.Updated = i.Created.Add(time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "later")))
		i.MergedInto = rapid.SampledFrom([]string{"", "abc"}).Draw(t, "merged into")
		i.Edited = none(rapid.SliceOfN(rapid.SampledFrom([]string{"type", "places", "killed_best"}), 0, 2).Draw(t, "edited"))
		for range rapid.IntRange(0, 2).Draw(t, "reports") {
			i.Reports = append(i.Reports, geo.ReportRef{ID: "r" + id, Publisher: optionalText(t, "publisher"), Published: Day().Draw(t, "published")})
		}
		return i
	})
}
