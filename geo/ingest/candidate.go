package ingest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
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
	Reasons  []Reason // what speaks for it, for a person
}

// Reason is one thing that speaks for two incidents being one.
type Reason struct {
	Code  string `json:"code"`            // one of Reasons
	Value string `json:"value,omitempty"` // what both have: a type, a day, a place, names, a number, kilometres
	Of    string `json:"of,omitempty"`    // the measure that a number is of
}

// The codes of reasons.
const (
	SameType    = "type"
	SameGroup   = "group"
	SameDays    = "days"
	DaysMeet    = "days-meet"
	SamePlace   = "place"
	PlacesMeet  = "places-meet"
	PlacesNear  = "places-near"
	SameActors  = "actors"
	SamePersons = "persons"
	SameToll    = "toll"
)

// Reasons lists every code of a reason.
var Reasons = []string{SameType, SameGroup, SameDays, DaysMeet, SamePlace, PlacesMeet, PlacesNear, SameActors, SamePersons, SameToll}

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
// for it. What a person keeps apart is left out.
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
		if other.ID == i.ID || geo.KeptApart(&i, &other) {
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
	switch {
	case a.Type == b.Type:
		c.add(0.25, SameType, b.Type)
	case a.Group() == b.Group():
		c.add(0.1, SameGroup, b.Group())
	default:
		return c, false
	}
	switch {
	case a.When.Start != "" && a.When.Start == b.When.Start && a.When.End == b.When.End:
		c.add(0.25, SameDays, string(b.When.Start))
	case a.When.Overlaps(b.When.Start, b.When.End):
		c.add(0.15, DaysMeet, "")
	}
	if !c.comparePlaces(a, b) {
		return c, false
	}
	if names := sharedActors(a, b); len(names) > 0 {
		c.add(0.1, SameActors, strings.Join(names, ", "))
	}
	if names := sharedPersons(a, b); len(names) > 0 {
		c.add(0.2, SamePersons, strconv.Itoa(len(names)))
	}
	c.compareTolls(a, b)
	c.Score = math.Min(1, math.Round(100*c.Score)/100)
	return c, c.Score >= leastScore
}

func (c *Candidate) add(score float64, code, value string) {
	c.Score += score
	c.Reasons = append(c.Reasons, Reason{Code: code, Value: value})
}

// comparePlaces is false where the places are too far apart for one incident.
func (c *Candidate) comparePlaces(a, b *geo.Incident) bool {
	x, okX := a.Where()
	y, okY := b.Where()
	if !okX || !okY || !x.Located() || !y.Located() {
		return true
	}
	switch beyond := distanceBeyond(x, y); {
	case x.PlaceID != "" && x.PlaceID == y.PlaceID && x.NotFound == y.NotFound:
		c.add(0.25, SamePlace, y.Place)
	case beyond <= 0:
		c.add(0.15, PlacesMeet, "")
	case beyond <= candidateM:
		c.add(0.05, PlacesNear, fmt.Sprintf("%.0f", beyond/1000))
	default:
		return false
	}
	return true
}

func (c *Candidate) compareTolls(a, b *geo.Incident) {
	for _, m := range geo.Measures {
		p, q := a.Tolls.Of(m), b.Tolls.Of(m)
		switch {
		case p.Best == nil || q.Best == nil:
		case *p.Best == *q.Best && *p.Best > 0:
			c.add(0.1, SameToll, strconv.FormatInt(*p.Best, 10))
			c.Reasons[len(c.Reasons)-1].Of = string(m)
		case m == geo.Killed && (*p.Best > 3**q.Best+3 || *q.Best > 3**p.Best+3):
			c.Score -= 0.15
		}
	}
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
