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

	NewVersion bool // the text is a new version of a report that was there
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
	set := shingles(r.Text)
	keys := keysOf(set)
	if result, err = s.asVersion(ctx, result, set, keys); err != nil {
		return Result{}, err
	}
	if by.Status != "" {
		for k := range result.Incidents {
			result.Incidents[k].Status = by.Status
		}
	}
	added, err := s.Store.Add(ctx, geo.Submission{
		Report: result.Report, Incidents: result.Incidents, By: by.Name, Why: by.Why, Keys: keys,
	})
	if err != nil {
		return Result{}, fmt.Errorf("keep report %s: %w", result.Report.ID, err)
	}
	result.Report, result.Incidents, result.Existing = added.Report, added.Incidents, added.Existing
	return result, nil
}

// asVersion is a reading as that of a new version, where the text is one of a
// report that is there: read under its id, what it told before under the ids
// that it had.
func (s *Service) asVersion(ctx context.Context, result Result, set map[uint64]bool, keys []int64) (Result, error) {
	lister, can := s.Store.(geo.ReportLister)
	if !can {
		return result, nil
	}
	before, ok, err := s.earlier(ctx, result.Report, set, keys)
	if err != nil || !ok || before.SHA256 == result.Report.SHA256 {
		return result, err
	}
	result.Report.ID = before.ID
	if result.Reading, err = s.Reader.Read(result.Report); err != nil {
		return Result{}, fmt.Errorf("read report: %w", err)
	}
	told, err := lister.IncidentsOf(ctx, before.ID)
	if err != nil {
		return Result{}, fmt.Errorf("incidents of report %s: %w", before.ID, err)
	}
	sameIDs(result.Incidents, told)
	result.NewVersion = true
	return result, nil
}
