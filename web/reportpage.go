package web

import (
	"cmp"
	"math"
	"strings"

	"dateline/geo"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
)

// reportDocument is the body of a report's document.
type reportDocument struct {
	documentReport
	Incidents []documentIncident
}

type documentIncident struct{ ID, Href, Title, Sub string }

// sendReportDocument answers a report for people, with what it tells. A report of
// which no incident is open stays closed to who is not signed in.
func (s *Server) sendReportDocument(c echo.Context, p *page) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	r, incidents, masked, err := s.visibleReport(c, v, c.Param("id"))
	if err != nil {
		return s.sendMissing(c, p, "error.reportNotFound", err)
	}
	d := s.newSheet(c, reportPath(r.ID))
	l := d.Lang
	if d.Title = r.Title; d.Title == "" {
		d.Title = l.T("report.label")
	}
	d.App, d.JSON = d.inLanguage(reportPath(r.ID)), s.base(c)+reportPath(r.ID)+"?f=json"
	d.Published = string(r.Published)
	body := reportDocument{documentReport: documentReport{Source: d.source(r.Ref(), ""), Masked: masked}}
	if r.Author != "" {
		body.Source.Line = r.Author + " · " + body.Source.Line
	}
	var marks []wordsMark
	parts := []string{body.Source.Line}
	published := false
	for k := range incidents {
		i := &incidents[k]
		published = published || i.Status == geo.Published
		body.Veil = cmp.Or(body.Veil, d.veil(i))
		parts = append(parts, l.Title(i))
		body.Incidents = append(body.Incidents, documentIncident{i.ID, d.inHTML(incidentPath(i.ID)), l.Title(i), lineOf(l, i)})
		for _, q := range i.Quotes {
			if q.Report == r.ID && q.Version == r.Version {
				marks = append(marks, wordsMark{q.Start, q.End, "#i-" + i.ID})
			}
		}
	}
	d.NoIndex = !published
	d.Description = sentences(parts)
	room := math.MaxInt
	if !p.asksDocument(c) {
		room = maxShellText
	}
	if len(r.Text) > room {
		body.Long = d.inHTML(reportPath(r.ID))
	} else {
		body.Text = markText(r.Text, "w1", marks)
	}
	d.Body = body
	return s.sendDocument(c, p, "report", d)
}

// lineOf an incident: when, where, how many.
func lineOf(l *words.Language, i *geo.Incident) string {
	parts := []string{l.When(i.When), l.WhereShort(i)}
	if toll := l.Tolls(i); toll != "" {
		parts = append(parts, toll)
	}
	return strings.Join(parts, " · ")
}
