package web

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dateline/geo"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// The bounds of what counts as near and related.
const (
	nearM          = 50_000 // metres between two places
	nearDays       = 15     // days apart
	maxNear        = 6
	maxRelated     = 6
	maxNearLooked  = 300
	metresOfDegree = 111_000.0
)

// relatedAnswer is what stands beside an incident: what happened near it within
// two weeks, nearest first, and what else is laid to those it is laid to, newest first.
type relatedAnswer struct {
	Near   []nearIncident `json:"near"`
	Actors []sameActor    `json:"actors"`
}

type nearIncident struct {
	DistanceM int          `json:"distance_m"`
	Incident  geo.Incident `json:"incident"`
}

type sameActor struct {
	Actor    string       `json:"actor"`
	Incident geo.Incident `json:"incident"`
}

// getRelated answers the incidents beside one, of those that the visitor may see.
func (s *Server) getRelated(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	i, err := s.visible(c, v, c.Param("id"))
	if err != nil {
		return err
	}
	answer := relatedAnswer{Near: []nearIncident{}, Actors: []sameActor{}}
	if answer.Near, err = s.near(c.Request().Context(), v, &i); err != nil {
		return err
	}
	if answer.Actors, err = s.sameActors(c.Request().Context(), v, &i); err != nil {
		return err
	}
	return sendJSON(c, echo.MIMEApplicationJSON, answer)
}

// near are the incidents about a point within two weeks; none of what has no
// point or day.
func (s *Server) near(ctx context.Context, v visitor, i *geo.Incident) ([]nearIncident, error) {
	all := []nearIncident{}
	from, to := cmp.Or(i.When.Start, i.When.End), cmp.Or(i.When.End, i.When.Start)
	site, ok := i.Where()
	if !ok || !site.Located() || !site.Precision.Pinned() || to == "" {
		return all, nil
	}
	at := orb.Point{*site.Lon, *site.Lat}
	filter := geo.Filter{Expr: geo.And{about(at, nearM), geo.During{Start: from.Add(-nearDays), End: to.Add(nearDays)}}}
	found, err := s.find(ctx, geo.Query{Filter: s.view(v, filter, nil), Limit: maxNearLooked})
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		w, ok := o.Where()
		if o.ID == i.ID || !ok || !w.Located() || !w.Precision.Pinned() {
			continue
		}
		if d := geo.DistanceM(at, orb.Point{*w.Lon, *w.Lat}); d <= nearM {
			all = append(all, nearIncident{int(d), shown(v, o)})
		}
	}
	slices.SortStableFunc(all, func(a, b nearIncident) int { return cmp.Compare(a.DistanceM, b.DistanceM) })
	return all[:min(len(all), maxNear)], nil
}

// about is the box around a point.
func about(p orb.Point, metres float64) geo.BBox {
	d := metres / metresOfDegree
	east := math.Min(180, d/math.Max(0.01, math.Cos(p.Lat()*math.Pi/180)))
	turn := func(lon float64) float64 { return math.Remainder(lon, 360) }
	box := geo.BBox{West: turn(p.Lon() - east), East: turn(p.Lon() + east), South: math.Max(-90, p.Lat()-d), North: math.Min(90, p.Lat()+d)}
	if east == 180 {
		box.West, box.East = -180, 180
	}
	return box
}

// sameActors are other incidents of those who are said to have done this one.
func (s *Server) sameActors(ctx context.Context, v visitor, i *geo.Incident) ([]sameActor, error) {
	all, seen := []sameActor{}, map[string]bool{i.ID: true}
	for _, a := range i.Actors {
		if a.Role != "perpetrator" && a.Role != "claimant" {
			continue
		}
		key := cmp.Or(a.ActorID, a.Name)
		filter := geo.Filter{Expr: geo.In{Field: "actor", Values: []any{key}}}
		found, err := s.find(ctx, geo.Query{Filter: s.view(v, filter, nil), Limit: maxRelated + 1})
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			if !seen[o.ID] && len(all) < maxRelated {
				seen[o.ID] = true
				all = append(all, sameActor{shown(v, geo.Incident{Actors: []geo.Actor{a}, Named: i.Named}).Actors[0].Name, shown(v, o)})
			}
		}
	}
	return all, nil
}
