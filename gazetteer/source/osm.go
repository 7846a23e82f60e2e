package source

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

// maxNodes bounds the nodes whose points must be kept: those of streets, outlines
// and boundaries. Each takes 16 bytes, and each reference to one 8.
const maxNodes = 200_000_000

// extract is what is kept of an OpenStreetMap extract while it is read: first
// its boundaries and other relations, then the ways that they need and those
// that are places themselves, last the nodes of all these.
type extract struct {
	ctx    context.Context
	blocks *blocks
	tick   func(int64)
	done   int64
	areas  []area  // relations
	lines  []line  // ways
	spots  []spot  // nodes with names of places
	needed []int64 // ids of nodes whose points are needed, sorted
	points []point32
	ofWay  map[int64]int // id of a way that a relation needs -> its line, -1 until it is read
}

type point32 struct{ lon, lat int32 } // 1e-7 degrees

// noPoint marks a node that the extract does not have.
const noPoint = math.MinInt32

type area struct {
	entry  gazetteer.Entry
	level  int // admin_level of a boundary, else 0
	outer  []int64
	centre int64 // node of its label or chief town, 0 where there is none
}

type line struct {
	entry gazetteer.Entry
	named bool // a place itself, not only a part of a relation
	nodes []int64
}

type spot struct {
	entry gazetteer.Entry
	node  int64
}

// readOSM reads an OpenStreetMap extract of size bytes and gives each feature
// that names a place, with its extent where the extract has one. tick gets the
// bytes read so far.
func readOSM(ctx context.Context, file io.ReaderAt, size int64, tick func(int64), emit func(gazetteer.Entry) error) error {
	blocks, err := readBlocks(ctx, file, size)
	if err != nil {
		return err
	}
	x := &extract{ctx: ctx, blocks: blocks, tick: tick, ofWay: map[int64]int{}}
	for _, pass := range []func() error{x.readRelations, x.readWays, x.readNodes} {
		if err := pass(); err != nil {
			return err
		}
	}
	return x.emit(emit)
}

func (x *extract) readRelations() error {
	wanted := func(r *osm.Relation) bool { _, ok := ruleOf(r.Tags); return ok }
	return x.scan(hasRelations, func(s *osmpbf.Scanner) { s.FilterRelation = wanted }, func(o osm.Object) error {
		r, ok := o.(*osm.Relation)
		if !ok {
			return nil
		}
		rule, _ := ruleOf(r.Tags)
		a := area{entry: entryOf("osm:r"+strconv.FormatInt(int64(r.ID), 10), r.Tags, rule)}
		if rule.class == 'A' {
			a.level, _ = strconv.Atoi(r.Tags.Find("admin_level"))
		}
		for _, m := range r.Members {
			switch {
			case m.Type == osm.TypeWay && (m.Role == "outer" || m.Role == ""):
				a.outer = append(a.outer, m.Ref)
				x.ofWay[m.Ref] = -1
			case m.Type == osm.TypeNode && (m.Role == "label" || m.Role == "admin_centre" && a.centre == 0):
				a.centre = m.Ref
				x.needed = append(x.needed, m.Ref)
			}
		}
		x.areas = append(x.areas, a)
		return nil
	})
}

func (x *extract) readWays() error {
	wanted := func(w *osm.Way) bool {
		if _, ok := x.ofWay[int64(w.ID)]; ok {
			return true
		}
		_, ok := ruleOf(w.Tags)
		return ok
	}
	err := x.scan(hasWays, func(s *osmpbf.Scanner) { s.FilterWay = wanted }, func(o osm.Object) error {
		w, ok := o.(*osm.Way)
		if !ok {
			return nil
		}
		var l line
		if rule, ok := ruleOf(w.Tags); ok && rule.class != 'A' {
			l.named, l.entry = true, entryOf("osm:w"+strconv.FormatInt(int64(w.ID), 10), w.Tags, rule)
		}
		l.nodes = make([]int64, len(w.Nodes))
		for k, n := range w.Nodes {
			l.nodes[k] = int64(n.ID)
		}
		if _, ok := x.ofWay[int64(w.ID)]; ok {
			x.ofWay[int64(w.ID)] = len(x.lines)
		}
		x.needed = append(x.needed, l.nodes...)
		x.lines = append(x.lines, l)
		if len(x.needed) > maxNodes {
			return fmt.Errorf("its streets and outlines have over %d nodes: cut the extract into smaller ones", maxNodes)
		}
		return nil
	})
	slices.Sort(x.needed)
	x.needed = slices.Compact(x.needed)
	x.points = slices.Repeat([]point32{{noPoint, noPoint}}, len(x.needed))
	return err
}

