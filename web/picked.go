package web

import (
	"math"
	"net/http"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// pickedAnswer is what picked words of a report say; what is null they don't.
type pickedAnswer struct {
	Text    string       `json:"text"`
	Version int          `json:"version"` // of the report's text
	Number  *pickedRange `json:"number"`
	When    *geo.When    `json:"when"`
}

type pickedRange struct {
	Low  *int64 `json:"low,omitempty"`
	Best *int64 `json:"best,omitempty"`
	High *int64 `json:"high,omitempty"`
}

// getPicked reads the words of a report that an editor picked for a value.
func (s *Server) getPicked(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if !v.signedIn() {
		return errSignIn
	}
	start, err := number(c, "start", required, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	end, err := number(c, "end", required, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	r, err := s.Store.Report(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	words, err := s.Ingest.Words(r, int(start), int(end))
	if err != nil {
		return err
	}
	answer := pickedAnswer{Text: words.Text, Version: r.Version, When: words.When}
	if n := words.Number; n != nil {
		answer.Number = &pickedRange{n.Low, n.Best, n.High}
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, answer)
}
