package web

import (
	"net/http"
	"strings"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/ingest"

	"github.com/labstack/echo/v4"
)

// candidateAnswer is an incident that may be the same as another.
type candidateAnswer struct {
	Score    float64         `json:"score"`
	Reasons  []ingest.Reason `json:"reasons"`
	Incident geo.Incident    `json:"incident"`
}

// getCandidates lists the incidents that may be the same as one, best first, to
// who may merge them.
func (s *Server) getCandidates(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if !v.signedIn() {
		return errSignIn
	}
	i, err := s.Store.Incident(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	found, err := s.Ingest.Candidates(c.Request().Context(), i)
	if err != nil {
		return err
	}
	answer := make([]candidateAnswer, 0, len(found))
	for _, f := range found {
		answer = append(answer, candidateAnswer{f.Score, f.Reasons, shown(v, f.Incident)})
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]any{"candidates": answer})
}

// mergeBody names the incident that is merged into another, with the revisions
// of both that the editor saw.
type mergeBody struct {
	With     string `json:"with"`
	Base     int    `json:"base"`
	WithBase int    `json:"with_base"`
	Why      string `json:"why"`
}

// postMerge merges another incident into this one, which keeps its id; the
// other is retracted and leads here.
func (s *Server) postMerge(c echo.Context) error {
	v, err := s.writer(c)
	if err != nil {
		return err
	}
	var body mergeBody
	if err := decode(c, &body); err != nil {
		return err
	}
	if strings.TrimSpace(body.Why) == "" {
		return geo.Invalid("why", "say why they are one")
	}
	ctx := c.Request().Context()
	keep, err := s.Store.Incident(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	lose, err := s.Store.Incident(ctx, body.With)
	if err != nil {
		return err
	}
	if keep.Revision != body.Base || lose.Revision != body.WithBase {
		return geo.ErrConflict
	}
	merged, err := s.Ingest.Merge(ctx, keep, lose, ingest.By{Name: v.name, Why: body.Why})
	if err != nil {
		return err
	}
	s.hub.changed()
	return s.sendFeature(c, v, merged, format.Incidents)
}

// redirectMerged sends who asks for an incident that was merged to the one that
// it was merged into; done is false for any other.
func (s *Server) redirectMerged(c echo.Context) (done bool, err error) {
	i, err := s.Store.Incident(c.Request().Context(), c.Param("id"))
	if err != nil || i.MergedInto == "" {
		return false, nil // what is wrong is said by who answers
	}
	return true, c.Redirect(http.StatusPermanentRedirect, s.base(c)+"/incidents/"+i.MergedInto)
}
