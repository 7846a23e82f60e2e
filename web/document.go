package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"dateline/geo"
	"dateline/geo/report"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
)

// documentStylePath is where the documents find their style.
const documentStylePath = "/document.css"

// maxShellText is how many bytes of reports' texts go along with the map's page;
// longer ones are read on the document alone.
const maxShellText = 40_000

//go:embed document
var documentFiles embed.FS

// documents are the templates of what people read without a script, each with
// the frame around it.
var documents = func() map[string]*template.Template {
	all := map[string]*template.Template{}
	for _, name := range []string{"incident", "report", "missing", "methodology"} {
		all[name] = template.Must(template.ParseFS(documentFiles, "document/frame.html", "document/"+name+".html"))
	}
	return all
}()

// sheet is what the frame shows around the body of a template.
type sheet struct {
	Lang        *words.Language
	Title       string
	Description string
	Canonical   string // absolute; empty where there is none
	App         string // path of the same on the map; empty where the document stands in the map's page
	JSON        string // absolute address of the same as data
	Feed        string // absolute
	Image       string // absolute address of the preview; empty where there is none
	ImagePath   string
	ImageAlt    string
	Published   string // RFC 3339 or a day
	Modified    string
	NoIndex     bool
	Type        string // of Open Graph
	Languages   []languageLink
	Credit      []attribution
	Body        any
}

// languageLink leads to a document in another language of the page.
type languageLink struct {
	Code, Name, Href string
	Alternate        string // absolute address
	Here             bool
}

// asksDocument reports whether a request wants the document alone rather than the map
// with it: it says f=html, or the map was not built into this program.
func (p *page) asksDocument(c echo.Context) bool {
	return c.QueryParam("f") == "html" || p.shell == nil
}

// languageOf a request: lang= says it, else its header Accept-Language.
func (s *Server) languageOf(c echo.Context) *words.Language {
	return s.book.Choose(c.QueryParam("lang"), c.Request().Header.Get("Accept-Language"))
}

// newSheet with what every document has; path is that of its address.
func (s *Server) newSheet(c echo.Context, path string) sheet {
	d := sheet{Lang: s.languageOf(c), Type: "article", Canonical: s.base(c) + path, Feed: s.base(c) + feedPath}
	if d.Credit = append(d.Credit, sources["geonames"]); s.previews.base != nil {
		d.Credit = append(d.Credit, sources["naturalearth"])
	}
	for _, l := range s.book.Languages {
		d.Languages = append(d.Languages, languageLink{l.Code, l.Name, path + "?f=html&lang=" + l.Code, s.base(c) + path + "?lang=" + l.Code, l == d.Lang})
	}
	return d
}

// inLanguage is an address of this server in the document's language, where that
// is not the first.
func (d *sheet) inLanguage(path string) string {
	if d.Lang.Code == "en" {
		return path
	}
	return path + "?lang=" + d.Lang.Code
}

// sendDocument answers a document: alone, or in the map's page, which shows it
// where no script runs and gives its title and picture to who is sent the link.
func (s *Server) sendDocument(c echo.Context, p *page, name string, d sheet) error {
	body, err := p.render(c, name, d)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept-Language")
	c.Response().Header().Set("Content-Language", d.Lang.Code)
	return send(c, echo.MIMETextHTMLCharsetUTF8, body)
}

func (p *page) render(c echo.Context, name string, d sheet) ([]byte, error) {
	var out bytes.Buffer
	if p.asksDocument(c) {
		if err := documents[name].ExecuteTemplate(&out, "frame.html", d); err != nil {
			return nil, fmt.Errorf("document %s: %w", name, err)
		}
		return out.Bytes(), nil
	}
	d.App = ""
	var meta, inner bytes.Buffer
	if err := errors.Join(documents[name].ExecuteTemplate(&meta, "meta", d), documents[name].ExecuteTemplate(&inner, "document", d)); err != nil {
		return nil, fmt.Errorf("document %s: %w", name, err)
	}
	return p.shell.with(meta.Bytes(), inner.Bytes()), nil
}

// sendMissing answers for people why there is nothing at an address, with the
// status of the error. An error that is not of that kind goes on.
func (s *Server) sendMissing(c echo.Context, p *page, key string, cause error) error {
	status := statusOf(cause)
	if status != http.StatusNotFound && status != http.StatusGone {
		return cause
	}
	d := s.newSheet(c, c.Request().URL.EscapedPath())
	d.Title, d.Description, d.Canonical, d.Languages, d.NoIndex = d.Lang.T("doc.notFound"), d.Lang.T(key), "", nil, true
	if status == http.StatusGone {
		d.Title, d.Description = d.Lang.T("doc.gone"), d.Lang.T("error.gone")
	}
	body, err := p.render(c, "missing", d)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, body)
}

func sendDocumentStyle(c echo.Context) error {
	style, err := documentFiles.ReadFile("document/document.css")
	if err != nil {
		return err
	}
	return send(c, "text/css; charset=utf-8", style)
}

// textLanguage tells how HTML names the language and direction of a report's text;
// the code is empty where it is not known, the direction then each browser's to find.
func textLanguage(text string) (code, dir string) {
	code, ok := report.Language(text)
	switch {
	case !ok:
		return "", "auto"
	case code == "ar":
		return code, "rtl"
	}
	return code, "ltr"
}

// rfc3339 is a time as HTML wants it; empty for none.
func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func incidentPath(id string) string { return "/incidents/" + url.PathEscape(id) }
func reportPath(id string) string   { return "/reports/" + url.PathEscape(id) }

// feedPath is the Atom feed of everything.
const feedPath = "/collections/incidents/items?f=georss"

// country is the gazetteer's name of a country, empty for none.
func (s *Server) country(code string) string {
	if code == "" {
		return ""
	}
	return s.countries()[code]
}

// safeURL is an address that may be linked: of http or https, else none.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}

// visibleReport is a report with the incidents that the visitor may see. The names of
// private persons are masked in its title and text, whoever asks, and masked says
// whether there were any.
func (s *Server) visibleReport(c echo.Context, v visitor, id string) (r geo.Report, incidents []geo.Incident, masked bool, err error) {
	ctx := c.Request().Context()
	if r, err = s.Store.Report(ctx, id); err != nil {
		return r, nil, false, err
	}
	all, err := s.Store.IncidentsOf(ctx, id)
	if err != nil {
		return r, nil, false, err
	}
	var named []geo.Named
	for _, i := range all {
		named = append(named, i.Named...)
		if s.maySee(v, &i) && i.Status != geo.Retracted {
			incidents = append(incidents, geo.Redact(i))
		}
	}
	if len(incidents) == 0 && !v.signedIn() {
		return r, nil, false, fmt.Errorf("report %s: %w", id, geo.ErrNotFound)
	}
	text := geo.MaskNames(r.Text, named)
	masked = text != r.Text
	r.Text, r.Title = text, geo.MaskNames(r.Title, named)
	return r, incidents, masked, nil
}
