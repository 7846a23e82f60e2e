package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"sync"

	"dateline/geo"
	"dateline/static"
	"dateline/web/preview"
	"dateline/web/words"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// The limits of previews.
const (
	maxDrawings     = 2       // drawn at the same time
	maxPreviewBytes = 8 << 20 // kept in memory
	previewVersion  = 1       // grows where pictures look otherwise than before
)

const typePNG = "image/png"

// previews draws pictures and keeps the last ones.
type previews struct {
	base     *preview.Basemap
	renderer *preview.Renderer
	drawing  chan struct{}

	mu    sync.Mutex
	kept  map[string][]byte
	order []string // of kept, oldest first
	bytes int
}

func newPreviews() (*previews, error) {
	files, _ := static.Files()
	assets, err := fs.Sub(files, "assets")
	if err != nil {
		return nil, err
	}
	base, err := preview.OpenBasemap(assets)
	if err != nil {
		return nil, err
	}
	renderer, err := preview.New(base)
	if err != nil {
		return nil, err
	}
	return &previews{base: base, renderer: renderer, drawing: make(chan struct{}, maxDrawings), kept: map[string][]byte{}}, nil
}

func (p *previews) get(tag string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	data, ok := p.kept[tag]
	return data, ok
}

// size of what is kept: pictures and bytes.
func (p *previews) size() (images, bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.kept), p.bytes
}

func (p *previews) keep(tag string, data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.kept[tag]; ok || len(data) > maxPreviewBytes {
		return
	}
	p.kept[tag], p.order, p.bytes = data, append(p.order, tag), p.bytes+len(data)
	for p.bytes > maxPreviewBytes {
		p.bytes -= len(p.kept[p.order[0]])
		delete(p.kept, p.order[0])
		p.order = p.order[1:]
	}
}

