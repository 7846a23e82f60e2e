package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"dateline/static"

	"github.com/labstack/echo/v4"
)

// page is the map for people: one HTML file and its assets, as the build wrote
// them. Where the page was not built it says how to.
type page struct {
	files fs.FS
	index []byte
	shell *shell // nil where the page was not built
}

func newPage(Config) (*page, error) {
	files, built := static.Files()
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	p := &page{files: files, index: index}
	if built {
		p.shell = newShell(index)
	}
	return p, nil
}

// send the page; it reads from the address what to open.
func (p *page) send(c echo.Context) error {
	return send(c, echo.MIMETextHTMLCharsetUTF8, p.index)
}

// asset sends one of the page's files; their names carry a hash of what they
// hold, so a browser may keep them.
func (p *page) asset(c echo.Context) error {
	name := path.Join("assets", path.Clean("/"+c.Param("*")))
	body, err := fs.ReadFile(p.files, name)
	if err != nil {
		return echo.ErrNotFound
	}
	mediaType := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".js":
		mediaType = "text/javascript; charset=utf-8"
	case ".json", ".geojson":
		mediaType = echo.MIMEApplicationJSON
	}
	if strings.Contains(path.Base(name), "-") {
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	return send(c, mediaType, bytes.Clone(body))
}
