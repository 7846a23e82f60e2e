package web

import (
	"bytes"
	"fmt"
	"strings"

	"dateline/geo/format"

	"github.com/labstack/echo/v4"
)

const typeOpenAPI = "application/vnd.oai.openapi+json;version=3.0"

// getLanding answers the map to a browser and the landing page of OGC API:
// Features to a program.
func (s *Server) getLanding(p *page) echo.HandlerFunc {
	return func(c echo.Context) error {
		if wantsHTML(c) {
			return s.sendMap(c, p)
		}
		base := s.base(c)
		return sendJSON(c, typeJSON, map[string]any{
			"title":       "Dateline",
			"description": "Incidents read from news reports, each with what happened, when, where, to whom, and the words that say so.",
			"links": []link{
				{base + "/?f=json", "self", typeJSON, "This document"},
				{base + "/?f=html", "alternate", typeHTML, "The map"},
				{base + "/api", "service-desc", typeOpenAPI, "The API, for programs"},
				{base + "/api?f=html", "service-doc", typeHTML, "The API, for people"},
				{base + "/conformance", "conformance", typeJSON, "Conformance classes"},
				{base + "/collections", "data", typeJSON, "The collections"},
				{base + "/methodology", "about", typeHTML, "How everything is worked out"},
				{base + feedPath, "alternate", format.AtomMediaType, "What is new, as a feed"},
			},
		})
	}
}

// sendMap answers the map's page, whose head says what its view shows to who is
// sent the link; nothing is asked of the store for that.
func (s *Server) sendMap(c echo.Context, p *page) error {
	if p.shell == nil {
		return p.send(c)
	}
	params := viewParams(c)
	d := s.newSheet(c, "/")
	d.Title = strings.Join(sentence(d.Lang, s.countries(), params), " · ")
	d.Description = d.Lang.T("doc.allOnMap") + ": " + d.Title
	if at := c.QueryParam("map"); at != "" {
		params.Set("map", at)
	}
	if d.Lang.Code != "en" {
		params.Set("lang", d.Lang.Code)
	}
	d.Image, d.ImageAlt = s.base(c)+"/preview.png", d.Lang.T("doc.mapOf", "title", d.Title)
	if len(params) > 0 {
		d.Image += "?" + params.Encode()
	}
	d.Type, d.Languages = "website", nil
	var meta bytes.Buffer
	if err := documents["missing"].ExecuteTemplate(&meta, "meta", d); err != nil {
		return fmt.Errorf("the map's head: %w", err)
	}
	c.Response().Header().Add("Vary", "Accept-Language")
	return send(c, echo.MIMETextHTMLCharsetUTF8, p.shell.headed(meta.Bytes()))
}

// conformance classes that hold: OGC 17-069r4 (Features 1: core), 18-058r1 (2:
// coordinate systems), 19-079r2 (3: filtering), 20-002 (4: transactions), 21-065
// (CQL2).
var conformance = func() []string {
	const spec = "http://www.opengis.net/spec/"
	var all []string
	for _, part := range []struct {
		under   string
		classes []string
	}{
		{"ogcapi-common-1/1.0/conf/", []string{"core", "html", "json", "oas30"}},
		{"ogcapi-common-2/1.0/conf/", []string{"collections"}},
		{"ogcapi-features-1/1.0/conf/", []string{"core", "geojson", "html", "oas30"}},
		{"ogcapi-features-2/1.0/conf/", []string{"crs"}},
		{"ogcapi-features-3/1.0/conf/", []string{"queryables", "filter", "features-filter"}},
		{"ogcapi-features-4/1.0/conf/", []string{"create-replace-delete", "update", "optimistic-locking-etags", "features"}},
		{"ogcapi-features-5/1.0/conf/", []string{"sortables"}},
		{"ogcapi-features-8/1.0/conf/", []string{"sorting"}},
		{"ogcapi-tiles-1/1.0/conf/", []string{"core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "tilejson"}},
		{"cql2/1.0/conf/", []string{"cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
			"accent-insensitive-comparison", "basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions",
			"temporal-functions", "array-functions", "property-property", "arithmetic"}},
	} {
		for _, class := range part.classes {
			all = append(all, spec+part.under+class)
		}
	}
	return all
}()

func (s *Server) getConformance(c echo.Context) error {
	if err := onlyParams(c, "f"); err != nil {
		return err
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	if html {
		return s.sendHTML(c, "conformance", view{Title: "Conformance classes", Data: conformance})
	}
	return sendJSON(c, typeJSON, map[string]any{
		"conformsTo": conformance,
		"links":      s.documentLinks(c, typeJSON, "/conformance", "Conformance classes"),
	})
}

// documentLinks of a document: itself and its other form.
func (s *Server) documentLinks(c echo.Context, mediaType, path, title string) []link {
	return []link{
		{s.base(c) + path, "self", mediaType, title},
		{s.base(c) + path + "?f=html", "alternate", typeHTML, title},
	}
}
