package web_test

import (
	"net/url"
	"strings"
	"testing"

	"dateline/geo"
)

// Every page that a browser can come to from the collections is HTML, links to
// pages that are there, and runs no script.
func TestBrowse(t *testing.T) {
	s := newSite(t, nil)
	seen, todo := map[string]bool{}, []string{"/collections", "/api", "/conformance"}
	for len(todo) > 0 && len(seen) < 60 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		answer, body := s.do("GET", path, nil, "Accept", "text/html,*/*;q=0.8")
		if answer.StatusCode != 200 {
			t.Errorf("%s: %d %.200s", path, answer.StatusCode, body)
			continue
		}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		page := string(body)
		if strings.Contains(page, "<script") && !strings.HasPrefix(path, "/incidents") && path != "/" || strings.Contains(page, "style=") {
			t.Errorf("%s has a script or a style of its own", path)
		}
		for _, part := range strings.Split(page, `href="`)[1:] {
			href, _, _ := strings.Cut(part, `"`)
			href = strings.ReplaceAll(strings.TrimPrefix(href, s.URL), "&amp;", "&")
			if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "/incidents/") {
				todo = append(todo, href)
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("%d pages", len(seen))
	}
	_, body := s.do("GET", items+"?f=html&q=&filter="+url.QueryEscape("type='earthquake'"), nil)
	if !strings.Contains(string(body), "earthquake") || strings.Contains(string(body), "bridge-collapse") {
		t.Errorf("the form's filter: %s", body)
	}
	_, body = s.do("GET", items+"?f=html&filter="+url.QueryEscape("title LIKE '<b>%'"), nil)
	if strings.Contains(string(body), "<b>") {
		t.Error("what a person wrote is not quoted")
	}
}

func TestQueryables(t *testing.T) {
	s := newSite(t, nil)
	var schema struct {
		ID                   string `json:"$id"`
		Properties           map[string]map[string]any
		AdditionalProperties *bool
	}
	s.json(200, "GET", "/collections/incidents/queryables", nil, &schema)
	if schema.ID != s.URL+"/collections/incidents/queryables" || schema.AdditionalProperties == nil || *schema.AdditionalProperties {
		t.Errorf("schema %s, additional %v", schema.ID, schema.AdditionalProperties)
	}
	for name := range schema.Properties {
		filter := name + " IS NULL"
		s.json(200, "GET", items+"?filter="+url.QueryEscape(filter), nil, nil)
	}
	for _, f := range geo.Queryables() {
		if schema.Properties[f.Name] == nil {
			t.Errorf("%s is missing", f.Name)
		}
	}
	if schema.Properties["geometry"]["x-ogc-role"] != "primary-geometry" {
		t.Errorf("geometry %v", schema.Properties["geometry"])
	}
	schema.Properties = nil
	s.json(200, "GET", "/collections/areas/sortables", nil, &schema)
	for name := range schema.Properties {
		s.json(200, "GET", items+"?sortby=-"+name, nil, nil)
	}
}

func TestOpenAPIDeclaresWhatStandardsWant(t *testing.T) {
	s := newSite(t, nil)
	var api struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In, Style string
				Explode         *bool
				Schema          map[string]any
			}
			Responses map[string]any
		}
	}
	s.json(200, "GET", "/api", nil, &api)
	found := 0
	for _, p := range api.Paths["/collections/{collection}/items"]["get"].Parameters {
		if p.In == "query" && (p.Style != "form" || p.Explode == nil || *p.Explode) {
			t.Errorf("%s: style %s, explode %v", p.Name, p.Style, p.Explode)
		}
		switch p.Name {
		case "bbox":
			found++
			if p.Schema["type"] != "array" || p.Schema["minItems"] != 4.0 || p.Schema["maxItems"] != 6.0 {
				t.Errorf("bbox %v", p.Schema)
			}
		case "limit":
			found++
			if p.Schema["type"] != "integer" || p.Schema["minimum"] != 1.0 || p.Schema["maximum"] != 10000.0 {
				t.Errorf("limit %v", p.Schema)
			}
		case "datetime", "filter", "filter-lang", "filter-crs", "crs", "bbox-crs", "sortby", "properties":
			found++
		}
	}
	if found != 10 {
		t.Errorf("%d of 10 parameters", found)
	}
	for _, method := range []string{"put", "patch", "delete"} {
		if api.Paths["/collections/{collection}/items/{id}"][method].Responses == nil {
			t.Errorf("%s of a feature is not in the document", method)
		}
	}
}
