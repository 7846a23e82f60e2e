// Package report reads the text of a report into draft incidents: what
// happened, when, where, to whom, and on whose word, each value with the span
// of text that says so. The words of a language are tables of geo/lexicon;
// this package is the grammar that uses them.
//
// A report is read in one pass over its sentences. Each trigger in context is
// a telling; tellings of one event are joined (see join.go); an event's day,
// place, toll and actors are drawn from all its tellings.
package report

import (
	"cmp"
	"strings"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// Version of the reader, kept in Incident.Reader.
const Version = "report/4"

// weakBar is the confidence below which a draft is flagged Weak.
const weakBar = 0.3

// Days are reckoned from the day of publication by up to a thousand years: it
// lies where all of them can be written.
const firstDay, lastDay geo.Day = "1500-01-01", "9000-01-01"

// Parser finds the places of a text; *geoparse.Parser is one.
type Parser interface {
	Parse(geoparse.Document) []geoparse.Mention
}

// Reader reads reports. It is safe for concurrent use.
type Reader struct {
	parser   Parser
	language *lexicon.Language
	others   map[string]*Reader // of other languages, by code
}

// Several makes a reader that takes each report to the reader of its language;
// from what is in none of them nothing is read, and a note says so.
func Several(first *Reader, more ...*Reader) *Reader {
	all := *first
	all.others = map[string]*Reader{}
	for _, r := range more {
		all.others[r.language.Code] = r
	}
	return &all
}

// New makes a reader of reports in a language.
func New(p Parser, l *lexicon.Language) *Reader {
	return &Reader{parser: p, language: l}
}

// Reading is what a report tells.
type Reading struct {
	Incidents []geo.Incident       // drafts in the order of their triggers, weak ones flagged Weak
	Why       []map[string]float64 // of each incident what its confidence is made of, by feature
	Sites     func() [][][]Weighed // of each incident, by the words that tell it, the mentions that were weighed as its place
	Mentions  []geoparse.Mention   // every place name found
	Notes     []string             // what could not be read and why, for a person
}

// Read reads a report. The same report gives the same drafts. The error is an
// ErrInvalid or ErrTooLarge of geo where the text is none that can be read.
func (r *Reader) Read(rep geo.Report) (Reading, error) {
	if err := geo.CheckText(rep.Text); err != nil {
		return Reading{}, err
	}
	if rep.Published != "" {
		if _, err := geo.ParseDay(string(rep.Published)); err != nil {
			return Reading{}, err
		}
	}
	if rep.Published != "" && (rep.Published < firstDay || rep.Published > lastDay) {
		return Reading{}, geo.Invalid("published", "%q: want a day from %s to %s, from which other days can be reckoned", rep.Published, firstDay, lastDay)
	}
	if rep.ID == "" {
		rep.ID = geo.ReportID(rep.Text)
	}
	rep.Version = max(rep.Version, 1)
	if r.others != nil {
		code, ok := lexicon.Detect(rep.Text)
		if other := r.others[code]; ok && other != nil {
			return other.Read(rep)
		}
		if !ok {
			note := "not supported: the text is in none of the languages that are read (" + strings.Join(lexicon.Codes(), ", ") + "); nothing was read from it"
			return Reading{Incidents: []geo.Incident{}, Notes: []string{note}}, nil
		}
	}
	return r.read(rep), nil
}

// read reads a checked report in the reader's own language.
func (r *Reader) read(rep geo.Report) Reading {
	mentions := r.parser.Parse(geoparse.Document{Text: rep.Text, Country: cmp.Or(rep.Country, r.language.Country), Home: rep.Home})
	d := newDoc(rep, r.language, mentions)
	events := d.join(d.tellings())
	d.date(events)
	events = d.fold(events)
	incidents, told := d.drafts(events)
	return Reading{Incidents: incidents, Why: d.why, Sites: func() [][][]Weighed { return d.weighed(told) }, Mentions: mentions, Notes: d.notes}
}
