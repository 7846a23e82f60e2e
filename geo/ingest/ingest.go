// Package ingest brings reports into a store: it checks a report, has it read,
// recognises what is there already and keeps the rest in one transaction.
package ingest

import (
	"context"
	"fmt"

	"dateline/geo"
	"dateline/geo/report"
)

// Reader reads a report into draft incidents.
type Reader interface {
	Read(geo.Report) (report.Reading, error)
}

// Service ties a reader to a store. Its methods may be called from many goroutines.
type Service struct {
	Store  geo.Store
	Reader Reader
}

// Result is a report as it was kept, or would be, with all that was read.
type Result struct {
	report.Reading
	Report   geo.Report
	Existing bool // the text was there already: Incidents are those of the store
}

// By says who adds a report and in what status its incidents start.
type By struct {
	Name   string
	Why    string
	Status geo.Status // Draft where empty
}

// Preview reads a report and keeps nothing. Errors are those of geo.Report.Check.
func (s *Service) Preview(r geo.Report) (Result, error) {
	if err := r.Check(); err != nil {
		return Result{}, err
	}
	r.ID, r.Version, r.SHA256 = geo.ReportID(r.Text), 1, geo.TextSHA256(r.Text)
	reading, err := s.Reader.Read(r)
	if err != nil {
		return Result{}, fmt.Errorf("read report: %w", err)
	}
	return Result{Reading: reading, Report: r}, nil
}

// Add reads a report and keeps it with the incidents that it tells. The same
// text again keeps nothing and gives what is there, Existing set.
func (s *Service) Add(ctx context.Context, r geo.Report, by By) (Result, error) {
	result, err := s.Preview(r)
	if err != nil {
		return Result{}, err
	}
	if by.Status != "" {
		for k := range result.Incidents {
			result.Incidents[k].Status = by.Status
		}
	}
	added, err := s.Store.Add(ctx, geo.Submission{
		Report: result.Report, Incidents: result.Incidents, By: by.Name, Why: by.Why,
	})
	if err != nil {
		return Result{}, fmt.Errorf("keep report %s: %w", result.Report.ID, err)
	}
	result.Report, result.Incidents, result.Existing = added.Report, added.Incidents, added.Existing
	return result, nil
}
