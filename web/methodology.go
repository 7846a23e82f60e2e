package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/report"
	"dateline/static"

	"github.com/labstack/echo/v4"
)

// methodology is the body of the document that says how things are worked out.
type methodology struct {
	Languages    string
	MaxMiB       int
	WeakBar      float64
	Precisions   []methodPrecision
	Attributions []methodAttribution
	Accuracy     accuracy
	Disputed     string
}

type methodPrecision struct{ Label, Drawn, UCDP, ACLED string }

type methodAttribution struct{ Name, Means string }

// accuracy are the figures of BENCHMARKS.md; accuracy.tsv has them, and a test
// holds it to that document.
type accuracy struct {
	Day  string
	Rows [][]string // collection, figure, aim, measured
}

func readAccuracy() (accuracy, error) {
	data, err := documentFiles.ReadFile("document/accuracy.tsv")
	if err != nil {
		return accuracy{}, err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	a := accuracy{Day: lines[0]}
	for n, line := range lines[1:] {
		row := strings.Split(line, "\t")
		if len(row) != 4 {
			return a, fmt.Errorf("accuracy.tsv, line %d: %d columns, want 4", n+2, len(row))
		}
		a.Rows = append(a.Rows, row)
	}
	return a, nil
}

// languageNames of the languages that reports are read in.
var languageNames = map[string]string{"en": "English", "ar": "Arabic", "uk": "Ukrainian", "fr": "French", "es": "Spanish", "ru": "Russian"}

// means of the attributions in words.
var means = map[geo.Attribution]string{
	geo.Claimed:            "the doer says so itself",
	geo.Accused:            "a named party says that another did it",
	geo.Alleged:            "said by no source that is named",
	geo.Suspected:          "the report’s own hedge: “suspected”, “believed to”",
	geo.Stated:             "the report says so in its own voice",
	geo.AttributionDenied:  "the one who is named denies it",
	geo.AttributionUnknown: "it is not stated on whose word",
}

// getMethodology answers how everything here is worked out, in English.
func (s *Server) getMethodology(c echo.Context) error {
	if err := onlyParams(c, "f", "lang"); err != nil {
		return err
	}
	d := s.newSheet(c, "/methodology")
	d.Lang, d.Languages, d.Type = s.book.Languages[0], nil, "website"
	d.Title, d.Description = "How Dateline works it out", "What is read from a report, how places, tolls and confidence come about, and how often that is right."
	body, err := s.methodology()
	if err != nil {
		return err
	}
	d.Body = body
	return s.sendDocument(c, &page{}, "methodology", d)
}

func (s *Server) methodology() (methodology, error) {
	m := methodology{MaxMiB: geo.MaxReportBytes >> 20, WeakBar: report.WeakBar()}
	var err error
	if m.Accuracy, err = readAccuracy(); err != nil {
		return m, err
	}
	english := s.book.Languages[0]
	var names []string
	for _, code := range report.Languages() {
		names = append(names, languageNames[code])
	}
	m.Languages = english.List(names)
	for _, p := range gazetteer.Precisions {
		row := methodPrecision{english.T("precision." + string(p)), "a mark with its circle", geo.PrecisionCode(geo.SchemeUCDP, p), geo.PrecisionCode(geo.SchemeACLED, p)}
		if p == gazetteer.Area {
			row.Drawn = "a ring with its circle"
		}
		if !p.Pinned() {
			row.Drawn = "a hatched extent, never a point"
		}
		m.Precisions = append(m.Precisions, row)
	}
	for _, a := range geo.Attributions {
		m.Attributions = append(m.Attributions, methodAttribution{string(a), means[a]})
	}
	m.Disputed, err = disputedNames()
	return m, err
}

// disputedNames are the areas that the basemap draws dashed.
func disputedNames() (string, error) {
	data, err := fs.ReadFile(static.Disputed(), "disputed.geojson")
	if err != nil {
		return "", err
	}
	var all struct {
		Features []struct{ Properties struct{ Name string } }
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return "", fmt.Errorf("disputed.geojson: %w", err)
	}
	var names []string
	for _, f := range all.Features {
		names = append(names, f.Properties.Name)
	}
	return strings.Join(names, "; "), nil
}
