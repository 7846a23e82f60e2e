package web

import (
	"slices"
	"strconv"

	"dateline/geo"
)

// markedText is a report's text cut where its marked words begin and end.
type markedText struct {
	Lang, Dir string
	Pieces    []textPiece
}

// textPiece is plain where it has no Href; a marked one leads to its value.
type textPiece struct{ Text, ID, Href string }

// wordsMark is a marked span, in code points, and where it leads.
type wordsMark struct {
	start, end int
	href       string
}

// markText cuts a text; where marks overlap the one that begins first, and of
// those the longest, leads. prefix tells the words of several texts of a page
// apart: the words that begin at code point 12 have the id prefix-12.
func markText(text, prefix string, marks []wordsMark) *markedText {
	t := &markedText{}
	t.Lang, t.Dir = textLanguage(text)
	runes := []rune(text)
	marks = slices.DeleteFunc(slices.Clone(marks), func(m wordsMark) bool { return m.start < 0 || m.end > len(runes) || m.start >= m.end })
	slices.SortStableFunc(marks, func(a, b wordsMark) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	cuts := []int{0, len(runes)}
	for _, m := range marks {
		cuts = append(cuts, m.start, m.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	first := map[int]bool{} // starts that an id was given for
	for k := 1; k < len(cuts); k++ {
		from, to := cuts[k-1], cuts[k]
		piece := textPiece{Text: string(runes[from:to])}
		if m := slices.IndexFunc(marks, func(m wordsMark) bool { return m.start <= from && m.end >= to }); m >= 0 {
			piece.Href = marks[m].href
			if begins := slices.ContainsFunc(marks, func(m wordsMark) bool { return m.start == from }); begins && !first[from] {
				first[from] = true
				piece.ID = wordsID(prefix, from)
			}
		}
		t.Pieces = append(t.Pieces, piece)
	}
	return t
}

func wordsID(prefix string, start int) string { return prefix + "-" + strconv.Itoa(start) }

// fieldRow tells in which row of an incident's document a value stands.
func fieldRow(field string) string {
	for _, row := range documentRows {
		for _, pointer := range row.pointers {
			if under(field, pointer) {
				return row.id
			}
		}
	}
	return "what"
}

// under reports whether a JSON pointer is another one or under it.
func under(field, pointer string) bool {
	return field == pointer || len(field) > len(pointer) && field[:len(pointer)] == pointer && (field[len(pointer)] == '/' || field[len(pointer)] == '_')
}

// documentRows are the rows that values are read for, with the pointers of the
// values in each; what is not listed stands under the first.
var documentRows = []struct {
	id       string
	pointers []string
}{
	{"when", []string{"/start", "/end", "/date_precision", "/time_text"}},
	{"where", []string{"/place", "/places", "/lat", "/lon", "/country", "/admin1", "/locative"}},
	{"toll", append(measurePointers(), "/claims", "/count")},
	{"who", []string{"/actors"}},
	{"named", []string{"/named"}},
}

func measurePointers() []string {
	all := make([]string, len(geo.Measures))
	for k, m := range geo.Measures {
		all[k] = "/" + string(m)
	}
	return all
}

// source of a report: publisher and day, and where it is read.
func (d *sheet) source(ref geo.ReportRef, page string) documentSource {
	l := d.Lang
	publisher := ref.Publisher
	if publisher == "" {
		publisher = l.T("panel.unknownPublisher")
	}
	one := documentSource{Line: l.T("panel.publishedNoDay", "publisher", publisher), URL: safeURL(ref.URL), Open: l.T("panel.openAtPlain")}
	if ref.Published != "" {
		one.Line = l.T("panel.published", "publisher", publisher, "day", l.Day(ref.Published))
	}
	if ref.Publisher != "" {
		one.Open = l.T("panel.openAt", "publisher", ref.Publisher)
	}
	if page != "" {
		one.Page, one.PageLabel = d.inHTML(page), l.T("panel.reportPage")
	}
	return one
}

// inHTML is the address of another document in the same language.
func (d *sheet) inHTML(path string) string {
	path += "?f=html"
	if d.Lang.Code != "en" {
		path += "&lang=" + d.Lang.Code
	}
	return path
}

// veil is what stands before the texts of an incident that are behind a click.
func (d *sheet) veil(i *geo.Incident) string {
	for _, tag := range geo.VeiledTags {
		if slices.Contains(i.Tags, tag) {
			return d.Lang.T("veil." + tag)
		}
	}
	return ""
}
