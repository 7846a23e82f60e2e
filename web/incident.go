package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"dateline/geo"
	"dateline/geo/format"

	"github.com/labstack/echo/v4"
)

// editable are the fields of the flat incident that a person may set, beside
// the three bounds of each toll and of count; PATCH /incidents/{id} takes quotes too.
var editable = []string{"type", "title", "status", "modality", "weak", "start", "end", "date_precision", "time_text",
	"places", "actors", "named", "tags"}

func mayEdit(field string) bool {
	if slices.Contains(editable, field) {
		return true
	}
	name, bound, ok := strings.Cut(field, "_")
	return ok && slices.Contains([]string{"low", "best", "high"}, bound) &&
		(name == "count" || slices.Contains(geo.Measures, geo.Measure(name)))
}

// getIncident answers the page for people, or the incident as a feature.
func (s *Server) getIncident(page *page) echo.HandlerFunc {
	return func(c echo.Context) error {
		if done, err := s.redirectMerged(c); done {
			return err
		}
		if wantsHTML(c) {
			return s.sendIncidentDocument(c, page)
		}
		v, err := s.visitor(c)
		if err != nil {
			return err
		}
		i, err := s.visible(c, v, c.Param("id"))
		if err != nil {
			return err
		}
		return s.sendFeature(c, v, i, format.Incidents)
	}
}

// editBody is a change of an incident: the revision it starts from, why, and
// the fields to set; null takes a value away.
type editBody struct {
	Base int                        `json:"base"`
	Why  string                     `json:"why"`
	Set  map[string]json.RawMessage `json:"set"`
}

func (b editBody) check() error {
	if strings.TrimSpace(b.Why) == "" {
		return geo.Invalid("why", "say why you change it")
	}
	if b.Base < 1 {
		return geo.Invalid("base", "give the revision that you started from")
	}
	return nil
}

// patchIncident sets fields of an incident; every change is a new revision.
func (s *Server) patchIncident(c echo.Context) error {
	v, err := s.writer(c)
	if err != nil {
		return err
	}
	var body editBody
	if err := decode(c, &body); err != nil {
		return err
	}
	if len(body.Set) == 0 {
		return geo.Invalid("set", "name at least one field to change")
	}
	return s.edit(c, v, body)
}

// deleteIncident retracts an incident; nothing is deleted.
func (s *Server) deleteIncident(c echo.Context) error {
	v, err := s.writer(c)
	if err != nil {
		return err
	}
	var body editBody
	if err := decode(c, &body); err != nil {
		return err
	}
	body.Set = map[string]json.RawMessage{"status": json.RawMessage(`"retracted"`)}
	return s.edit(c, v, body)
}

func (s *Server) edit(c echo.Context, v visitor, body editBody) error {
	if err := body.check(); err != nil {
		return err
	}
	before, err := s.Store.Incident(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	quotes, requoted := body.Set["quotes"]
	delete(body.Set, "quotes")
	after, err := withFields(before, body.Set)
	if err != nil {
		return err
	}
	if requoted {
		if after, err = s.quoted(c.Request().Context(), after, quotes); err != nil {
			return err
		}
	}
	if err := after.Check(); err != nil {
		return err
	}
	saved, err := s.Store.Save(c.Request().Context(), geo.Edit{Incident: after, Base: body.Base, By: v.name, Why: body.Why, Person: true})
	if err != nil {
		return err
	}
	s.hub.changed()
	return s.sendFeature(c, v, saved, format.Incidents)
}

// withFields is the incident with fields of its flat form replaced.
func withFields(i geo.Incident, set map[string]json.RawMessage) (geo.Incident, error) {
	flat, err := json.Marshal(i)
	if err != nil {
		return i, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(flat, &fields); err != nil {
		return i, err
	}
	for name, value := range set {
		if !mayEdit(name) {
			return i, geo.Invalid(name, "no field that can be set; there are %s and low, best, high of each toll", strings.Join(editable, ", "))
		}
		one, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err != nil {
			return i, geo.Invalid(name, "not JSON")
		}
		if err := json.Unmarshal(one, &geo.Incident{}); err != nil {
			return i, geo.Invalid(name, "%v", err)
		}
		fields[name] = value
	}
	merged, err := json.Marshal(fields)
	if err != nil {
		return i, err
	}
	var out geo.Incident
	if err := json.Unmarshal(merged, &out); err != nil {
		return i, geo.Invalid("set", "%v", err)
	}
	return out, nil
}

// getRevisions lists every revision of an incident, oldest first, to who is signed in.
func (s *Server) getRevisions(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if !v.signedIn() {
		return errSignIn
	}
	revisions, err := s.Store.Revisions(c.Request().Context(), c.Param("id"))
	if err != nil {
		return fmt.Errorf("revisions: %w", err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, revisions)
}
