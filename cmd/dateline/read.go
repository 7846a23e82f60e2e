package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/ingest"
	"dateline/geo/report"
)

type readCommand struct {
	JSONL bool `help:"Lines of {doc_id, text, published?, title?, country?} in, {doc_id, incidents} out." name:"jsonl"`
	Weak  bool `help:"Print weak drafts too."`
	Why   bool `help:"With --jsonl and --weak: print what each confidence and the choice of its place are made of."`
	reportFlags
}

// Run prints what reports tell and stores nothing.
func (c *readCommand) Run(a *app) error {
	reader, err := a.reader()
	if err != nil {
		return err
	}
	service := &ingest.Service{Reader: reader}
	if c.Why && !(c.JSONL && c.Weak) {
		return usageError{errors.New("--why goes with --jsonl and --weak")}
	}
	if c.JSONL {
		return eachLine(a, func(in readLineIn) (any, error) { return c.readLine(service, in) })
	}
	var incidents []geo.Incident
	failed := c.reports(a, func(r geo.Report) error {
		result, err := service.Preview(r)
		if err != nil {
			return err
		}
		for _, note := range result.Notes {
			fmt.Fprintln(a.stderr, "dateline: note:", note)
		}
		incidents = append(incidents, c.wanted(result.Incidents)...)
		return nil
	})
	if err := format.WriteFull(a.stdout, each(incidents)); err != nil {
		return fmt.Errorf("write GeoJSON: %w", err)
	}
	return failed
}

// readLineIn is a line of read --jsonl.
type readLineIn struct {
	DocID     json.RawMessage `json:"doc_id"`
	Text      string          `json:"text"`
	Published geo.Day         `json:"published"`
	Title     string          `json:"title"`
	Country   string          `json:"country"`
	Home      string          `json:"home"`
}

type readLineOut struct {
	DocID     json.RawMessage `json:"doc_id"`
	Incidents []geo.Incident  `json:"incidents"`

	Why   []map[string]float64 `json:"why,omitempty"`   // of each incident its features
	Sites [][][]report.Weighed `json:"sites,omitempty"` // of each incident, by the words that tell it, the places that were weighed
}

func (c *readCommand) readLine(service *ingest.Service, in readLineIn) (any, error) {
	result, err := service.Preview(geo.Report{
		Text: in.Text, Published: in.Published, Title: in.Title, Country: in.Country, Home: in.Home,
	})
	if err != nil {
		return nil, fmt.Errorf("doc_id %s: %w", in.DocID, err)
	}
	out := readLineOut{DocID: in.DocID, Incidents: c.wanted(result.Incidents)}
	if c.Why {
		out.Why, out.Sites = result.Why, result.Sites()
	}
	return out, nil
}

// wanted leaves weak drafts out unless --weak asks for them.
func (c *readCommand) wanted(all []geo.Incident) []geo.Incident {
	kept := []geo.Incident{}
	for _, i := range all {
		if c.Weak || !i.Weak {
			kept = append(kept, i)
		}
	}
	return kept
}

// each makes a stream of a slice.
func each(incidents []geo.Incident) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		for _, i := range incidents {
			if !yield(i, nil) {
				return
			}
		}
	}
}
