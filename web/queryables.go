package web

import (
	"fmt"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// getQueryables answers what a filter may name, as JSON Schema (OGC 19-079r2).
func (s *Server) getQueryables(c echo.Context) error {
	properties := object{
		"geometry": object{"title": "geometry", "format": "geometry-any", "x-ogc-role": "primary-geometry",
			"description": "the points of the incident's sites; of areas, what holds them"},
		"datetime": object{"title": "datetime", "type": "string", "format": "date-time",
			"description": "the incident's span of days, for temporal functions"},
	}
	for _, f := range geo.Queryables() {
		properties[f.Name] = fieldSchema(f)
	}
	return s.sendSchema(c, "queryables", "What a filter may name", properties)
}

// getSortables answers what a query may be sorted by.
func (s *Server) getSortables(c echo.Context) error {
	properties := object{}
	for _, f := range geo.Sortable() {
		properties[f.Name] = fieldSchema(f)
	}
	return s.sendSchema(c, "sortables", "What a query may be sorted by", properties)
}

func (s *Server) sendSchema(c echo.Context, what, title string, properties object) error {
	d, err := s.collectionOf(c)
	if err != nil {
		return err
	}
	if d.ID == "places" {
		return fmt.Errorf("%s of places: the gazetteer is asked by bbox alone: %w", what, geo.ErrNotFound)
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	if html {
		path := []crumb{{"Collections", "/collections"}, {d.Title, "/collections/" + d.ID}}
		return s.sendHTML(c, "schema", view{Title: title, Path: path, Data: properties})
	}
	return sendJSON(c, typeSchema, object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": s.base(c) + "/collections/" + d.ID + "/" + what,
		"type": "object", "title": d.Title, "properties": properties, "additionalProperties": false,
	})
}

// fieldSchema describes a field.
func fieldSchema(f geo.Field) object {
	schema := map[geo.Kind]object{
		geo.KindText: {"type": "string"}, geo.KindEnum: {"type": "string"}, geo.KindInt: {"type": "integer"},
		geo.KindNumber: {"type": "number"}, geo.KindBool: {"type": "boolean"},
		geo.KindDay: {"type": "string", "format": "date"}, geo.KindTime: {"type": "string", "format": "date-time"},
		geo.KindList: {"type": "array", "items": object{}},
	}[f.Kind]
	if f.Name == "tags" || f.Name == "edited" {
		schema["items"] = object{"type": "string"}
	}
	schema["title"], schema["description"] = f.Name, f.Doc
	if f.Enum != nil {
		schema["enum"] = f.Enum()
	}
	return schema
}
