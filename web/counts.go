package web

import (
	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// counted is what /counts answers.
type counted struct {
	geo.Counts
	Bins map[geo.Day]countedBin `json:"bins,omitempty"`
}

// countedBin is the incidents of a day, week, month or year by its first day.
type countedBin struct {
	Classes map[string]int `json:"classes"`
	Coarse  int            `json:"coarse,omitempty"`
}

// getCounts answers counts by day, type, country and status under a filter; with
// bin also those of each bin by class.
func (s *Server) getCounts(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	for _, name := range pagingParams {
		if c.QueryParams().Has(name) {
			return geo.Invalid(name, "no parameter of this address: it counts whatever the filter selects")
		}
	}
	params := filterParams(c)
	for _, name := range []string{"bin", "by"} {
		params.Del(name)
	}
	q, err := s.itemsQuery(v, params)
	if err != nil {
		return err
	}
	var answer counted
	if answer.Counts, err = s.counts(c.Request().Context(), q.seen); err != nil {
		return err
	}
	if c.QueryParams().Has("bin") {
		if err := s.addBins(c, q.seen, &answer); err != nil {
			return err
		}
	}
	return sendJSON(c, echo.MIMEApplicationJSON, answer)
}

// addBins leaves the bins out where the index can't answer the filter.
func (s *Server) addBins(c echo.Context, f geo.Filter, answer *counted) error {
	look, err := tileLook(c)
	if err != nil {
		return err
	}
	bins, err := s.Index.Bins(c.Request().Context(), f, look, c.QueryParam("bin"))
	if err != nil {
		if byStore(err) {
			return nil
		}
		return err
	}
	answer.Bins = map[geo.Day]countedBin{}
	for _, b := range bins {
		answer.Bins[b.From] = countedBin{tileRequest{look: look}.mix(b.Mix), b.Coarse}
	}
	return nil
}
