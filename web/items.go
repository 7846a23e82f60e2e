package web

import (
	"bytes"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/format"
	"dateline/geo/query"
	"dateline/geo/report"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// getItems answers a page of the collections incidents and areas in any format
// of the table; ?f= names it, GeoJSON where it does not, and HTML for a browser.
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
	bare, err := isBare(c)
	if err != nil {
		return err
	}
	params := filterParams(c)
	delete(params, bareParam)
	delete(params, namesParam)
	q, err := s.itemsQuery(v, params)
	if err != nil {
		return err
	}
	if *shape == format.Areas {
		q.areas()
	}
	return s.sendItems(c, itemsAnswer{visitor: v, format: f, shape: *shape, query: q, bare: bare})
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
		empty := len(values) == 1 && values[0] == "" && wantsHTML(c) // of a form
		if name != "f" && !empty {
			params[name] = values
		}
	}
	return params
}

// htmlFormat is the page for people; it is no row of format.Formats.
var htmlFormat = format.Format{Name: "html", Label: "a page", MediaType: typeHTML}

func chosenFormat(c echo.Context) (format.Format, error) {
	if wantsHTML(c) {
		return htmlFormat, nil
	}
	name := c.QueryParam("f")
	if name == "" || name == "json" {
		name = "geojson"
	}
	f, ok := format.ByName(name)
	if !ok || f.Write == nil {
		return f, geo.Invalid("f", "%q is no format to write; there are html, %s", name, strings.Join(format.WriterNames(), ", "))
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
	request.Filter = report.WithAliases(request.Filter)
	return &itemsQuery{Request: request, seen: s.view(v, request.Filter, params)}, nil
}

type itemsAnswer struct {
	visitor visitor
	format  format.Format
	shape   format.Shape
	query   *itemsQuery
	bare    bool // without geometries
}

// bareParam asks for features without their geometries, as a list of them needs:
// a circle is longer than all the rest.
const bareParam = "skipGeometry"

func isBare(c echo.Context) (bool, error) {
	text := c.QueryParam(bareParam)
	if text == "" {
		return false, nil
	}
	bare, err := strconv.ParseBool(text)
	if err != nil {
		return false, geo.Invalid(bareParam, "%q is neither true nor false", text)
	}
	return bare, nil
}

// sendItems writes one page.
func (s *Server) sendItems(c echo.Context, a itemsAnswer) error {
	if err := a.check(); err != nil {
		return err
	}
	if sent, err := s.sendWritten(c, a); sent || err != nil {
		return err
	}
	page, next, err := s.itemsPage(c, a)
	if err != nil {
		return err
	}
	total, err := s.numberMatched(c, a, len(page), next)
	if err != nil {
		return err
	}
	links := s.pageLinks(c, a.format, next)
	setLinks(c, links)
	if a.format.Name == htmlFormat.Name {
		return s.sendItemsPage(c, page, total, links)
	}
	members := collectionMembers(total, len(page), links)
	var body bytes.Buffer
	err = a.format.Write(&body, stream(page), format.Options{Shape: a.shape, Members: members, Only: a.query.Properties, Project: a.projection()})
	if err != nil {
		return fmt.Errorf("write %s: %w", a.format.Name, err)
	}
	if a.format.Name == "geojson" {
		contentCRS(c, a.query.CRS)
	} else {
		c.Response().Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "dateline."+a.format.Extension))
	}
	return send(c, a.format.MediaType, body.Bytes())
}

func setLinks(c echo.Context, links []link) {
	for _, l := range links {
		c.Response().Header().Add("Link", "<"+l.Href+`>; rel="`+l.Rel+`"; type="`+l.Type+`"`)
	}
}

// collectionMembers of a FeatureCollection; a total below 0 is not told.
func collectionMembers(total, returned int, links []link) []format.Member {
	members := []format.Member{{Name: "numberReturned", Value: returned}, {Name: "links", Value: links}}
	if total >= 0 {
		members = append([]format.Member{{Name: "numberMatched", Value: total}}, members...)
	}
	return members
}

// check that the format can do what is asked of it.
func (a itemsAnswer) check() error {
	if !a.query.CRS.IsDefault() && a.format.Name != "geojson" {
		return geo.Invalid("crs", "GeoJSON alone comes in another coordinate system; %s is in CRS84", a.format.Label)
	}
	if a.bare && a.format.Name != "geojson" {
		return geo.Invalid(bareParam, "GeoJSON alone comes without geometries")
	}
	if a.query.Properties != nil && !format.Selects(a.format.Name) {
		return geo.Invalid("properties", "%s comes with all of them", a.format.Label)
	}
	return nil
}

// itemsPage gives a page and the cursor of the next, empty where there is none.
// One incident more than the limit is asked for, to know.
func (s *Server) itemsPage(c echo.Context, a itemsAnswer) (page []geo.Incident, next string, err error) {
	q := a.query
	found, err := s.find(c.Request().Context(), q.page())
	if err != nil {
		return nil, "", err
	}
	if len(found) > q.Limit {
		found = found[:q.Limit]
		next = q.Next(found[q.Limit-1].ID)
	}
	for _, i := range found {
		page = append(page, shown(a.visitor, i))
	}
	return page, next, nil
}

// page asks for one incident more than the limit, to know whether there is a next one.
func (q *itemsQuery) page() geo.Query {
	return geo.Query{Filter: q.seen, Sort: q.Sort, Limit: q.Limit + 1, After: q.After}
}

// numberMatched is how many incidents the filter selects; -1 where telling would
// mean to look at every candidate.
func (s *Server) numberMatched(c echo.Context, a itemsAnswer, returned int, next string) (int, error) {
	if next == "" && a.query.After == "" {
		return returned, nil
	}
	if _, exact := geo.LowerIndexed(a.query.seen.Expr); !exact {
		return -1, nil
	}
	key := fmt.Sprint(a.shape, a.visitor.signedIn(), " ", a.query.Key())
	return s.countMatched(c.Request().Context(), key, a.query.seen)
}

// projection of the answer's geometries, nil where they stay as they are stored.
func (a itemsAnswer) projection() func(orb.Geometry) (orb.Geometry, bool) {
	if a.bare {
		return func(orb.Geometry) (orb.Geometry, bool) { return nil, false }
	}
	return projection(a.query.CRS)
}

// projection into a system, nil for the one that is stored.
func projection(system crs.System) func(orb.Geometry) (orb.Geometry, bool) {
	if system.IsDefault() {
		return nil
	}
	return system.Project
}

// contentCRS says in which system an answer's coordinates are.
func contentCRS(c echo.Context, system crs.System) {
	c.Response().Header().Set("Content-Crs", "<"+system.URI+">")
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
	if f.Name != htmlFormat.Name {
		links = append(links, link{Href: with("f", "html"), Rel: "alternate", Type: typeHTML, Title: "To browse"})
	}
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

// pagingParams say how features are answered, not which.
var pagingParams = []string{"limit", "cursor", "crs", "sortby", "properties"}
