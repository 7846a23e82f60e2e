package web

import (
	"net/http"
	"time"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

type sessionState struct {
	SignedIn   bool   `json:"signed_in"`
	Name       string `json:"name,omitempty"`
	MayWrite   bool   `json:"may_write"`
	MayPreview bool   `json:"may_preview"`
}

// getSession says who is signed in; with ?once= it signs in by the one-time link.
func (s *Server) getSession(c echo.Context) error {
	if secret := c.QueryParam("once"); secret != "" {
		return s.signInOnce(c, secret)
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	return s.sessionState(c, v)
}

func (s *Server) sessionState(c echo.Context, v visitor) error {
	may, err := s.mayPreview(c, v)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, sessionState{v.signedIn(), v.name, v.signedIn(), may})
}

func (s *Server) signInOnce(c echo.Context, secret string) error {
	free, err := s.noTokens(c)
	if err != nil {
		return err
	}
	if !free || !s.once.take(secret) {
		return echo.NewHTTPError(http.StatusForbidden, "this link was used already or is not valid any more; start dateline serve again for a new one, or sign in with a token")
	}
	if err := s.startSession(c, "local"); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Redirect(http.StatusSeeOther, s.base(c)+"/")
}

// postSession signs in with a token: {"token": "…"}.
func (s *Server) postSession(c echo.Context) error {
	if err := s.sameSite(c); err != nil {
		return err
	}
	var body struct {
		Token string `json:"token"`
	}
	if err := decode(c, &body); err != nil {
		return err
	}
	if body.Token == "" {
		return geo.Invalid("token", "it is empty")
	}
	v, err := s.byToken(c, body.Token)
	if err != nil {
		return err
	}
	if err := s.startSession(c, v.name); err != nil {
		return err
	}
	return s.sessionState(c, v)
}

// deleteSession signs out.
func (s *Server) deleteSession(c echo.Context) error {
	if err := s.sameSite(c); err != nil {
		return err
	}
	if cookie, err := c.Request().Cookie(cookieName); err == nil {
		if err := s.Store.EndSession(c.Request().Context(), geo.TextSHA256(cookie.Value)); err != nil {
			return err
		}
	}
	c.SetCookie(&http.Cookie{Name: cookieName, Path: "/", Expires: time.Unix(1, 0), MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return c.NoContent(http.StatusNoContent)
}
