package ingest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"dateline/gazetteer"
	"dateline/geo"

	"github.com/paulmach/orb"
)

// Candidate is an incident that may be the same as another, with what speaks
// for it. Nothing is merged without a person.
type Candidate struct {
	Incident geo.Incident
	Score    float64  // 0 to 1
	Reasons  []string // what speaks for it, for a person
}

// The bounds of the search for candidates.
const (
	candidateDays = 2      // days apart
	candidateM    = 50_000 // metres beyond the two radii
	maxCandidates = 20
	maxLookedAt   = 500
	leastScore    = 0.35
)

// Candidates lists the incidents that may be the same as one: of a type that
// may tell the same, on days that meet or nearly do, at places whose circles
// meet or nearly do; best first. Reports, actors and tolls that both have speak
// for it.
func (s *Service) Candidates(ctx context.Context, i geo.Incident) ([]Candidate, error) {
	start, end := i.When.Start, cmp.Or(i.When.End, i.When.Start)
	if end == "" {
		return nil, nil
	}
	if start == "" {
		start = end.Add(-candidateDays)
	}
	filter := geo.Filter{Expr: geo.And{geo.During{Start: start.Add(-candidateDays), End: end.Add(candidateDays)},
		geo.Not{Expr: geo.Compare{Field: "status", Op: geo.Eq, Value: string(geo.Retracted)}}}}
	if site, ok := i.Where(); ok && site.Located() {
		filter = filter.And(around(site))
	}
	var all []Candidate
	for other, err := range s.Store.Query(ctx, geo.Query{Filter: filter, Limit: maxLookedAt}) {
		if err != nil {
			return nil, fmt.Errorf("look for candidates: %w", err)
		}
		if other.ID == i.ID {
			continue
		}
		if c, ok := compare(&i, &other); ok {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Incident.ID, b.Incident.ID))
	})
	return all[:min(len(all), maxCandidates)], nil
}

// around is the box about a site, as wide as a candidate may lie off.
func around(s geo.Site) geo.Expr {
	const metresPerDegree = 111_000.0
	d := (s.RadiusM + candidateM) / metresPerDegree
	lat, lon := *s.Lat, *s.Lon
	east := d / math.Max(0.05, math.Cos(lat*math.Pi/180))
	box := geo.BBox{West: lon - east, East: lon + east, South: math.Max(-90, lat-d), North: math.Min(90, lat+d), Shape: true}
	if east >= 180 {
		box.West, box.East = -180, 180
	}
	box.West, box.East = wrap(box.West), wrap(box.East)
	return box
}

func wrap(lon float64) float64 {
	switch {
	case lon < -180:
		return lon + 360
	case lon > 180:
		return lon - 360
	}
	return lon
}

// compare says what speaks for two incidents being one.
func compare(a, b *geo.Incident) (Candidate, bool) {
	c := Candidate{Incident: *b}
	add := func(score float64, reason string, args ...any) {
		c.Score += score
		c.Reasons = append(c.Reasons, fmt.Sprintf(reason, args...))
	}
	switch {
	case a.Type == b.Type:
		add(0.25, "same type: %s", b.Type)
	case a.Group() == b.Group():
		add(0.1, "same group of types: %s", b.Group())
	default:
		return c, false
	}
	switch {
	case a.When.Start != "" && a.When.Start == b.When.Start && a.When.End == b.When.End:
		add(0.25, "same days: %s", b.When.Start)
	case a.When.Overlaps(b.When.Start, b.When.End):
		add(0.15, "days that meet")
	}
	x, okX := a.Where()
	y, okY := b.Where()
	if okX && okY && x.Located() && y.Located() {
		switch beyond := distanceBeyond(x, y); {
		case x.PlaceID != "" && x.PlaceID == y.PlaceID && x.NotFound == y.NotFound:
			add(0.25, "same place: %s", y.Place)
		case beyond <= 0:
			add(0.15, "places whose circles meet")
		case beyond <= candidateM:
			add(0.05, "places %.0f km beyond their circles", beyond/1000)
		default:
			return c, false
		}
	}
	if names := sharedActors(a, b); len(names) > 0 {
		add(0.1, "both name %s", strings.Join(names, ", "))
	}
	if names := sharedPersons(a, b); len(names) > 0 {
		add(0.2, "the same persons harmed: %d", len(names))
	}
	for _, m := range geo.Measures {
		p, q := a.Tolls.Of(m), b.Tolls.Of(m)
		switch {
		case p.Best == nil || q.Best == nil:
		case *p.Best == *q.Best && *p.Best > 0:
			add(0.1, "the same number %s: %d", m, *p.Best)
		case m == geo.Killed && (*p.Best > 3**q.Best+3 || *q.Best > 3**p.Best+3):
			c.Score -= 0.15
		}
	}
	c.Score = math.Min(1, math.Round(100*c.Score)/100)
	return c, c.Score >= leastScore
}

// distanceBeyond is how far apart the circles of two located sites are, in
// metres; at most zero where they meet.
func distanceBeyond(x, y geo.Site) float64 {
	p, okP := x.Point()
	q, okQ := y.Point()
	if !okP || !okQ {
		return math.Inf(1)
	}
	return gazetteer.DistanceM(orb.Point(p), orb.Point(q)) - x.RadiusM - y.RadiusM
}

func sharedActors(a, b *geo.Incident) []string {
	var names []string
	for _, x := range a.Actors {
		for _, y := range b.Actors {
			if x.ActorID != "" && x.ActorID == y.ActorID && !slices.Contains(names, x.Name) {
				names = append(names, x.Name)
			}
		}
	}
	return names
}

func sharedPersons(a, b *geo.Incident) []string {
	var names []string
	for _, x := range a.Named {
		for _, y := range b.Named {
			if geo.FoldText(x.Name) == geo.FoldText(y.Name) && !slices.Contains(names, x.Name) {
				names = append(names, x.Name)
			}
		}
	}
	return names
}
