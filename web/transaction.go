package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/format"

	"github.com/labstack/echo/v4"
)

// postItem makes an incident of a GeoJSON feature (OGC API: Features, part 4).
// It is a draft unless the feature says otherwise.
func (s *Server) postItem(c echo.Context) error {
	t, err := s.transaction(c)
	if err != nil {
		return err
	}
	i, err := t.body.newFeature(strings.ToLower(rand.Text()[:12]), t.system)
	if err != nil {
		return err
	}
	if err := t.body.origin(&i); err != nil {
		return err
	}
	saved, err := s.Store.Save(c.Request().Context(), geo.Edit{Incident: i, By: t.visitor.name, Why: t.why("created"), Person: true})
	if err != nil {
		return err
	}
	s.hub.changed()
	c.Response().Header().Set("Location", s.base(c)+"/collections/incidents/items/"+saved.ID)
	c.Response().Status = http.StatusCreated
	return s.sendFeature(c, t.visitor, saved, format.Incidents)
}

// putItem replaces an incident by a feature.
func (s *Server) putItem(c echo.Context) error {
	return s.changeItem(c, "replaced", func(t transaction, before geo.Incident) (geo.Incident, error) {
		return t.body.replace(before, t.system)
	})
}

// patchItem sets what a feature states, by the rules of JSON merge patch.
func (s *Server) patchItem(c echo.Context) error {
	return s.changeItem(c, "updated", func(t transaction, before geo.Incident) (geo.Incident, error) {
		return t.body.update(before, t.system)
	})
}

// deleteItem retracts an incident; it stays in its revisions.
func (s *Server) deleteItem(c echo.Context) error {
	return s.changeItem(c, "retracted", func(_ transaction, before geo.Incident) (geo.Incident, error) {
		before.Status = geo.Retracted
		return before, nil
	})
}

func (s *Server) changeItem(c echo.Context, did string, change func(transaction, geo.Incident) (geo.Incident, error)) error {
	t, err := s.transaction(c)
	if err != nil {
		return err
	}
	before, err := s.Store.Incident(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if before.Status == geo.Retracted {
		return fmt.Errorf("incident %s was retracted: %w", before.ID, geo.ErrGone)
	}
	if err := ifMatch(c.Request().Header.Get("If-Match"), before.Revision); err != nil {
		return err
	}
	after, err := change(t, before)
	if err == nil {
		err = after.Check()
	}
	if err != nil {
		return err
	}
	saved, err := s.Store.Save(c.Request().Context(), geo.Edit{Incident: after, Base: before.Revision, By: t.visitor.name, Why: t.why(did), Person: true})
	if errors.Is(err, geo.ErrConflict) {
		return errChanged
	}
	if err != nil {
		return err
	}
	s.hub.changed()
	if saved.Status == geo.Retracted {
		return c.NoContent(http.StatusNoContent)
	}
	return s.sendFeature(c, t.visitor, saved, format.Incidents)
}

// transaction is a request that changes a feature.
type transaction struct {
	visitor visitor
	body    featureBody
	system  crs.System // of the body's geometry: the header Content-Crs, else CRS84
	params  url.Values
}

// transaction of the request: signed in, on the collection that takes changes,
// with a feature where the method has one.
func (s *Server) transaction(c echo.Context) (transaction, error) {
	t := transaction{params: c.QueryParams()}
	shape, ok := shapes[c.Param("collection")]
	if !ok {
		return t, fmt.Errorf("collection %q: %w", c.Param("collection"), geo.ErrNotFound)
	}
	if shape == nil || *shape != format.Incidents {
		c.Response().Header().Set("Allow", "GET, HEAD")
		return t, echo.NewHTTPError(http.StatusMethodNotAllowed, "the collection incidents alone takes changes")
	}
	if err := onlyParams(c, "f", "crs", "why"); err != nil {
		return t, err
	}
	var err error
	if t.visitor, err = s.writer(c); err != nil || c.Request().Method == http.MethodDelete {
		return t, err
	}
	if !isFeatureType(c.Request().Header.Get("Content-Type")) {
		return t, echo.NewHTTPError(http.StatusUnsupportedMediaType, "send a feature: Content-Type: application/geo+json")
	}
	uri := strings.Trim(c.Request().Header.Get("Content-Crs"), "<> ")
	if uri == "" {
		uri = crs.CRS84
	}
	if t.system, ok = crs.ByURI(uri); !ok {
		return t, geo.Invalid("Content-Crs", "%q is no system that is known", uri)
	}
	t.body, err = readFeature(c.Request().Body)
	return t, err
}

func isFeatureType(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	switch strings.TrimSpace(mediaType) {
	case typeJSON, typeGeoJSON, "application/merge-patch+json":
		return true
	}
	return false
}

// why of a change, as ?why= gives it.
func (t transaction) why(did string) string {
	if why := strings.TrimSpace(t.params.Get("why")); why != "" {
		return why
	}
	return did + " through the API"
}

var (
	errNoMatch = echo.NewHTTPError(http.StatusPreconditionRequired, "send the ETag of the feature that you started from: If-Match: \"…\"")
	errChanged = echo.NewHTTPError(http.StatusPreconditionFailed, "the feature was changed in the meantime; get it again")
)

// ifMatch holds the header to the revision as it stands: one of its tags is of
// this revision, or it is "*".
func ifMatch(header string, revision int) error {
	if header == "" {
		return errNoMatch
	}
	for _, tag := range strings.Split(header, ",") {
		tag = strings.TrimSpace(tag)
		number, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(tag, "W/"), `"r`), "-")
		if tag == "*" || ok && number == strconv.Itoa(revision) {
			return nil
		}
	}
	return errChanged
}
