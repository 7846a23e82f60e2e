package web

import (
	"bytes"
	"fmt"
	"net/url"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/format"
	"dateline/geo/query"

	"github.com/labstack/echo/v4"
)

// getItem answers one incident or area as a GeoJSON feature, or as a page.
func (s *Server) getItem(c echo.Context) error {
	shape, ok := shapes[c.Param("collection")]
	if !ok {
		return fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
	}
	if err := onlyParams(c, "f", "crs", namesParam); err != nil {
		return err
	}
	if shape == nil {
		return s.getPlace(c)
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if sent, err := s.sendWrittenItem(c, v, *shape); sent || err != nil {
		return err
	}
	i, err := s.visible(c, v, c.Param("id"))
	if err != nil {
		return err
	}
	switch {
	case i.Status == geo.Retracted:
		return fmt.Errorf("incident %s was retracted: %w", i.ID, geo.ErrGone)
	case *shape == format.Areas && !i.Located():
		return fmt.Errorf("incident %s has no area: %w", i.ID, geo.ErrNotFound)
	}
	html, err := documentFormat(c)
	if err != nil {
		return err
	}
	if html {
		return s.sendItemPage(c, shown(v, i))
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

// asked system of a request for one feature.
func askedCRS(c echo.Context) (crs.System, error) {
	r, err := query.Parse(url.Values{"crs": {c.QueryParam("crs")}})
	return r.CRS, err
}

func (s *Server) sendFeature(c echo.Context, v visitor, i geo.Incident, shape format.Shape) error {
	system, err := askedCRS(c)
	if err != nil {
		return err
	}
	links := s.itemLinks(c, i.ID, shape)
	var body bytes.Buffer
	err = format.WriteFeature(&body, shown(v, i), format.Options{Shape: shape, Project: projection(system), Members: []format.Member{{Name: "links", Value: links}}})
	if err != nil {
		return fmt.Errorf("write incident %s: %w", i.ID, err)
	}
	contentCRS(c, system)
	return sendTagged(c, format.GeoJSONMediaType, revisionTag(i.Revision), body.Bytes())
}

func (s *Server) itemLinks(c echo.Context, id string, shape format.Shape) []link {
	path, collection := s.base(c)+c.Request().URL.Path, "incidents"
	if shape == format.Areas {
		collection = "areas"
	}
	return []link{
		{Href: path, Rel: "self", Type: format.GeoJSONMediaType},
		{Href: path + "?f=html", Rel: "alternate", Type: typeHTML},
		{Href: s.base(c) + "/collections/" + collection, Rel: "collection", Type: typeJSON},
		{Href: s.base(c) + "/incidents/" + id, Rel: "canonical", Type: typeHTML},
	}
}

// revisionTag begins the ETag of a feature, so that a change can say from which
// revision it started whatever form of the feature it saw.
func revisionTag(revision int) string { return fmt.Sprintf("r%d-", revision) }
