package web

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// incidentDocument is the body of an incident's document.
type incidentDocument struct {
	Color, Group, Status string
	Lead                 string
	Rows                 []documentRow
	Reports              []documentReport
	Origin               string
}

type documentRow struct {
	ID, Label string
	Values    []documentValue
	Claims    []documentValue
}

// documentValue is a value in words, how far it holds, and the words it was read from.
type documentValue struct {
	Main, Sub string
	None      bool
	Quotes    []documentQuote
}

type documentQuote struct{ Text, Href string }

type documentSource struct{ Line, URL, Open, Page, PageLabel string }

type documentReport struct {
	Source documentSource
	Title  string
	Text   *markedText
	Veil   string // what stands before a text that is behind a click; empty where it is open
	Long   string // where the text is read that does not stand here
	Masked bool
}

// sendIncidentDocument answers an incident for people. Private persons are left
// out whoever asks: such a page is printed and passed on.
func (s *Server) sendIncidentDocument(c echo.Context, p *page) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	i, err := s.visible(c, v, c.Param("id"))
	if err != nil {
		return s.sendMissing(c, p, "error.notFound", err)
	}
	i = geo.Redact(i)
	d := s.newSheet(c, incidentPath(i.ID))
	b := &incidentBody{server: s, sheet: &d, incident: &i}
	b.meta(s.base(c))
	body := b.body()
	room := math.MaxInt
	if !p.asksDocument(c) {
		room = maxShellText
	}
	if body.Reports, err = b.reports(c, v, room); err != nil {
		return err
	}
	d.Body = body
	return s.sendDocument(c, p, "incident", d)
}

// incidentBody makes the document of one incident.
type incidentBody struct {
	server   *Server
	sheet    *sheet
	incident *geo.Incident
}

// meta is what stands in the head.
func (b *incidentBody) meta(base string) {
	d, i := b.sheet, b.incident
	path := incidentPath(i.ID)
	d.Title = d.Lang.Title(i)
	d.Description = b.lead()
	d.App, d.JSON = d.inLanguage(path), base+path+"?f=json"
	d.ImagePath = d.inLanguage(path + "/preview.png")
	d.Image, d.ImageAlt = base+d.ImagePath, d.Lang.T("doc.mapOf", "title", d.Title)
	d.Modified = rfc3339(i.Updated)
	d.NoIndex = i.Status != geo.Published
	if len(i.Reports) > 0 {
		d.Published = string(i.Reports[0].Published)
	}
}

// lead says in two lines what, when, where and the toll.
func (b *incidentBody) lead() string {
	l, i := b.sheet.Lang, b.incident
	parts := []string{l.Type(i.Type), l.When(i.When), l.WhereShort(i)}
	if w, ok := i.Where(); ok {
		parts[2] = l.Place(w, b.server.country(w.Country))
		if near := l.Near(w); near != "" {
			parts[2] += ", " + lower(near)
		}
	}
	toll := l.Tolls(i)
	if by := l.SaidBy(slices.DeleteFunc(slices.Clone(i.Claims), func(c geo.Claim) bool { return !i.Tolls.Of(c.Measure).Stated() })); toll != "" && by != "" {
		toll += ", " + by
	}
	if toll != "" {
		parts = append(parts, toll)
	}
	if i.Modality != "" && i.Modality != geo.Asserted {
		parts = append(parts, l.T("modality."+string(i.Modality)))
	}
	return sentences(parts)
}