// tag of a picture: of what it is drawn from, so that it is known without drawing.
func (p *previews) tag(parts ...any) string {
	sum := sha256.Sum256([]byte(fmt.Sprint(append(parts, previewVersion, p.base.Sum())...)))
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// send a picture: 304 where the client has it, from memory where it was drawn
// before, else drawn, as many at a time as there is room for.
func (p *previews) send(c echo.Context, tag string, scene func(context.Context) (preview.Scene, error)) error {
	if fresh(c, tag) {
		return c.NoContent(http.StatusNotModified)
	}
	if data, ok := p.get(tag); ok {
		return c.Blob(http.StatusOK, typePNG, data)
	}
	ctx := c.Request().Context()
	select {
	case p.drawing <- struct{}{}:
		defer func() { <-p.drawing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	s, err := scene(ctx)
	if err != nil {
		c.Response().Header().Del("ETag")
		return err
	}
	var body bytes.Buffer
	if err := p.renderer.Draw(ctx, &body, s); err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	p.keep(tag, body.Bytes())
	return c.Blob(http.StatusOK, typePNG, body.Bytes())
}

// getIncidentPreview answers the picture of an incident.
func (s *Server) getIncidentPreview(c echo.Context) error {
	if err := onlyParams(c, "lang"); err != nil {
		return err
	}
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	i, err := s.visible(c, v, c.Param("id"))
	if err != nil {
		return err
	}
	i = geo.Redact(i)
	l := s.book.Choose(c.QueryParam("lang"), "")
	tag := s.previews.tag("incident", i.ID, i.Revision, i.Updated, i.Status, l.Code)
	return s.previews.send(c, tag, func(context.Context) (preview.Scene, error) { return s.incidentScene(l, &i), nil })
}

// incidentScene shows every site of an incident: a mark with its circle, or a
// hatched extent.
func (s *Server) incidentScene(l *words.Language, i *geo.Incident) preview.Scene {
	scene := s.newScene(l)
	scene.Title, scene.Line = l.Title(i), s.pictureLine(l, i)
	group, ok := geo.GroupByCode(i.Group())
	if !ok {
		group = geo.Group{Color: "#777777", GlyphColor: "#FFFFFF"}
	}
	scene.Color = group.Color
	var held []orb.Bound
	var first *geo.Site
	for k := range i.Places {
		p := &i.Places[k]
		if p.Role != geo.RoleSite || !p.Located() {
			continue
		}
		if first == nil {
			first = p
		}
		at, _ := p.Point()
		if p.Pinned() {
			scene.Marks = append(scene.Marks, preview.Mark{At: at, Color: group.Color, Glyph: group.Glyph, GlyphColor: group.GlyphColor, Ring: ringed(p.Precision)})
			if p.RadiusM > 0 {
				scene.Circles = append(scene.Circles, preview.Circle{At: at, RadiusM: p.RadiusM, Color: group.Color})
			}
			held = append(held, ringsBound([]orb.Ring{geo.Circle(at, max(p.RadiusM, 1000), 16)[0]}))
			continue
		}
		e := s.extentOf(p)
		e.Color, e.Glyph, e.Count = group.Color, group.Glyph, 1
		scene.Extents = append(scene.Extents, e)
		held = append(held, ringsBound(e.Rings))
	}
	switch {
	case first == nil:
		scene.View = worldView
	case len(scene.Marks) == 1 && len(scene.Extents) == 0:
		scene.View = preview.Around(scene.Marks[0].At, first.RadiusM)
	default:
		scene.View = preview.Fit(unionOf(held), 8.6)
		scene.View.Locator = true
	}
	return scene
}

// pictureLine says when, where and how far that can be trusted.
func (s *Server) pictureLine(l *words.Language, i *geo.Incident) string {
	w, ok := i.Where()
	if !ok {
		return l.When(i.When) + " · " + l.T("where.unknown")
	}
	return l.When(i.When) + " · " + l.Place(w, s.country(w.Country)) + " · " + lower(l.Near(w))
}

// worldView is what a picture shows that has no place to show.
var worldView = preview.View{Centre: orb.Point{15, 25}, Zoom: 1.9}

// newScene with what every picture has.
func (s *Server) newScene(l *words.Language) preview.Scene {
	return preview.Scene{
		Brand: l.T("app.name"), Credit: sources["geonames"].Text,
		Country: func(code string) string {
			if name := s.country(code); name != "" {
				return l.Region(code, name)
			}
			return ""
		},
		Labels: func(box orb.Bound, zoom float64) []preview.Label {
			boxes := geo.BBox{West: -180, South: box.Min.Lat(), East: 180, North: box.Max.Lat()}
			if box.Max.Lon()-box.Min.Lon() < 360 {
				boxes.West, boxes.East = turned(box.Min.Lon()), turned(box.Max.Lon())
			}
			var all []preview.Label
			for _, p := range s.Gazetteer.Labels(boxes.Boxes(), populationAt(zoom+0.7), 120) {
				if p.Class == 'P' {
					all = append(all, preview.Label{At: p.Point, Name: p.Name, Capital: p.Code == "PPLC"})
				}
			}
			return all
		},
	}
}

// turned is a longitude within ±180.
func turned(lon float64) float64 {
	for lon > 180 {
		lon -= 360
	}
	for lon < -180 {
		lon += 360
	}
	return lon
}

// extentOf a site that is no point: a country's outline where the basemap has it,
// the polygon that holds it, else its circle.
func (s *Server) extentOf(p *geo.Site) preview.Extent {
	if p.Precision == "country" {
		if rings, masks, ok := s.previews.base.Outline(p.Country); ok {
			return preview.Extent{Rings: rings, Masks: masks}
		}
	}
	if len(p.Area) > 0 {
		return preview.Extent{Rings: p.Area}
	}
	at, _ := p.Point()
	return preview.Extent{Rings: []orb.Ring{geo.Circle(at, p.RadiusM, 128)[0]}}
}

// ringsBound is the box of the largest ring and of what lies near it: a country's
// far islands do not make its picture small.
func ringsBound(rings []orb.Ring) orb.Bound {
	var b orb.Bound
	largest := -1.0
	for _, r := range rings {
		if one := r.Bound(); (one.Max.Lon()-one.Min.Lon())*(one.Max.Lat()-one.Min.Lat()) > largest {
			largest, b = (one.Max.Lon()-one.Min.Lon())*(one.Max.Lat()-one.Min.Lat()), one
		}
	}
	near := b.Pad(max(b.Max.Lon()-b.Min.Lon(), b.Max.Lat()-b.Min.Lat()) * 0.3)
	for _, r := range rings {
		if one := r.Bound(); near.Contains(one.Min) && near.Contains(one.Max) {
			b = b.Union(one)
		}
	}
	return b
}

// unionOf boxes, by the way around the Earth that is shorter.
func unionOf(boxes []orb.Bound) orb.Bound {
	all := boxes[0]
	for _, b := range boxes[1:] {
		best := all.Union(b)
		for _, turn := range []float64{-360, 360} {
			moved := orb.Bound{Min: orb.Point{b.Min.Lon() + turn, b.Min.Lat()}, Max: orb.Point{b.Max.Lon() + turn, b.Max.Lat()}}
			if u := all.Union(moved); u.Max.Lon()-u.Min.Lon() < best.Max.Lon()-best.Min.Lon() {
				best = u
			}
		}
		all = best
	}
	return all
}

// previewError lets a picture wait for the index as tiles do.
func previewError(c echo.Context, err error) error {
	if byStore(err) {
		return tileError(c, err)
	}
	var coded *echo.HTTPError
	if errors.As(err, &coded) {
		return coded
	}
	return err
}
