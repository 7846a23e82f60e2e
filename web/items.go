package web

import (
	"bytes"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/query"

	"github.com/labstack/echo/v4"
)

// getItems answers a page of the collections incidents and areas in any format
// of the table; ?f= names it, GeoJSON where it does not.
func (s *Server) getItems(c echo.Context) error {
	shape, ok := shapes[c.Param("collection")]
	if !ok {
		return fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
	}
	if shape == nil {
		return s.getPlaces(c)
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	f, err := chosenFormat(c)
	if err != nil {
		return err
	}
	q, err := s.itemsQuery(v, filterParams(c))
	if err != nil {
		return err
	}
	if *shape == format.Areas {
		q.areas()
	}
	return s.sendItems(c, itemsAnswer{visitor: v, format: f, shape: *shape, query: q})
}

// shapes of the collections of incidents; places comes from the gazetteer.
var shapes = func() map[string]*format.Shape {
	incidents, areas := format.Incidents, format.Areas
	return map[string]*format.Shape{"incidents": &incidents, "areas": &areas, "places": nil}
}()

// filterParams are the parameters of the request that query reads.
func filterParams(c echo.Context) url.Values {
	params := url.Values{}
	for name, values := range c.QueryParams() {
		if name != "f" {
			params[name] = values
		}
	}
	return params
}

func chosenFormat(c echo.Context) (format.Format, error) {
	name := c.QueryParam("f")
	if name == "" || name == "json" {
		name = "geojson"
	}
	f, ok := format.ByName(name)
	if !ok || f.Write == nil {
		return f, geo.Invalid("f", "%q is no format to write; there are %s", name, strings.Join(format.WriterNames(), ", "))
	}
	return f, nil
}

// itemsQuery is a page's request with the filter as asked and as the visitor sees it.
type itemsQuery struct {
	query.Request
	seen geo.Filter
}

// areas narrows the query to what has a shape.
func (q *itemsQuery) areas() {
	q.seen = q.seen.And(geo.Compare{Field: "located", Op: geo.Eq, Value: true})
	q.seen = geo.Filter{Expr: query.AskShapes(q.seen.Expr)}
}

func (s *Server) itemsQuery(v visitor, params url.Values) (*itemsQuery, error) {
	request, err := query.Parse(params)
	if err != nil {
		return nil, err
	}
	return &itemsQuery{Request: request, seen: s.view(v, request.Filter, params)}, nil
}

type itemsAnswer struct {
	visitor visitor
	format  format.Format
	shape   format.Shape
	query   *itemsQuery
}

// sendItems writes one page. One incident more than the limit is asked for, to
// know whether there is a next page.
func (s *Server) sendItems(c echo.Context, a itemsAnswer) error {
	ctx, q := c.Request().Context(), a.query
	counts, err := s.Store.Counts(ctx, q.seen)
	if err != nil {
		return err
	}
	page := make([]geo.Incident, 0, min(q.Limit, counts.Total))
	next := ""
	for i, err := range s.Store.Query(ctx, geo.Query{Filter: q.seen, Limit: q.Limit + 1, After: q.After}) {
		if err != nil {
			return err
		}
		if len(page) == q.Limit {
			next = q.Next(page[len(page)-1].ID)
			break
		}
		page = append(page, shown(a.visitor, i))
	}
	links := s.pageLinks(c, a.format, next)
	for _, l := range links {
		c.Response().Header().Add("Link", fmt.Sprintf("<%s>; rel=%q; type=%q", l.Href, l.Rel, l.Type))
	}
	var body bytes.Buffer
	err = a.format.Write(&body, stream(page), format.Options{Shape: a.shape, Members: []format.Member{
		{Name: "numberMatched", Value: counts.Total}, {Name: "numberReturned", Value: len(page)}, {Name: "links", Value: links},
	}})
	if err != nil {
		return fmt.Errorf("write %s: %w", a.format.Name, err)
	}
	if a.format.Name != "geojson" {
		c.Response().Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "dateline."+a.format.Extension))
	}
	return send(c, a.format.MediaType, body.Bytes())
}

func stream(incidents []geo.Incident) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		for _, i := range incidents {
			if !yield(i, nil) {
				return
			}
		}
	}
}

// link of an OGC API document.
type link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// pageLinks are those of an items page: itself, its other formats, the next page.
func (s *Server) pageLinks(c echo.Context, f format.Format, next string) []link {
	path := s.base(c) + c.Request().URL.Path
	with := func(name, value string) string {
		params := url.Values{}
		for k, v := range c.QueryParams() {
			params[k] = v
		}
		params.Set(name, value)
		return path + "?" + params.Encode()
	}
	self := path
	if raw := c.Request().URL.RawQuery; raw != "" {
		self += "?" + raw
	}
	links := []link{{Href: self, Rel: "self", Type: f.MediaType}}
	for _, name := range format.WriterNames() {
		if other, _ := format.ByName(name); name != f.Name {
			links = append(links, link{Href: with("f", name), Rel: "alternate", Type: other.MediaType, Title: other.Label})
		}
	}
	if next != "" {
		links = append(links, link{Href: with("cursor", next), Rel: "next", Type: f.MediaType})
	}
	return links
}

// getCounts answers counts by day, type, country and status under a filter.
func (s *Server) getCounts(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	q, err := s.itemsQuery(v, filterParams(c))
	if err != nil {
		return err
	}
	counts, err := s.Store.Counts(c.Request().Context(), q.seen)
	if err != nil {
		return err
	}
	return sendJSON(c, echo.MIMEApplicationJSON, counts)
}

// getItem answers one incident or area as a GeoJSON feature.
func (s *Server) getItem(c echo.Context) error {
	shape, ok := shapes[c.Param("collection")]
	if !ok {
		return fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
	}
	if shape == nil {
		return s.getPlace(c)
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	i, err := s.visible(c, v, c.Param("id"))
	if err != nil {
		return err
	}
	return s.sendFeature(c, v, i, *shape)
}

// visible finds an incident that the visitor may see: 410 where it is
// retracted, 404 where it is not open to them.
func (s *Server) visible(c echo.Context, v visitor, id string) (geo.Incident, error) {
	i, err := s.Store.Incident(c.Request().Context(), id)
	switch {
	case err != nil:
		return i, err
	case i.Status == geo.Retracted && !v.signedIn():
		return i, fmt.Errorf("incident %s was retracted: %w", id, geo.ErrGone)
	case !s.maySee(v, &i):
		return i, fmt.Errorf("incident %s: %w", id, geo.ErrNotFound)
	}
	return i, nil
}

func (s *Server) sendFeature(c echo.Context, v visitor, i geo.Incident, shape format.Shape) error {
	var body bytes.Buffer
	links := []link{
		{Href: s.base(c) + c.Request().URL.Path, Rel: "self", Type: format.GeoJSONMediaType},
		{Href: s.base(c) + "/collections/incidents", Rel: "collection", Type: echo.MIMEApplicationJSON},
		{Href: s.base(c) + "/incidents/" + i.ID, Rel: "canonical", Type: "text/html"},
	}
	err := format.WriteFeature(&body, shown(v, i), format.Options{Shape: shape, Members: []format.Member{{Name: "links", Value: links}}})
	if err != nil {
		return fmt.Errorf("write incident %s: %w", i.ID, err)
	}
	return send(c, format.GeoJSONMediaType, body.Bytes())
}
