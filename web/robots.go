package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// maxSitemap is how many incidents a sitemap lists, the newest; sitemaps.org allows 50,000.
const maxSitemap = 10_000

// unindexed are paths that programs ask for and no search engine needs.
var unindexed = []string{"/counts", "/gazetteer", "/live", "/metrics", "/session", "/vocabulary", "/collections/incidents/tiles/", "/collections/areas/tiles/", "/collections/*/items?"}

// getRobots tells search engines (RFC 9309) what not to fetch, and where the sitemap is.
func (s *Server) getRobots(c echo.Context) error {
	var b bytes.Buffer
	b.WriteString("User-agent: *\n")
	for _, path := range unindexed {
		fmt.Fprintf(&b, "Disallow: %s\n", path)
	}
	fmt.Fprintf(&b, "\nSitemap: %s/sitemap.xml\n", s.base(c))
	return send(c, echo.MIMETextPlainCharsetUTF8, b.Bytes())
}

// getSitemap lists the pages of the newest incidents that are published.
func (s *Server) getSitemap(c echo.Context) error {
	published := geo.Filter{Expr: geo.And{
		geo.Compare{Field: "status", Op: geo.Eq, Value: string(geo.Published)}, geo.Compare{Field: "weak", Op: geo.Eq, Value: false},
	}}
	found, err := s.Index.Page(c.Request().Context(), geo.Query{Filter: published, Limit: maxSitemap})
	if err != nil {
		return tileError(c, err)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	base := s.base(c)
	add := func(path string) {
		b.WriteString("<url><loc>")
		_ = xml.EscapeText(&b, []byte(base+path)) // a buffer takes everything
		b.WriteString("</loc></url>\n")
	}
	add("/")
	add("/methodology")
	for _, h := range found.Hits {
		add("/incidents/" + url.PathEscape(h.ID()))
	}
	b.WriteString("</urlset>\n")
	return send(c, echo.MIMEApplicationXMLCharsetUTF8, b.Bytes())
}