// sentences puts a full stop behind each part that has none.
func sentences(parts []string) string {
	var b strings.Builder
	for k, p := range parts {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p)
		if !strings.HasSuffix(p, ".") {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// lower is a text whose first letter is small, unless the word is all capitals.
func lower(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return strings.ToLower(text[:n]) + text[n:]
}

func (b *incidentBody) body() incidentDocument {
	l, i := b.sheet.Lang, b.incident
	body := incidentDocument{Lead: b.sheet.Description, Color: "#777777", Group: l.T("type.unknown")}
	if g, ok := geo.GroupByCode(i.Group()); ok {
		body.Color, body.Group = g.Color, l.Group(g.Code)
	}
	if i.Status != geo.Published {
		body.Status = l.T("status." + string(i.Status) + ".long")
	}
	if i.Origin != "" {
		body.Origin = l.T("doc.imported", "name", i.Origin)
	}
	body.Rows = append(body.Rows, b.what(), b.when())
	body.Rows = append(body.Rows, b.places()...)
	body.Rows = append(body.Rows, b.toll(), b.who())
	if len(i.Named) > 0 {
		body.Rows = append(body.Rows, b.named())
	}
	body.Rows = append(body.Rows, b.sure())
	return body
}

// quotes of the values at or under some pointers, each text once, three at most.
func (b *incidentBody) quotes(pointers ...string) []documentQuote {
	var all []documentQuote
	if b.incident.Veiled() {
		return nil
	}
	for _, q := range b.incident.Quotes {
		text := strings.Join(strings.Fields(q.Text), " ")
		if len(all) == 3 || slices.ContainsFunc(all, func(o documentQuote) bool { return o.Text == text }) ||
			!slices.ContainsFunc(pointers, func(p string) bool { return under(q.Field, p) }) {
			continue
		}
		all = append(all, documentQuote{strings.Trim(text, "“”\"‘’«»"), "#" + wordsID(b.prefix(q.Report), q.Start)})
	}
	return all
}

// prefix of the words of a report in the page.
func (b *incidentBody) prefix(report string) string {
	k := slices.IndexFunc(b.incident.Reports, func(r geo.ReportRef) bool { return r.ID == report })
	return fmt.Sprintf("w%d", k+1)
}

func (b *incidentBody) what() documentRow {
	l, i := b.sheet.Lang, b.incident
	odd := ""
	if i.Modality != "" && i.Modality != geo.Asserted {
		odd = l.T("modality." + string(i.Modality))
	}
	return documentRow{ID: "what", Label: l.T("panel.what"), Values: []documentValue{{Main: l.Type(i.Type), Sub: odd, Quotes: b.quotes("/type", "/title", "/modality")}}}
}

func (b *incidentBody) when() documentRow {
	l, w := b.sheet.Lang, b.incident.When
	value := documentValue{Main: l.WhenTimed(w), None: w.Start == "" && w.End == "", Quotes: b.quotes("/start", "/end", "/date_precision", "/time_text")}
	if w.Precision != "" && !value.None {
		value.Sub = l.T("datePrecision." + string(w.Precision))
	}
	return documentRow{ID: "when", Label: l.T("panel.when"), Values: []documentValue{value}}
}

// places are the row of the sites, and one of the other places where there are any.
func (b *incidentBody) places() []documentRow {
	l := b.sheet.Lang
	where := documentRow{ID: "where", Label: l.T("panel.where")}
	others := documentRow{ID: "others", Label: l.T("panel.otherPlaces")}
	for k, p := range b.incident.Places {
		sub := l.T("precision.none")
		if p.Precision != "" && (p.Located() || !p.Precision.Pinned()) {
			sub = l.Near(p)
		}
		if p.Role != geo.RoleSite {
			sub = l.T("placeRole."+string(p.Role)) + " · " + sub
		}
		if p.NotFound != "" {
			sub += " · " + l.T("panel.notFoundPart", "part", p.NotFound)
		}
		value := documentValue{Main: l.Place(p, b.server.country(p.Country)), Sub: sub, Quotes: b.quotes(fmt.Sprintf("/places/%d", k))}
		if p.Role == geo.RoleSite {
			where.Values = append(where.Values, value)
		} else {
			others.Values = append(others.Values, value)
		}
	}
	if len(where.Values) == 0 {
		where.Values = []documentValue{{Main: l.T("where.none"), None: true, Quotes: b.quotes("/place")}}
	}
	if len(others.Values) == 0 {
		return []documentRow{where}
	}
	return []documentRow{where, others}
}

// toll has each measure that is stated, then every claim with who says so.
func (b *incidentBody) toll() documentRow {
	l, i := b.sheet.Lang, b.incident
	row := documentRow{ID: "toll", Label: l.T("panel.toll")}
	add := func(main string, claims []geo.Claim, pointers ...string) {
		if main != "" {
			row.Values = append(row.Values, documentValue{Main: main, Sub: l.SaidBy(claims), Quotes: b.quotes(pointers...)})
		}
	}
	for _, m := range geo.Measures {
		var own []geo.Claim
		pointers := []string{"/" + string(m)}
		for k, c := range i.Claims {
			if c.Measure == m {
				own, pointers = append(own, c), append(pointers, fmt.Sprintf("/claims/%d", k))
			}
		}
		add(l.Toll(m, *i.Tolls.Of(m)), own, pointers...)
	}
	if n := l.Range(i.Count); n != "" {
		add(l.T("toll.count", "r", n), nil, "/count")
	}
	if len(row.Values) == 0 {
		row.Values = []documentValue{{Main: l.T("notStated"), None: true}}
	}
	for _, c := range i.Claims {
		value := documentValue{Main: l.Claim(c)}
		k := slices.IndexFunc(i.Reports, func(r geo.ReportRef) bool { return r.ID == c.Report })
		if k >= 0 {
			ref := i.Reports[k]
			if len(i.Reports) > 1 && ref.Publisher != "" {
				value.Main += " (" + ref.Publisher + ")"
			}
			if c.End > c.Start {
				value.Quotes = b.claimQuote(c)
			}
		}
		row.Claims = append(row.Claims, value)
	}
	return row
}

// claimQuote is the quote that stands where a claim was read.
func (b *incidentBody) claimQuote(c geo.Claim) []documentQuote {
	for _, q := range b.incident.Quotes {
		if !b.incident.Veiled() && q.Report == c.Report && q.Start <= c.Start && q.End >= c.End {
			return []documentQuote{{strings.Join(strings.Fields(q.Text), " "), "#" + wordsID(b.prefix(q.Report), q.Start)}}
		}
	}
	return nil
}

func (b *incidentBody) who() documentRow {
	l := b.sheet.Lang
	row := documentRow{ID: "who", Label: l.T("panel.actors")}
	for k, a := range b.incident.Actors {
		sub := l.T("role." + a.Role)
		if on := l.Attribution(a); on != "" {
			sub += ", " + on
		}
		row.Values = append(row.Values, documentValue{Main: a.Name, Sub: sub, Quotes: b.quotes(fmt.Sprintf("/actors/%d", k))})
	}
	if len(row.Values) == 0 {
		row.Values = []documentValue{{Main: l.T("notStated"), None: true}}
	}
	return row
}

func (b *incidentBody) named() documentRow {
	l := b.sheet.Lang
	row := documentRow{ID: "named", Label: l.T("panel.named")}
	for k, n := range b.incident.Named {
		sub := n.Role
		if n.Fate != "" {
			sub = strings.TrimPrefix(sub+", "+l.Fate(n.Fate), ", ")
		}
		row.Values = append(row.Values, documentValue{Main: n.Name, Sub: sub, Quotes: b.quotes(fmt.Sprintf("/named/%d", k))})
	}
	return row
}

// editorial are the fields whose change corrects nothing that was read.
var editorial = []string{"status", "tags", "quotes"}

// sure says how the incident came about and which revision this is.
func (b *incidentBody) sure() documentRow {
	l, i := b.sheet.Lang, b.incident
	row := documentRow{ID: "sure", Label: l.T("doc.sure")}
	add := func(main string) { row.Values = append(row.Values, documentValue{Main: main}) }
	if i.Reader != "" {
		if i.Confidence > 0 {
			add(l.T("panel.readBy", "c", fmt.Sprintf("%.2f", i.Confidence)))
		} else {
			add(l.T("panel.readByPlain"))
		}
	}
	edited := slices.DeleteFunc(slices.Clone(i.Edited), func(f string) bool { return slices.Contains(editorial, f) })
	if len(edited) > 0 {
		add(l.T("panel.editedBy", "fields", strings.ReplaceAll(strings.Join(edited, ", "), "_", " ")))
	}
	if i.Origin != "" {
		add(l.T("doc.imported", "name", i.Origin))
	}
	if i.Status != geo.Published {
		add(l.T("status." + string(i.Status) + ".long"))
	}
	add(l.T("doc.revision", "n", fmt.Sprint(i.Revision), "day", l.Day(geo.DayOf(i.Updated.UTC()))))
	return row
}

// reports of the incident with their texts, as long as those are at most room
// bytes in all.
func (b *incidentBody) reports(c echo.Context, v visitor, room int) ([]documentReport, error) {
	var all []documentReport
	for _, ref := range b.incident.Reports {
		r, _, masked, err := b.server.visibleReport(c, v, ref.ID)
		if statusOf(err) == 404 {
			all = append(all, documentReport{Source: b.sheet.source(ref, "")})
			continue
		}
		if err != nil {
			return nil, err
		}
		one := documentReport{Source: b.sheet.source(r.Ref(), reportPath(ref.ID)), Title: r.Title, Masked: masked, Veil: b.sheet.veil(b.incident)}
		if room -= len(r.Text); room < 0 {
			one.Long = b.sheet.inHTML(reportPath(ref.ID))
		} else {
			one.Text = markText(r.Text, b.prefix(ref.ID), b.marks(r))
		}
		all = append(all, one)
	}
	return all, nil
}

// marks are the words of a report that the incident's values were read from.
func (b *incidentBody) marks(r geo.Report) []wordsMark {
	var marks []wordsMark
	for _, q := range b.incident.Quotes {
		if q.Report == r.ID && q.Version == r.Version {
			marks = append(marks, wordsMark{q.Start, q.End, "#" + fieldRow(q.Field)})
		}
	}
	return marks
}
