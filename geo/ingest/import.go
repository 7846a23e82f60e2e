package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/table"
)

// batch is how many rows are kept in one transaction.
const batch = 20_000

// Locator finds what a phrase means as a place; *geoparse.Parser is one.
type Locator interface {
	Locate(phrase, country string) []geoparse.Answer
}

// Reject is a row that was not taken, and why.
type Reject struct {
	Row table.Row
	Err error
}

// ImportOptions of an import.
type ImportOptions struct {
	Origin  string                   // names the data set where its columns do not
	Status  geo.Status               // of new incidents; where empty reviewed, or as an export of ours says
	Locator Locator                  // for rows without coordinates; nil leaves them unlocated
	DryRun  bool                     // keep nothing
	By      By                       //
	Reject  func(Reject) error       // called for each row that is not taken
	Done    func(Progress)           // called each second and for each batch that is kept; may be nil
	Each    func(geo.Incident) error // called for each incident, also of a dry run; may be nil
}

// ImportResult counts what became of the rows.
type ImportResult struct {
	Rows, Rejected, Located, Unlocated int
	geo.Imported
}

// Import makes incidents of a table's rows and keeps them, batch by batch: an
// import that was broken off goes on where it is started again, since rows that
// are there already change nothing. A row that can't be taken is rejected and
// the rest go on. While a batch is kept the next one is read.
func (s *Service) Import(ctx context.Context, rows iter.Seq2[table.Row, error], m table.Mapping, o ImportOptions) (ImportResult, error) {
	store, can := s.Store.(geo.Importer)
	if !can && !o.DryRun {
		return ImportResult{}, fmt.Errorf("the store takes no imports")
	}
	u := underway{keep: func(incidents []geo.Incident) (geo.Imported, error) {
		if o.DryRun {
			return geo.Imported{}, nil
		}
		return store.Import(ctx, incidents, o.By.Name, o.By.Why)
	}, progress: newTeller(o.Done)}
	err := s.each(ctx, rows, m, o, &u)
	return u.result, errors.Join(err, u.wait())
}

// each makes an incident of each row.
func (s *Service) each(ctx context.Context, rows iter.Seq2[table.Row, error], m table.Mapping, o ImportOptions, u *underway) error {
	places, countries := map[string]*geo.Site{}, countryCodes{o.Locator, map[string]string{}}
	for row, err := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		u.result.Rows++
		u.progress.read()
		var i geo.Incident
		if err == nil {
			i, err = m.Incident(row, o.Origin)
		}
		if err != nil {
			u.result.Rejected++
			if o.Reject != nil {
				if err := o.Reject(Reject{row, err}); err != nil {
					return err
				}
			}
			continue
		}
		if o.Status != "" {
			i.Status = o.Status
		}
		if m.Own() {
			if err := s.restore(ctx, &i, o.Locator); err != nil {
				return fmt.Errorf("row %d: %w", row.Number, err)
			}
			u.result.count(&i)
		} else {
			u.result.locate(&i, o.Locator, places)
			countries.fill(&i, m.CountryName(row))
		}
		if o.Each != nil {
			if err := o.Each(i); err != nil {
				return err
			}
		}
		if err := u.add(i, row.Number); err != nil {
			return err
		}
	}
	return u.flush()
}

// underway is an import of which one batch is being kept while the next is made.
type underway struct {
	keep     func([]geo.Incident) (geo.Imported, error)
	progress teller
	result   ImportResult
	waiting  []geo.Incident
	last     int // number of the row of the last that waits
	kept     chan keptBatch
}

// keptBatch is what became of a batch.
type keptBatch struct {
	geo.Imported
	rows, last int // rows read when it was given, and the number of its last
	err        error
}

func (u *underway) add(i geo.Incident, row int) error {
	u.waiting, u.last = append(u.waiting, i), row
	if len(u.waiting) < batch {
		return nil
	}
	return u.flush()
}

// flush has what waits kept, once the batch before it is.
func (u *underway) flush() error {
	if err := u.wait(); err != nil || len(u.waiting) == 0 {
		return err
	}
	incidents, b, kept := u.waiting, keptBatch{rows: u.result.Rows, last: u.last}, make(chan keptBatch, 1)
	u.waiting, u.kept = make([]geo.Incident, 0, len(incidents)), kept
	go func() {
		b.Imported, b.err = u.keep(incidents)
		kept <- b
	}()
	return nil
}

// wait for the batch that is being kept.
func (u *underway) wait() error {
	if u.kept == nil {
		return nil
	}
	b := u.progress.await(u.kept)
	u.kept = nil
	if b.err != nil {
		return fmt.Errorf("rows up to %d: %w", b.last, b.err)
	}
	u.result.Added, u.result.Updated, u.result.Same = u.result.Added+b.Added, u.result.Updated+b.Updated, u.result.Same+b.Same
	u.progress.kept(b.rows)
	return nil
}

// count an incident whose places are as they are.
func (r *ImportResult) count(i *geo.Incident) {
	if i.Located() {
		r.Located++
		return
	}
	r.Unlocated++
}

// maxPlaces bounds the answers that an import remembers.
const maxPlaces = 200_000

// locate gives an incident without coordinates those of its place's name; what
// is not found stays unlocated.
func (r *ImportResult) locate(i *geo.Incident, l Locator, places map[string]*geo.Site) {
	if len(i.Places) == 0 {
		r.Unlocated++
		return
	}
	s := &i.Places[0]
	if s.Located() {
		r.Located++
		return
	}
	if l == nil || s.Place == "" {
		r.Unlocated++
		return
	}
	key := s.Country + "\x00" + s.Place
	found, known := places[key]
	if !known {
		if answers := l.Locate(s.Place, s.Country); len(answers) > 0 {
			site := siteOf(answers[0].Location, *s)
			found = &site
		}
		if len(places) < maxPlaces {
			places[key] = found
		}
	}
	if found == nil {
		r.Unlocated++
		return
	}
	*s = *found
	r.Located++
}

// siteOf is a place of the gazetteer under the name that a row gives it.
func siteOf(l geoparse.Location, named geo.Site) geo.Site {
	lon, lat := l.Point.Lon(), l.Point.Lat()
	name, _, _ := strings.Cut(named.Place, ",")
	if l.Precision == gazetteer.Country || l.NotFound != "" {
		name = named.Place
	}
	return geo.Site{Role: named.Role, Place: strings.TrimSpace(name), PlaceID: l.Place.ID, GeoNameID: l.Place.GeoNamesID(), Lon: &lon, Lat: &lat,
		RadiusM: l.RadiusM, Precision: l.Precision, Admin1: l.Place.Admin1, Country: l.Place.Country, Confidence: l.Confidence,
		Approximate: l.Place.Approximate(), NotFound: l.NotFound}
}
