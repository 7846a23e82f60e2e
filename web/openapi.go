package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/document"
	"dateline/geo/format"
	"dateline/geo/index"
	"dateline/geo/query"
	"dateline/geo/table"
	"dateline/geo/tile"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
)

type object = map[string]any

// getAPI answers the OpenAPI document, made from the table of routes, the
// filter's parameters and the fields of the flat incident.
func (s *Server) getAPI(c echo.Context) error {
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	if html {
		return s.sendHTML(c, "api", view{Title: "The API", Data: s.operations()})
	}
	return sendJSON(c, typeOpenAPI, s.openAPI(s.base(c)))
}

// apiOperation is a route as the page shows it.
type apiOperation struct {
	Method, Path, Summary string
	Writes                bool
	Params                []any
}

func (s *Server) operations() []apiOperation {
	var all []apiOperation
	for _, r := range s.routes(nil) {
		all = append(all, apiOperation{r.Method, pathParam.ReplaceAllString(r.Path, "{$1}"), r.Summary, r.Writes, queryParams(r.Params)})
	}
	return all
}

func (s *Server) openAPI(base string) object {
	paths := object{}
	for _, r := range s.routes(nil) {
		path := pathParam.ReplaceAllString(r.Path, "{$1}")
		operations, ok := paths[path].(object)
		if !ok {
			operations = object{}
			paths[path] = operations
		}
		operations[strings.ToLower(r.Method)] = operation(r)
		if r.Method == http.MethodGet && r.Params == itemParams {
			eachCollection(paths, r)
		}
	}
	return object{
		"openapi": "3.0.3",
		"info": object{
			"title": "Dateline", "version": s.Version,
			"description": "Incidents read from news reports. Reading is open and sees what is published; writing needs a token.",
			"license":     object{"name": "Apache-2.0"},
		},
		"externalDocs": object{"url": base + "/methodology", "description": "How places, tolls and confidence are worked out"},
		"servers":      []any{object{"url": base}},
		"paths":        paths,
		"components": object{
			"schemas":         schemas(),
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}, "session": object{"type": "apiKey", "in": "cookie", "name": cookieName}},
		},
	}
}

// eachCollection writes the items of each collection under its own path too:
// GDAL looks there for what it may ask.
func eachCollection(paths object, r Route) {
	for _, c := range collections {
		r.Path = "/collections/" + c.id + "/items"
		if c.id == "places" {
			r.Params = placesParams
		}
		paths[r.Path] = object{"get": operation(r)}
	}
}

var pathParam = regexp.MustCompile(`:(\w+)`)

func operation(r Route) object {
	parameters := []any{}
	for _, m := range pathParam.FindAllStringSubmatch(r.Path, -1) {
		p := object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}}
		if m[1] == "collection" {
			p["schema"] = object{"type": "string", "enum": []string{"incidents", "areas", "places"}}
		}
		parameters = append(parameters, p)
	}
	parameters = append(parameters, queryParams(r.Params)...)
	if r.Params == changeParams && r.Method != http.MethodPost {
		parameters = append(parameters, object{"name": "If-Match", "in": "header", "required": true, "schema": object{"type": "string"},
			"description": "the ETag of the feature that the change started from, or *"})
	}
	op := object{
		"summary": r.Summary, "operationId": operationID(r), "parameters": parameters, "responses": responses(r),
	}
	if r.Body != "" {
		mediaType := typeJSON
		if r.Body == "feature" {
			mediaType = typeGeoJSON
		}
		content := object{mediaType: object{"schema": ref(r.Body)}}
		if r.Path == "/reports" {
			for _, f := range document.Formats {
				content[f.MediaTypes[0]] = object{"schema": object{"type": "string", "format": "binary", "description": "a " + f.Name}}
			}
		}
		if r.Path == "/imports" {
			content = object{}
			for _, media := range table.MediaTypes() {
				content[media] = object{"schema": object{"type": "string", "format": "binary"}}
			}
		}
		op["requestBody"] = object{"required": true, "content": content}
	}
	if r.Writes {
		op["security"] = []any{object{"token": []string{}}, object{"session": []string{}}}
	}
	return op
}

// responses of a route by their status.
func responses(r Route) object {
	answer := object{"description": "as asked", "content": answers(r)}
	all := object{
		"200":     answer,
		"default": object{"description": "an error, which says what to mend", "content": object{"application/problem+json": object{"schema": ref("problem")}}},
	}
	switch {
	case r.Path == "/reports" && r.Body != "":
		all["201"] = answer
	case r.Params == changeParams && r.Method == http.MethodPost:
		all["201"] = answer
		delete(all, "200")
	case r.Params == changeParams && r.Method == http.MethodDelete:
		all["204"] = object{"description": "retracted"}
		delete(all, "200")
	}
	if r.Path == "/session" && r.Method == "DELETE" {
		all["204"] = object{"description": "signed out"}
		delete(all, "200")
	}
	return all
}

