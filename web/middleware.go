package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/geo"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// middleware sets what holds for every request, outermost first.
func (s *Server) middleware() {
	s.echo.Use(s.logRequests, middleware.Recover(), s.headers,
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024, Skipper: func(c echo.Context) bool {
			return c.Path() == "/live" || c.Path() == archivePath
		}}), limitTime, limitBody, unescapeParams)
}

// unescapeParams gives handlers the parts of a path as they were meant: the
// router leaves "gn%3A98182" as it is written.
func unescapeParams(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		values := slices.Clone(c.ParamValues())
		for k, v := range values {
			plain, err := url.PathUnescape(v)
			if err != nil {
				return geo.Invalid("path", "%q is badly escaped", v)
			}
			values[k] = plain
		}
		if c.Request().URL.RawPath != "" {
			c.SetParamValues(values...)
		}
		return next(c)
	}
}

func (s *Server) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := s.Clock()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took := s.Clock().Sub(began)
		s.metrics.observe(c, took)
		s.Log.Debug("request", "method", c.Request().Method, "path", c.Request().URL.Path,
			"status", c.Response().Status, "bytes", c.Response().Size, "took", took.Round(time.Microsecond))
		return nil
	}
}

// headers: the page runs only what this server sent, and only ?embed may stand
// in a frame. Reading is open to pages of other sites, without cookies.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	tiles := ""
	if u, err := url.Parse(s.TilesURL); err == nil && u.Host != "" {
		tiles = " " + u.Scheme + "://" + strings.ReplaceAll(u.Host, "{s}", "*")
	}
	policy := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" + tiles +
		"; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if _, embed := c.QueryParams()["embed"]; embed {
			h.Set("Content-Security-Policy", policy+"*")
		} else {
			h.Set("Content-Security-Policy", policy+"'none'")
			h.Set("X-Frame-Options", "DENY")
		}
		if m := c.Request().Method; m == http.MethodGet || m == http.MethodHead || m == http.MethodOptions {
			h.Set("Access-Control-Allow-Origin", "*")
			h.Set("Access-Control-Expose-Headers", "Content-Crs, ETag, Link, Location")
		}
		if c.Request().Method == http.MethodOptions && c.Request().Header.Get("Access-Control-Request-Method") != "" {
			h.Set("Access-Control-Allow-Methods", "GET, HEAD")
			h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
			h.Set("Access-Control-Max-Age", "86400")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}

// limitTime ends what a request asks of the store when its answer could not be
// sent any more; /live goes on.
func limitTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == "/live" {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), workTimeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

func limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		most := int64(maxBodyBytes)
		if c.Path() == "/imports" {
			most = maxImportBytes
		}
		if c.Request().ContentLength > most {
			return fmt.Errorf("the body is over %d MiB: %w", most>>20, geo.ErrTooLarge)
		}
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, most)
		return next(c)
	}
}

// decode reads a JSON body; an unknown field or bad value is an ErrInvalid that
// names it.
func decode(c echo.Context, into any) error {
	d := json.NewDecoder(c.Request().Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var tooLong *http.MaxBytesError
	var wrongType *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			return geo.Invalid("body", "something stands after the JSON value")
		}
		return nil
	case errors.As(err, &tooLong):
		return err
	case errors.As(err, &wrongType):
		return geo.Invalid(wrongType.Field, "%s is no %s", wrongType.Value, wrongType.Type)
	}
	return geo.Invalid("body", "not the JSON that is wanted: %v", err)
}

// send answers a body with its ETag, or 304 where the client has it.
func send(c echo.Context, mediaType string, body []byte) error {
	return sendTagged(c, mediaType, "", body)
}

// sendTagged is send with a beginning of the ETag that says what the body is of.
func sendTagged(c echo.Context, mediaType, begin string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `"` + begin + hex.EncodeToString(sum[:12]) + `"`
	if begin == "" { // the bytes are what it says
		tag = "W/" + tag
	}
	if fresh(c, tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(max(c.Response().Status, http.StatusOK), mediaType, body)
}

// fresh sets an answer's ETag and reports whether the client has it already.
func fresh(c echo.Context, tag string) bool {
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Add("Vary", "Accept, Authorization, Cookie")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	for _, have := range strings.Split(c.Request().Header.Get("If-None-Match"), ",") {
		have = strings.TrimSpace(have)
		if isRead(c) && (strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") || have == "*") {
			return true
		}
	}
	return false
}

func isRead(c echo.Context) bool {
	return c.Request().Method == http.MethodGet || c.Request().Method == http.MethodHead
}

// sendJSON answers a value as JSON with its ETag.
func sendJSON(c echo.Context, mediaType string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return send(c, mediaType, append(body, '\n'))
}

// base of the server's addresses, without a slash at its end: the public URL,
// else the request's own scheme and host.
func (s *Server) base(c echo.Context) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return c.Scheme() + "://" + c.Request().Host
}

// wants reports whether the client prefers HTML, as browsers do: ?f= decides,
// else the Accept header.
func wantsHTML(c echo.Context) bool {
	if f := c.QueryParam("f"); f != "" {
		return f == "html"
	}
	return strings.Contains(c.Request().Header.Get("Accept"), "text/html")
}

// documentFormat reports whether a document is wanted as HTML rather than JSON.
func documentFormat(c echo.Context) (html bool, err error) {
	if f := c.QueryParam("f"); f != "" && f != "json" && f != "geojson" && f != "html" {
		return false, geo.Invalid("f", "%q is no form of this document; there are json and html", f)
	}
	return wantsHTML(c), nil
}
