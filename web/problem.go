package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// problemDetails is the body of an error, RFC 9457.
type problemDetails struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail,omitempty"`
	Errors []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// statusOf maps an error of the domain to its HTTP status, in this one place.
func statusOf(err error) int {
	var httpError *echo.HTTPError
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &httpError):
		return httpError.Code
	case errors.As(err, &tooLong), errors.Is(err, geo.ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, geo.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, geo.ErrGone):
		return http.StatusGone
	case errors.Is(err, geo.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, geo.ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, geo.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problem answers an error as problem+json. What went wrong inside is logged
// and not told.
func (s *Server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		s.Log.Warn("answer broke off", "path", c.Request().URL.Path, "error", err)
		return
	}
	status := statusOf(err)
	p := problemDetails{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: err.Error()}
	var field *geo.FieldError
	var httpError *echo.HTTPError
	switch {
	case errors.As(err, &field):
		p.Errors = []problemField{{field.Field, field.Reason}}
	case errors.As(err, &httpError):
		p.Detail, _ = httpError.Message.(string)
	}
	if status == http.StatusInternalServerError {
		s.Log.Error("request failed", "method", c.Request().Method, "path", c.Request().URL.Path, "error", err)
		p.Detail = "the server could not do it; its log says why"
	}
	body, _ := json.Marshal(p)
	c.Response().Header().Set("Cache-Control", "no-store")
	if err := c.Blob(status, "application/problem+json", body); err != nil {
		s.Log.Debug("answer lost", "error", err)
	}
}

var (
	errSignIn = echo.NewHTTPError(http.StatusUnauthorized, "sign in, or send a token: Authorization: Bearer …")
	errJSON   = echo.NewHTTPError(http.StatusUnsupportedMediaType, "send Content-Type: application/json")
	errOrigin = echo.NewHTTPError(http.StatusForbidden, "the request came from a page of another site")
)