// answers of a route by their media types.
func answers(r Route) object {
	all := object{r.Answer: object{"schema": object{}}}
	if strings.HasPrefix(r.Path, "/collections") || r.Path == "/conformance" || r.Path == "/api" || r.Path == "/" || r.Params == documentParams {
		all[typeHTML] = object{"schema": object{"type": "string"}}
	}
	if r.Params == itemParams {
		for _, name := range format.WriterNames() {
			if f, _ := format.ByName(name); f.MediaType != r.Answer {
				all[f.MediaType] = object{"schema": object{}}
			}
		}
	}
	return all
}

func operationID(r Route) string {
	words := strings.FieldsFunc(r.Path, func(c rune) bool { return c == '/' || c == ':' })
	id := strings.ToLower(r.Method)
	for _, w := range append(words, map[bool]string{true: "root"}[len(words) == 0]) {
		if w != "" {
			id += strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return id
}

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

// queryParams of a route.
func queryParams(p paramsOf) []any {
	switch p {
	case itemParams:
		all := append(filterParameters(true), param("f", "format of the answer", object{"type": "string", "enum": append([]string{"json", "html"}, format.WriterNames()...)}))
		all = append(all, param(bareParam, "of GeoJSON: features without their geometries, as a list needs them", object{"type": "boolean", "default": false}), hiddenNamesParam())
		return append(all, param("zoom", "collection places: the most important names for a map at this zoom", object{"type": "number"}))
	case placesParams:
		return placesParameters()
	case featureParams:
		return []any{
			param("f", "form of the answer", object{"type": "string", "enum": []string{"json", "html"}}),
			param("crs", "coordinate system of the answer, CRS84 where it is not given", object{"type": "string", "format": "uri"}),
			hiddenNamesParam(),
		}
	case veilParams:
		return []any{hiddenNamesParam()}
	case documentParams:
		return []any{
			param("f", "form of the answer", object{"type": "string", "enum": []string{"json", "html"}}),
			languageParam(),
			hiddenNamesParam(),
		}
	case previewParams:
		return []any{languageParam()}
	case viewPreviewParams:
		return append(filterParameters(false), languageParam(), param("map", "where the map stands: zoom/lat/lon; what fits where it is not given", object{"type": "string"}))
	case changeParams:
		return []any{param("why", "why you change it, for the incident's history", object{"type": "string"})}
	case countParams:
		return append(filterParameters(false),
			param("bin", "counts by class as well, by the first day of each bin so wide; coarse are those whose day is not known to the day", object{"type": "string", "enum": index.BinUnits}),
			param("by", "what the classes of bins are of", object{"type": "string", "enum": classings()}))
	case tileParams:
		return append(filterParameters(false), param("f", "form of the tile", object{"type": "string", "enum": []string{"mvt", "json"}}),
			param("limit", "incidents that a tile draws one by one; more of them become clusters", object{"type": "integer", "minimum": 1, "maximum": tile.MaxPoints, "default": tile.MaxPoints}),
			param("by", "of GeoJSON: what clusters are counted by in classes, whose colours /vocabulary has", object{"type": "string", "enum": classings()}),
			param("wide", "of GeoJSON, in metres: a tile of incidents has those of a place up to so wide that is no point as well; one of areas has the places from so wide on, each once with its count", object{"type": "number", "minimum": 0, "default": 0}))
	case tilesetParams:
		return append(filterParameters(false), param("f", "form of the answer", object{"type": "string", "enum": []string{"json", "tilejson"}}))
	case tilesetsParams:
		return []any{param("f", "form of the answer", object{"type": "string", "enum": []string{"json"}})}
	case gazetteerParams:
		return []any{
			mandatory(param("q", "a place name, such as Palestine Street, Baghdad, or 10 km north of Mosul", object{"type": "string"})),
			param("country", "country to look in first, ISO 3166-1 alpha-2", object{"type": "string"}),
			param("limit", "answers at most", object{"type": "integer", "minimum": 1, "maximum": maxAnswers, "default": defaultAnswers}),
		}
	case reverseParams:
		return []any{
			mandatory(param("lon", "longitude in degrees", object{"type": "number"})),
			mandatory(param("lat", "latitude in degrees", object{"type": "number"})),
			param("radius", "metres around the point", object{"type": "number", "default": defaultNearM, "maximum": maxNearM}),
			param("limit", "answers at most", object{"type": "integer", "minimum": 1, "maximum": maxAnswers, "default": defaultAnswers}),
		}
	case reportParams:
		return []any{object{"name": "preview", "in": "query", "allowEmptyValue": true, "schema": object{"type": "string"}, "description": "read and answer, keep nothing"}}
	case wordsParams:
		return []any{
			mandatory(param("start", "first code point of the words in the report's newest text, from 0", object{"type": "integer", "minimum": 0})),
			mandatory(param("end", "code point behind the last", object{"type": "integer", "minimum": 1})),
		}
	case importParams:
		return []any{
			param("name", "name of the file, whose ending says what it is; where not given the Content-Type does", object{"type": "string"}),
			param("origin", "name of the data set; the file's where it is not one that is known", object{"type": "string"}),
			param("status", "of new incidents; reviewed where not given, and in an export of ours as it says", object{"type": "string", "enum": []string{"draft", "reviewed", "published"}}),
			param("map", "lines \"field = column\", \"type WORD = code\" and \"days = day first\" (or month first), laid over what is guessed", object{"type": "string"}),
			object{"name": "dry_run", "in": "query", "allowEmptyValue": true, "schema": object{"type": "string"}, "description": "keep nothing; answer what each column is taken for, the first incidents and the rejects"},
		}
	case sessionParams:
		return []any{param("once", "secret of the one-time link", object{"type": "string"})}
	}
	return nil
}

// placesParameters are those of the filter that the gazetteer takes.
func placesParameters() []any {
	var all []any
	for _, p := range query.Parameters() {
		if slices.Contains([]string{"bbox", "bbox-crs", "datetime", "crs", "limit", "cursor"}, p.Name) {
			all = append(all, param(p.Name, p.Description, p.Schema))
		}
	}
	return append(all, param("f", "form of the answer", object{"type": "string", "enum": []string{"json", "html"}}),
		param("zoom", "the most important names for a map at this zoom", object{"type": "number"}))
}

func param(name, description string, schema object) object {
	return object{"name": name, "in": "query", "description": description, "schema": schema, "style": "form", "explode": false}
}

func languageParam() object {
	return param("lang", "language of the words", object{"type": "string", "enum": words.Codes()})
}

func hiddenNamesParam() object {
	return param(namesParam, "hidden: without the names of private persons also for who is signed in", object{"type": "string", "enum": []string{"hidden"}})
}

func mandatory(p object) object {
	p["required"] = true
	return p
}

// filterParameters are query's; paging ones only where the answer has pages.
func filterParameters(paging bool) []any {
	var all []any
	for _, p := range query.Parameters() {
		if !paging && slices.Contains(pagingParams, p.Name) {
			continue
		}
		all = append(all, param(p.Name, p.Description, p.Schema))
	}
	return all
}

func schemas() object {
	text := object{"type": "string"}
	return object{
		"incident": object{"type": "object", "description": "the flat incident; absent is not stated", "properties": fieldSchemas()},
		"feature": object{"type": "object", "required": []string{"type", "geometry", "properties"}, "properties": object{
			"type":       object{"type": "string", "enum": []string{"Feature"}},
			"geometry":   object{"type": "object", "nullable": true, "description": "the point of the first site, or null"},
			"properties": ref("incident"),
		}},
		"report": object{"type": "object", "required": []string{"text"}, "properties": object{
			"text": object{"type": "string", "maxLength": geo.MaxReportBytes}, "title": text, "author": text, "publisher": text, "url": text,
			"published": object{"type": "string", "format": "date", "description": "without it relative days stay unresolved"},
			"country":   text, "home": text,
		}},
		"edit": object{"type": "object", "required": []string{"base", "why", "set"}, "properties": object{
			"base": object{"type": "integer", "minimum": 1, "description": "the revision that the edit started from"}, "why": text,
			"set": object{"type": "object", "description": "fields of the flat incident; null takes a value away"},
		}},
		"merge": object{"type": "object", "required": []string{"with", "base", "with_base", "why"}, "properties": object{
			"with": object{"type": "string", "description": "id of the incident that goes"}, "why": text,
			"base":      object{"type": "integer", "minimum": 1, "description": "the revision seen of the one that stays"},
			"with_base": object{"type": "integer", "minimum": 1, "description": "the revision seen of the one that goes"},
		}},
		"retraction": object{"type": "object", "required": []string{"base", "why"}, "properties": object{"base": object{"type": "integer", "minimum": 1}, "why": text}},
		"token":      object{"type": "object", "required": []string{"token"}, "properties": object{"token": text}},
		"problem": object{"type": "object", "properties": object{
			"type": text, "title": text, "status": object{"type": "integer"}, "detail": text,
			"errors": object{"type": "array", "items": object{"type": "object", "properties": object{"field": text, "reason": text}}},
		}},
	}
}

// fieldSchemas describe the flat incident, from geo.Fields.
func fieldSchemas() object {
	all := object{}
	for _, f := range geo.Columns() {
		all[f.Name] = fieldSchema(f)
	}
	return all
}
