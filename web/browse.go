package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/geo"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb/geojson"
)

const typeHTML = "text/html"

// stylePath is where the pages to browse find their style.
const stylePath = "/browse.css"

//go:embed browse
var browseFiles embed.FS

// templates of the pages to browse, each with the frame around it.
var templates = func() map[string]*template.Template {
	all := map[string]*template.Template{}
	names, err := fs.Glob(browseFiles, "browse/*.html")
	if err != nil {
		panic(err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "browse/"), ".html")
		all[name] = template.Must(template.ParseFS(browseFiles, "browse/frame.html", file))
	}
	return all
}()

// view is what a page to browse shows.
type view struct {
	Title string
	Path  []crumb // the pages above it
	JSON  string  // address of the same as JSON
	Data  any
}

// crumb is a page above.
type crumb struct{ Title, Href string }

// sendHTML answers a page to browse.
func (s *Server) sendHTML(c echo.Context, name string, v view) error {
	params := url.Values{}
	for k, values := range c.QueryParams() {
		params[k] = values
	}
	params.Set("f", "json")
	v.JSON = c.Request().URL.EscapedPath() + "?" + params.Encode()
	var body bytes.Buffer
	if err := templates[name].ExecuteTemplate(&body, "frame.html", v); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return send(c, echo.MIMETextHTMLCharsetUTF8, body.Bytes())
}

func sendStyle(c echo.Context) error {
	style, err := browseFiles.ReadFile("browse/browse.css")
	if err != nil {
		return err
	}
	return send(c, "text/css; charset=utf-8", style)
}

// itemsView is a page of features as a table.
type itemsView struct {
	Collection string
	Columns    []string
	Rows       []itemsRow
	Next       string
	Matched    string
	Filters    bool // the collection takes a filter
	Query      map[string]string
}

type itemsRow struct {
	Href  string
	Cells []string
}

// sendItemsPage shows a page of incidents or areas.
func (s *Server) sendItemsPage(c echo.Context, page []geo.Incident, total int, links []link) error {
	v := itemsView{Collection: c.Param("collection"), Columns: []string{"title", "type", "start", "end", "place", "killed_best"}, Filters: true}
	for k := range page {
		row := itemsRow{Href: "/collections/" + v.Collection + "/items/" + url.PathEscape(page[k].ID)}
		for _, name := range v.Columns {
			f, _ := geo.FieldByName(name)
			row.Cells = append(row.Cells, cell(f.Value(&page[k])))
		}
		if row.Cells[0] == "" {
			row.Cells[0] = page[k].ID
		}
		v.Rows = append(v.Rows, row)
	}
	return s.sendRows(c, v, total, links)
}

// sendPlacesPage shows a page of the gazetteer.
func (s *Server) sendPlacesPage(c echo.Context, features []*geojson.Feature, total int, links []link) error {
	v := itemsView{Collection: "places", Columns: []string{"name", "country", "admin1", "class", "population"}}
	for _, f := range features {
		row := itemsRow{Href: "/collections/places/items/" + url.PathEscape(fmt.Sprint(f.ID))}
		for _, name := range v.Columns {
			row.Cells = append(row.Cells, cell(f.Properties[name]))
		}
		v.Rows = append(v.Rows, row)
	}
	return s.sendRows(c, v, total, links)
}

func (s *Server) sendRows(c echo.Context, v itemsView, total int, links []link) error {
	if total >= 0 {
		v.Matched = fmt.Sprint(total)
	}
	if k := slices.IndexFunc(links, func(l link) bool { return l.Rel == "next" }); k >= 0 {
		v.Next = links[k].Href
	}
	v.Query = map[string]string{}
	for name := range c.QueryParams() {
		v.Query[name] = c.QueryParam(name)
	}
	title := strings.ToUpper(v.Collection[:1]) + v.Collection[1:]
	path := []crumb{{"Collections", "/collections"}, {title, "/collections/" + v.Collection}}
	return s.sendHTML(c, "items", view{Title: title + ": items", Path: path, Data: v})
}

// itemView is one feature as a list of what is stated.
type itemView struct {
	Page   string // the page of the incident on the map
	Fields []itemField
}

type itemField struct{ Name, Doc, Value string }

// sendItemPage shows one incident.
func (s *Server) sendItemPage(c echo.Context, i geo.Incident) error {
	v := itemView{Page: "/incidents/" + url.PathEscape(i.ID)}
	for _, f := range geo.Columns() {
		if value := cell(f.Value(&i)); value != "" {
			v.Fields = append(v.Fields, itemField{f.Name, f.Doc, value})
		}
	}
	title := i.Title
	if title == "" {
		title = i.ID
	}
	return s.sendOne(c, title, v)
}

// sendPlacePage shows one place of the gazetteer.
func (s *Server) sendPlacePage(c echo.Context, f *geojson.Feature) error {
	var v itemView
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range f.Properties {
			if !yield(name) {
				return
			}
		}
	}) {
		v.Fields = append(v.Fields, itemField{Name: name, Value: cell(f.Properties[name])})
	}
	v.Fields = append(v.Fields, itemField{Name: "lon, lat", Value: cell(f.Geometry)})
	return s.sendOne(c, cell(f.Properties["name"]), v)
}

func (s *Server) sendOne(c echo.Context, title string, v itemView) error {
	at := "/collections/" + c.Param("collection")
	path := []crumb{{"Collections", "/collections"}, {c.Param("collection"), at}, {"items", at + "/items"}}
	return s.sendHTML(c, "item", view{Title: title, Path: path, Data: v})
}

// cell is a value as text; lists as indented JSON, empty where not stated.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339)
	case bool, int, int64, float64:
		return fmt.Sprint(v)
	}
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
