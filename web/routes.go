package web

import (
	"net/http"

	"dateline/geo/tile"

	"github.com/labstack/echo/v4"
)

// Route is a row of the table of routes: the server, the OpenAPI document and
// the test that wants every route documented follow it.
type Route struct {
	Method  string
	Path    string // echo's form: /incidents/:id
	Summary string
	Params  paramsOf // what its query string may hold
	Writes  bool     // needs a token or a session
	Body    string   // name of the schema of its JSON body
	Answer  string   // media type of its answer
	handler echo.HandlerFunc
}

// paramsOf names the query parameters of a route.
type paramsOf int

const (
	noParams paramsOf = iota
	itemParams
	placesParams
	featureParams
	documentParams
	veilParams
	previewParams
	viewPreviewParams
	changeParams
	countParams
	tileParams
	tilesetParams
	tilesetsParams
	gazetteerParams
	reverseParams
	reportParams
	wordsParams
	importParams
	sessionParams
)

const (
	typeJSON    = echo.MIMEApplicationJSON
	typeGeoJSON = "application/geo+json"
)

// routes is the table.
func (s *Server) routes(p *page) []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/", Summary: "The map for a browser, the landing page for a program", Answer: typeJSON, handler: s.getLanding(p)},
		{Method: http.MethodGet, Path: "/conformance", Summary: "Conformance classes of OGC API: Features that hold here", Answer: typeJSON, handler: s.getConformance},
		{Method: http.MethodGet, Path: "/api", Summary: "This document", Answer: typeOpenAPI, handler: s.getAPI},
		{Method: http.MethodGet, Path: "/collections", Summary: "The collections: incidents, areas and places", Answer: typeJSON, handler: s.getCollections},
		{Method: http.MethodGet, Path: "/collections/:collection", Summary: "One collection", Answer: typeJSON, handler: s.getCollection},
		{Method: http.MethodGet, Path: "/collections/:collection/items", Summary: "Features of a collection under a filter, a page at a time", Params: itemParams, Answer: typeGeoJSON, handler: s.getItems},
		{Method: http.MethodGet, Path: "/collections/:collection/items/:id", Summary: "One feature", Params: featureParams, Answer: typeGeoJSON, handler: s.getItem},
		{Method: http.MethodPost, Path: "/collections/:collection/items", Summary: "Make an incident of a GeoJSON feature, as a draft unless it says otherwise", Params: changeParams, Writes: true, Body: "feature", Answer: typeGeoJSON, handler: s.postItem},
		{Method: http.MethodPut, Path: "/collections/:collection/items/:id", Summary: "Replace an incident by a feature; If-Match has the ETag that it started from", Params: changeParams, Writes: true, Body: "feature", Answer: typeGeoJSON, handler: s.putItem},
		{Method: http.MethodPatch, Path: "/collections/:collection/items/:id", Summary: "Set what a feature states, null taking a value away; If-Match has the ETag that it started from", Params: changeParams, Writes: true, Body: "feature", Answer: typeGeoJSON, handler: s.patchItem},
		{Method: http.MethodDelete, Path: "/collections/:collection/items/:id", Summary: "Retract an incident; it stays in its revisions. If-Match has the ETag that it started from", Params: changeParams, Writes: true, Answer: typeGeoJSON, handler: s.deleteItem},
		{Method: http.MethodGet, Path: "/collections/:collection/queryables", Summary: "What a filter may name, as JSON Schema", Answer: typeSchema, handler: s.getQueryables},
		{Method: http.MethodGet, Path: "/collections/:collection/sortables", Summary: "What a query may be sorted by, as JSON Schema", Answer: typeSchema, handler: s.getSortables},
		{Method: http.MethodGet, Path: "/collections/:collection/tiles", Summary: "The tilesets of a collection", Params: tilesetsParams, Answer: typeTileset, handler: s.getTilesets},
		{Method: http.MethodGet, Path: "/collections/:collection/tiles/WebMercatorQuad", Summary: "The tileset of a collection under a filter; ?f=tilejson as TileJSON", Params: tilesetParams, Answer: typeTileset, handler: s.getTileset},
		{Method: http.MethodGet, Path: "/collections/:collection/tiles/WebMercatorQuad/:z/:y/:x", Summary: "A vector tile of a collection under a filter: incidents, clusters where they are too many, and a summary of what is not drawn", Params: tileParams, Answer: tile.MediaType, handler: s.getTile},
		{Method: http.MethodGet, Path: "/counts", Summary: "Counts of incidents by day, type, country and status under a filter", Params: countParams, Answer: typeJSON, handler: s.getCounts},
		{Method: http.MethodGet, Path: "/vocabulary", Summary: "Labels, colours, fields and formats that the page shows", Answer: typeJSON, handler: s.getVocabulary},
		{Method: http.MethodGet, Path: archivePath, Summary: "The basemap of serve --basemap, a PMTiles archive, by ranges", Answer: "application/vnd.pmtiles", handler: s.getArchive},
		{Method: http.MethodGet, Path: "/incidents/:id", Summary: "An incident: the map with its text for a browser, the text alone with f=html, a feature for a program", Params: documentParams, Answer: typeGeoJSON, handler: s.getIncident(p)},
		{Method: http.MethodGet, Path: "/incidents/:id/preview.png", Summary: "A picture of where an incident is, for who is sent its link", Params: previewParams, Answer: typePNG, handler: s.getIncidentPreview},
		{Method: http.MethodGet, Path: "/preview.png", Summary: "A picture of what a filter selects, as everyone sees it; map=zoom/lat/lon says where it stands", Params: viewPreviewParams, Answer: typePNG, handler: s.getPreview},
		{Method: http.MethodPatch, Path: "/incidents/:id", Summary: "Set fields of an incident, with a reason", Writes: true, Body: "edit", Answer: typeGeoJSON, handler: s.patchIncident},
		{Method: http.MethodDelete, Path: "/incidents/:id", Summary: "Retract an incident, with a reason; it stays in its revisions", Writes: true, Body: "retraction", Answer: typeGeoJSON, handler: s.deleteIncident},
		{Method: http.MethodGet, Path: "/incidents/:id/revisions", Summary: "Every revision of an incident, with who and why", Writes: true, Answer: typeJSON, handler: s.getRevisions},
		{Method: http.MethodGet, Path: "/incidents/:id/related", Summary: "What happened near an incident within two weeks, and what else is laid to those it is laid to", Params: veilParams, Answer: typeJSON, handler: s.getRelated},
		{Method: http.MethodGet, Path: "/incidents/:id/candidates", Summary: "Incidents that may be the same one, with what speaks for it", Params: veilParams, Writes: true, Answer: typeJSON, handler: s.getCandidates},
		{Method: http.MethodPost, Path: "/incidents/:id/merge", Summary: "Merge another incident into this one: it keeps every report's claims, the other leads to it", Writes: true, Body: "merge", Answer: typeGeoJSON, handler: s.postMerge},
		{Method: http.MethodGet, Path: "/reports", Summary: "The reports, newest first, without their texts", Writes: true, Answer: typeJSON, handler: s.getReports},
		{Method: http.MethodPost, Path: "/reports", Summary: "Read a report and keep what it tells as drafts; ?preview keeps nothing", Params: reportParams, Writes: true, Body: "report", Answer: typeJSON, handler: s.postReport},
		{Method: http.MethodPost, Path: "/imports", Summary: "Take the rows of a file as incidents; ?dry_run keeps nothing and shows what would be", Params: importParams, Writes: true, Body: "file", Answer: typeJSON, handler: s.postImport},
		{Method: http.MethodGet, Path: "/reports/:id", Summary: "A report with its incidents: the map with its text for a browser, the text alone with f=html, JSON for a program", Params: documentParams, Answer: typeJSON, handler: s.getReport(p)},
		{Method: http.MethodGet, Path: "/reports/:id/words", Summary: "What some words of a report say by themselves: a number, a day; for who corrects a value by picking them", Params: wordsParams, Writes: true, Answer: typeJSON, handler: s.getPicked},
		{Method: http.MethodGet, Path: "/gazetteer", Summary: "What a phrase may mean as a place, best first: what matched, what its context did, what was not found", Params: gazetteerParams, Answer: typeGeoJSON, handler: s.getGazetteer},
		{Method: http.MethodGet, Path: "/gazetteer/reverse", Summary: "Places near a point, nearest first", Params: reverseParams, Answer: typeGeoJSON, handler: s.getReverse},
		{Method: http.MethodGet, Path: "/live", Summary: "Server-sent events: incidents that changed or are gone", Answer: "text/event-stream", handler: s.getLive},
		{Method: http.MethodGet, Path: "/session", Summary: "Who is signed in; ?once= signs in by the one-time link", Params: sessionParams, Answer: typeJSON, handler: s.getSession},
		{Method: http.MethodPost, Path: "/session", Summary: "Sign in with a token", Body: "token", Answer: typeJSON, handler: s.postSession},
		{Method: http.MethodDelete, Path: "/session", Summary: "Sign out", Answer: typeJSON, handler: s.deleteSession},
		{Method: http.MethodGet, Path: "/methodology", Summary: "How places, tolls and confidence are worked out, and how often that is right", Answer: typeHTML, handler: s.getMethodology},
		{Method: http.MethodGet, Path: "/robots.txt", Summary: "What search engines need not fetch", Answer: echo.MIMETextPlain, handler: s.getRobots},
		{Method: http.MethodGet, Path: "/sitemap.xml", Summary: "The pages of the newest published incidents", Answer: echo.MIMEApplicationXML, handler: s.getSitemap},
		{Method: http.MethodGet, Path: "/metrics", Summary: "What the server did, for Prometheus; on loopback for everyone, else with a token", Answer: "text/plain", handler: s.getMetrics},
		{Method: http.MethodGet, Path: "/healthz", Summary: "Whether the server and its database answer", Answer: typeJSON, handler: s.getHealth},
	}
}

// getHealth asks the database one small thing.
func (s *Server) getHealth(c echo.Context) error {
	if _, err := s.Store.Tokens(c.Request().Context()); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]string{"status": "ok", "version": s.Version})
}
