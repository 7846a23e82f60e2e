package web

import (
	"maps"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/format"

	"github.com/labstack/echo/v4"
)

// vocabulary is what the page needs to know of the server's tables: labels,
// colours, filters and formats are never copied into it.
type vocabulary struct {
	Version        string                 `json:"version"`
	Types          []vocabularyType       `json:"types"`
	Groups         []geo.Group            `json:"groups"`
	Classings      []geo.Classing         `json:"classings"`
	Fields         []vocabularyField      `json:"fields"`
	Formats        []vocabularyFormat     `json:"formats"`
	Statuses       []geo.Status           `json:"statuses"`
	Modalities     []geo.Modality         `json:"modalities"`
	Attributions   []geo.Attribution      `json:"attributions"`
	ActorRoles     []string               `json:"actor_roles"`
	PlaceRoles     []geo.Role             `json:"place_roles"`
	Precisions     []gazetteer.Precision  `json:"precisions"`
	DatePrecisions []geo.DatePrecision    `json:"date_precisions"`
	Measures       []geo.Measure          `json:"measures"`
	VeiledTags     []string               `json:"veiled_tags"` // tags that put a report's text behind a click
	Countries      map[string]string      `json:"countries"`
	Tiles          *vocabularyTiles       `json:"tiles,omitempty"`
	Basemap        *vocabularyArchive     `json:"basemap,omitempty"`
	Attribution    map[string]attribution `json:"attribution"`
	Limits         map[string]int         `json:"limits"`
}

type vocabularyType struct {
	Code  string `json:"code"`
	Group string `json:"group"`
	Label string `json:"label"`
}

type vocabularyField struct {
	Name       string   `json:"name"`
	Kind       geo.Kind `json:"kind"`
	Doc        string   `json:"doc"`
	Enum       []string `json:"enum,omitempty"`
	Filterable bool     `json:"filterable"`
}

type vocabularyFormat struct {
	Name      string `json:"name"`
	Label     string `json:"label"`
	MediaType string `json:"media_type"`
	Extension string `json:"extension"`
}

type vocabularyTiles struct {
	URL         string `json:"url"`
	Attribution string `json:"attribution"`
}

type attribution struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// sources of what the map shows, with what their licences ask for.
var sources = map[string]attribution{
	"geonames":     {"Places: GeoNames, CC BY 4.0", "https://www.geonames.org/"},
	"naturalearth": {"Map: Natural Earth", "https://www.naturalearthdata.com/"},
}

func (s *Server) getVocabulary(c echo.Context) error {
	return sendJSON(c, echo.MIMEApplicationJSON, s.vocabulary())
}

func (s *Server) vocabulary() vocabulary {
	v := vocabulary{
		Version: s.Version, Groups: geo.Groups, Classings: geo.Classings, Statuses: geo.Statuses, Modalities: geo.Modalities,
		Attributions: geo.Attributions, ActorRoles: geo.ActorRoles, PlaceRoles: geo.Roles,
		Precisions: gazetteer.Precisions, DatePrecisions: geo.DatePrecisions, Measures: geo.Measures,
		VeiledTags: geo.VeiledTags, Countries: s.Gazetteer.CountryNames(), Attribution: sources,
		Limits: map[string]int{"report_bytes": geo.MaxReportBytes},
	}
	for _, t := range geo.EventTypes {
		v.Types = append(v.Types, vocabularyType{t.Code, t.Group, t.Label})
	}
	for _, f := range geo.Fields {
		field := vocabularyField{Name: f.Name, Kind: f.Kind, Doc: f.Doc, Filterable: f.Filterable}
		if f.Enum != nil {
			field.Enum = f.Enum()
		}
		v.Fields = append(v.Fields, field)
	}
	for _, name := range format.WriterNames() {
		f, _ := format.ByName(name)
		v.Formats = append(v.Formats, vocabularyFormat{f.Name, f.Label, f.MediaType, f.Extension})
	}
	if s.TilesURL != "" {
		v.Tiles = &vocabularyTiles{s.TilesURL, s.TilesAttribution}
	}
	if a := s.Basemap; a != nil {
		v.Basemap = &vocabularyArchive{archivePath, a.Tiles, a.MinZoom, a.MaxZoom, a.Bounds, a.Attribution}
		if a.Attribution != "" {
			v.Attribution = maps.Clone(sources)
			v.Attribution["basemap"] = attribution{a.Attribution, a.Link}
		}
	}
	return v
}
