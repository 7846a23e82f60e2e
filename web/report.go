package web

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/document"
	"dateline/geo/ingest"

	"github.com/labstack/echo/v4"
)

// maxReadings bounds the reports that are read at the same time.
const maxReadings = 4

// reportBody is a report as a person sends it.
type reportBody struct {
	Title     string  `json:"title"`
	Author    string  `json:"author"`
	Publisher string  `json:"publisher"`
	URL       string  `json:"url"`
	Published geo.Day `json:"published"`
	Country   string  `json:"country"`
	Home      string  `json:"home"`
	Text      string  `json:"text"`
}

// reportAnswer is a report with what was read from it.
type reportAnswer struct {
	Report    geo.Report     `json:"report"`
	Incidents []geo.Incident `json:"incidents"`
	Mentions  []mention      `json:"mentions,omitempty"`
	Notes     []string       `json:"notes,omitempty"`
	Existing  bool           `json:"existing"`
}

// mention is a place name in the report's text; offsets are Unicode code points.
type mention struct {
	geoparse.Span
	Text        string        `json:"text"`
	Kind        geoparse.Kind `json:"kind"`
	Locative    string        `json:"locative,omitempty"`
	Name        string        `json:"name,omitempty"`
	PlaceID     string        `json:"place_id,omitempty"`
	Lon         *float64      `json:"lon,omitempty"`
	Lat         *float64      `json:"lat,omitempty"`
	RadiusM     float64       `json:"radius_m,omitempty"`
	Precision   string        `json:"precision,omitempty"`
	Confidence  float64       `json:"confidence,omitempty"`
	Approximate bool          `json:"approximate,omitempty"`
}

func mentionsOf(all []geoparse.Mention) []mention {
	out := make([]mention, 0, len(all))
	for _, m := range all {
		one := mention{Span: m.Span, Text: m.Text, Kind: m.Kind, Locative: m.Locative}
		if l := m.Location; l != nil {
			lon, lat := l.Point.Lon(), l.Point.Lat()
			one.Lon, one.Lat, one.RadiusM, one.Precision = &lon, &lat, l.RadiusM, string(l.Precision)
			one.Name, one.PlaceID, one.Confidence = l.Place.Name, l.Place.ID, l.Confidence
			one.Approximate = l.Place.Approximate()
		}
		out = append(out, one)
	}
	return out
}

// postReport reads a report and keeps it; with ?preview it keeps nothing.
func (s *Server) postReport(c echo.Context) error {
	_, preview := c.QueryParams()["preview"]
	v, err := s.reportVisitor(c, preview)
	if err != nil {
		return err
	}
	report, err := reportOf(c)
	if err != nil {
		return err
	}
	select {
	case s.readings <- struct{}{}:
		defer func() { <-s.readings }()
	case <-c.Request().Context().Done():
		return c.Request().Context().Err()
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if preview {
		result, err := s.Ingest.Preview(report)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, answerOf(result))
	}
	result, err := s.Ingest.Add(c.Request().Context(), report, ingest.By{Name: v.name, Why: "added a report"})
	if err != nil {
		return err
	}
	s.hub.changed()
	c.Response().Header().Set("Location", s.base(c)+"/reports/"+result.Report.ID)
	status := http.StatusCreated
	if result.Existing {
		status = http.StatusOK
	}
	return c.JSON(status, answerOf(result))
}

// reportOf reads the report of a request: JSON with a text, or a file of the
// formats of package document (a page, a mail, Markdown, plain text) as it is;
// a feed must have one item.
func reportOf(c echo.Context) (geo.Report, error) {
	media := c.Request().Header.Get("Content-Type")
	if !fileMedia(media) {
		var body reportBody
		if err := decode(c, &body); err != nil {
			return geo.Report{}, err
		}
		return geo.Report{Title: body.Title, Author: body.Author, Publisher: body.Publisher, URL: body.URL, Published: body.Published,
			Country: body.Country, Home: body.Home, Text: body.Text}, nil
	}
	reports, err := document.Read("body", media, c.Request().Body)
	if err != nil {
		return geo.Report{}, err
	}
	if len(reports) != 1 {
		return geo.Report{}, geo.Invalid("body", "the feed has %d items; send them one by one, or add the file with dateline add", len(reports))
	}
	return reports[0], nil
}

// fileMedia reports whether a media type is one of those of package document.
func fileMedia(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(document.Formats, func(f document.Format) bool { return slices.Contains(f.MediaTypes, media) })
}

func (s *Server) reportVisitor(c echo.Context, preview bool) (visitor, error) {
	if !preview {
		return s.writer(c)
	}
	v, err := s.visitor(c)
	if err != nil {
		return v, err
	}
	may, err := s.mayPreview(c, v)
	if err != nil {
		return v, err
	}
	if !may {
		return v, errSignIn
	}
	return v, s.sameSite(c)
}

func answerOf(r ingest.Result) reportAnswer {
	return reportAnswer{Report: r.Report, Incidents: r.Incidents, Mentions: mentionsOf(r.Mentions), Notes: r.Notes, Existing: r.Existing}
}

// getReport answers the page for people, or a report with the incidents that
// the visitor may see. A report of which no incident is open stays closed; in
// the text of an open one the names of private persons are masked.
func (s *Server) getReport(page *page) echo.HandlerFunc {
	return func(c echo.Context) error {
		if wantsHTML(c) {
			return s.sendReportDocument(c, page)
		}
		v, err := s.visitor(c)
		if err != nil {
			return err
		}
		answer, err := s.openReport(c, v)
		if err != nil {
			return err
		}
		return sendJSON(c, echo.MIMEApplicationJSON, answer)
	}
}

func (s *Server) openReport(c echo.Context, v visitor) (reportAnswer, error) {
	ctx, id := c.Request().Context(), c.Param("id")
	report, err := s.Store.Report(ctx, id)
	if err != nil {
		return reportAnswer{}, err
	}
	all, err := s.Store.IncidentsOf(ctx, id)
	if err != nil {
		return reportAnswer{}, err
	}
	answer := reportAnswer{Report: report, Incidents: []geo.Incident{}}
	var named []geo.Named
	for _, i := range all {
		named = append(named, i.Named...)
		if i.MergedInto == "" && s.maySee(v, &i) {
			answer.Incidents = append(answer.Incidents, shown(v, i))
		}
	}
	if v.signedIn() && !v.veils {
		return answer, nil
	}
	if len(answer.Incidents) == 0 && !v.signedIn() {
		return answer, fmt.Errorf("report %s: %w", id, geo.ErrNotFound)
	}
	answer.Report.Text = geo.MaskNames(report.Text, slices.Clip(named))
	answer.Report.Title = geo.MaskNames(report.Title, named)
	return answer, nil
}

// getReports lists the reports, newest first and without their texts, to who is signed in.
func (s *Server) getReports(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if !v.signedIn() {
		return errSignIn
	}
	limit := 100
	if text := c.QueryParam("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 1000 {
			return geo.Invalid("limit", "%q is not a number from 1 to 1000", text)
		}
	}
	reports := []geo.Report{}
	for r, err := range s.Store.Reports(c.Request().Context(), limit, c.QueryParam("after")) {
		if err != nil {
			return err
		}
		r.Text = ""
		reports = append(reports, r)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, reports)
}