func (x *extract) readNodes() error {
	wanted := func(n *osm.Node) bool {
		if len(n.Tags) > 0 {
			if _, ok := ruleOf(n.Tags); ok {
				return true
			}
		}
		_, ok := slices.BinarySearch(x.needed, int64(n.ID))
		return ok
	}
	return x.scan(hasNodes, func(s *osmpbf.Scanner) { s.FilterNode = wanted }, func(o osm.Object) error {
		n, ok := o.(*osm.Node)
		if !ok {
			return nil
		}
		if k, ok := slices.BinarySearch(x.needed, int64(n.ID)); ok {
			x.points[k] = point32{int32(math.Round(n.Lon * 1e7)), int32(math.Round(n.Lat * 1e7))}
		}
		if rule, ok := ruleOf(n.Tags); ok && rule.class != 'A' && rule.class != 'R' {
			e := entryOf("osm:n"+strconv.FormatInt(int64(n.ID), 10), n.Tags, rule)
			e.Point = orb.Point{n.Lon, n.Lat}
			x.spots = append(x.spots, spot{e, int64(n.ID)})
		}
		return nil
	})
}

// point of a node that was needed.
func (x *extract) point(node int64) (orb.Point, bool) {
	k, ok := slices.BinarySearch(x.needed, node)
	if !ok || x.points[k].lon == noPoint {
		return orb.Point{}, false
	}
	return orb.Point{float64(x.points[k].lon) / 1e7, float64(x.points[k].lat) / 1e7}, true
}

// emit gives the features: the settlements with the extents of their boundaries,
// the areas, and the streets joined to their towns.
func (x *extract) emit(emit func(gazetteer.Entry) error) error {
	outlines := x.outlines()
	for _, s := range x.spots {
		if err := emit(s.entry); err != nil {
			return err
		}
	}
	for _, e := range outlines {
		if err := emit(e); err != nil {
			return err
		}
	}
	for _, e := range x.streets(newTowns(x.spots, outlines)) {
		if err := emit(e); err != nil {
			return err
		}
	}
	return nil
}

// outlines are the features that are areas, and the boundaries, each with its
// centre and the radius that holds it. A boundary of a town gives its extent to
// the town.
func (x *extract) outlines() []gazetteer.Entry {
	spotOf := map[int64]*spot{}
	for k := range x.spots {
		spotOf[x.spots[k].node] = &x.spots[k]
	}
	var out []gazetteer.Entry
	for _, a := range x.areas {
		var nodes []int64
		for _, way := range a.outer {
			if k := x.ofWay[way]; k >= 0 {
				nodes = append(nodes, x.lines[k].nodes...)
			}
		}
		centre, hasCentre := x.point(a.centre)
		if !x.extent(&a.entry, nodes, centre, hasCentre) {
			continue
		}
		if s := spotOf[a.centre]; s != nil && a.level >= 8 && s.entry.Class == 'P' {
			s.entry.RadiusM = math.Max(s.entry.RadiusM, math.Min(a.entry.RadiusM, 4*s.entry.RadiusM))
		}
		out = append(out, a.entry)
	}
	for _, l := range x.lines {
		if l.named && l.entry.Class != 'R' && l.entry.Code != "STM" && l.entry.Code != "CNL" && x.extent(&l.entry, l.nodes, orb.Point{}, false) {
			out = append(out, l.entry)
		}
	}
	return out
}

// extent sets an entry's point and radius from its nodes: the given centre or
// the middle of their box, and the farthest of them.
func (x *extract) extent(e *gazetteer.Entry, nodes []int64, centre orb.Point, hasCentre bool) bool {
	box, any := orb.Bound{}, false
	for _, n := range nodes {
		if p, ok := x.point(n); ok {
			if !any {
				box, any = p.Bound(), true
			}
			box = box.Extend(p)
		}
	}
	if !any && !hasCentre {
		return false
	}
	if e.Point = box.Center(); hasCentre {
		e.Point = centre
	}
	reach := 0.0
	for _, n := range nodes {
		if p, ok := x.point(n); ok {
			reach = math.Max(reach, gazetteer.DistanceM(e.Point, p))
		}
	}
	if reach += outlineMarginM; any {
		e.RadiusM = reach
	}
	e.RadiusM = cmp.Or(e.RadiusM, unknownTownM)
	return true
}

// outlineMarginM is added to a radius that holds the nodes of an outline.
const outlineMarginM = 50
