package main

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
)

type placesCommand struct {
	JSONL bool `help:"Lines of {doc_id, text, country?} in, {doc_id, toponyms} out." name:"jsonl" required:""`
	Spans bool `help:"Resolve the toponyms whose start and end the line gives, and look for no others."`
}

// Run prints the place names of each text with where they are.
func (c *placesCommand) Run(a *app) error {
	g, err := a.gazetteer()
	if err != nil {
		return err
	}
	parser, err := a.parser(g)
	if err != nil {
		return err
	}
	return eachLine(a, func(in placesLineIn) (any, error) { return c.line(parser, in) })
}

type placesLineIn struct {
	DocID    json.RawMessage `json:"doc_id"`
	Text     string          `json:"text"`
	Country  string          `json:"country"`
	Home     string          `json:"home"`
	Toponyms []geoparse.Span `json:"toponyms"`
}

type placesLineOut struct {
	DocID    json.RawMessage `json:"doc_id"`
	Toponyms []toponym       `json:"toponyms"`
}

// toponym is a mention as it is printed; offsets are Unicode code points.
type toponym struct {
	Start int           `json:"start"`
	End   int           `json:"end"`
	Text  string        `json:"text"`
	Kind  geoparse.Kind `json:"kind"`
	located
}

// located is where something is, as it is printed.
type located struct {
	Locative   string   `json:"locative,omitempty"`
	Lat        *float64 `json:"lat,omitempty"`
	Lon        *float64 `json:"lon,omitempty"`
	RadiusM    float64  `json:"radius_m,omitempty"`
	PlaceID    string   `json:"place_id,omitempty"`
	GeoNameID  string   `json:"geonameid,omitempty"`
	Name       string   `json:"name,omitempty"`
	Country    string   `json:"country,omitempty"`
	Precision  string   `json:"precision,omitempty"`
	Confidence float64  `json:"confidence,omitempty"`
	NotFound   string   `json:"not_found,omitempty"`
}

func (c *placesCommand) line(parser *geoparse.Parser, in placesLineIn) (any, error) {
	if err := geo.CheckText(in.Text); err != nil {
		return nil, fmt.Errorf("doc_id %s: %w", in.DocID, err)
	}
	doc := geoparse.Document{Text: in.Text, Country: in.Country, Home: in.Home}
	var mentions []geoparse.Mention
	if c.Spans {
		length := utf8.RuneCountInString(in.Text)
		for k, s := range in.Toponyms {
			if s.Start < 0 || s.End <= s.Start || s.End > length {
				return nil, fmt.Errorf("doc_id %s: toponyms[%d]: %d to %d is no span of the %d code points", in.DocID, k, s.Start, s.End, length)
			}
		}
		mentions = parser.Resolve(doc, in.Toponyms)
	} else {
		mentions = parser.Parse(doc)
	}
	out := placesLineOut{in.DocID, []toponym{}}
	for _, m := range mentions {
		out.Toponyms = append(out.Toponyms, printed(m))
	}
	return out, nil
}

func printed(m geoparse.Mention) toponym {
	t := toponym{Start: m.Start, End: m.End, Text: m.Text, Kind: m.Kind}
	if m.Location != nil {
		t.located = locatedAt(*m.Location)
	}
	t.Locative = m.Locative
	return t
}

func locatedAt(l geoparse.Location) located {
	lon, lat := l.Point.Lon(), l.Point.Lat()
	return located{
		Locative: l.Locative, Lon: &lon, Lat: &lat, RadiusM: l.RadiusM,
		PlaceID: l.Place.ID, GeoNameID: l.Place.GeoNamesID(), Name: l.Place.Name, Country: l.Place.Country,
		Precision: string(l.Precision), Confidence: l.Confidence, NotFound: l.NotFound,
	}
}
