package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

const (
	cookieName      = "dateline_session"
	sessionLifetime = 14 * 24 * time.Hour
)

// visitor is who makes a request; an empty name is not signed in.
type visitor struct {
	name  string
	veils bool // wants names of private persons hidden although they may be seen
}

func (v visitor) signedIn() bool { return v.name != "" }

// visitor of the request: by a token in Authorization, else by the session's
// cookie. A token that is unknown or revoked is an error, an old cookie is not.
func (s *Server) visitor(c echo.Context) (visitor, error) {
	r := c.Request()
	if header := r.Header.Get("Authorization"); header != "" {
		secret, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return visitor{}, errSignIn
		}
		return s.byToken(c, secret)
	}
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return visitor{}, nil
	}
	session, err := s.Store.SessionByHash(r.Context(), geo.TextSHA256(cookie.Value))
	if errors.Is(err, geo.ErrNotFound) {
		return visitor{}, nil
	}
	return asked(c, session.Name, err)
}

func (s *Server) byToken(c echo.Context, secret string) (visitor, error) {
	token, err := s.Store.TokenByHash(c.Request().Context(), geo.TextSHA256(strings.TrimSpace(secret)))
	if errors.Is(err, geo.ErrNotFound) || err == nil && !token.Revoked.IsZero() {
		return visitor{}, echo.NewHTTPError(http.StatusUnauthorized, "no such token; make one with dateline token add NAME")
	}
	return asked(c, token.Name, err)
}

// asked is who is signed in, as a request wants the names of private persons shown.
func asked(c echo.Context, name string, err error) (visitor, error) {
	if err != nil {
		return visitor{}, err
	}
	hidden, err := namesHidden(c)
	return visitor{name, hidden}, err
}

// writer is the visitor of a request that changes something: signed in, and,
// where a cookie says so, from a page of this server and with a JSON body.
func (s *Server) writer(c echo.Context) (visitor, error) {
	v, err := s.visitor(c)
	if err != nil {
		return v, err
	}
	if !v.signedIn() {
		return v, errSignIn
	}
	return v, s.sameSite(c)
}

// sameSite refuses requests that a page of another site may have caused.
func (s *Server) sameSite(c echo.Context) error {
	r := c.Request()
	if r.Header.Get("Authorization") != "" {
		return nil
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != r.Host && origin != originOf(s.PublicURL) {
			return errOrigin
		}
	}
	file := (fileMedia(r.Header.Get("Content-Type")) || c.Path() == "/imports") && (r.Header.Get("Origin") != "" || r.Header.Get("Cookie") == "")
	if r.ContentLength != 0 && !file && !isFeatureType(r.Header.Get("Content-Type")) { // no form of another site can send these
		return errJSON
	}
	return nil
}

func originOf(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// mayPreview: previewing stores nothing, so on loopback and as long as there is
// no token it needs no sign-in.
func (s *Server) mayPreview(c echo.Context, v visitor) (bool, error) {
	if v.signedIn() {
		return true, nil
	}
	return s.noTokens(c)
}

func (s *Server) noTokens(c echo.Context) (bool, error) {
	if !s.Loopback {
		return false, nil
	}
	tokens, err := s.Store.Tokens(c.Request().Context())
	if err != nil {
		return false, err
	}
	for _, t := range tokens {
		if t.Revoked.IsZero() {
			return false, nil
		}
	}
	return true, nil
}

// onceLink is the one-time secret that signs a browser in on loopback.
type onceLink struct {
	mu     sync.Mutex
	secret string
}

func (o *onceLink) make() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.secret = rand.Text()
	return o.secret
}

// take reports whether secret is the link's and ends the link.
func (o *onceLink) take(secret string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	ok := o.secret != "" && secret == o.secret
	if ok {
		o.secret = ""
	}
	return ok
}

// OnceLink makes a path that signs one browser in once. It serves a server on
// loopback that has no token yet.
func (s *Server) OnceLink() string { return "/session?once=" + s.once.make() }

// startSession keeps a new session and hands its cookie to the browser.
func (s *Server) startSession(c echo.Context, name string) error {
	secret, expires := rand.Text(), s.Clock().Add(sessionLifetime)
	err := s.Store.AddSession(c.Request().Context(), geo.Session{Hash: geo.TextSHA256(secret), Name: name, Expires: expires.UTC()})
	if err != nil {
		return err
	}
	c.SetCookie(&http.Cookie{
		Name: cookieName, Value: secret, Path: "/", Expires: expires, HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: strings.HasPrefix(s.PublicURL, "https:"),
	})
	return nil
}
