package preview

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Basemap is the page's own, as static/build wrote it: lines by level and cell,
// each country's outline, and what a party's outline must leave out.
type Basemap struct {
	files fs.FS
	names map[string]string // of the files, by what they hold: "50-6-4"

	once    sync.Once
	masks   maskFile
	places  []countryName
	loadErr error
}

// Sum tells a basemap from another: a part of its files' names.
func (b *Basemap) Sum() string {
	if b == nil {
		return ""
	}
	return b.names[""]
}

var fileName = regexp.MustCompile(`^map-([0-9a-f]+)-(.+)\.json$`)

// OpenBasemap finds the basemap in the folder of the page's assets; nil where it was not built.
func OpenBasemap(assets fs.FS) (*Basemap, error) {
	entries, err := fs.ReadDir(assets, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("basemap: %w", err)
	}
	b := &Basemap{files: assets, names: map[string]string{}}
	for _, e := range entries {
		if m := fileName.FindStringSubmatch(e.Name()); m != nil {
			b.names[m[2]], b.names[""] = e.Name(), m[1]
		}
	}
	if b.names["110-0-0"] == "" {
		return nil, nil
	}
	return b, nil
}

func (b *Basemap) read(name string, into any) error {
	data, err := fs.ReadFile(b.files, b.names[name])
	if err != nil {
		return fmt.Errorf("basemap %s: %w", name, err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("basemap %s: %w", name, err)
	}
	return nil
}

// cell is a file of lines: whole numbers, of which scale make a degree; each after
// the first point is a difference.
type cell struct {
	Scale   float64   `json:"scale"`
	Land    [][]int32 `json:"land"`
	Lakes   [][]int32 `json:"lakes"`
	Rivers  [][]int32 `json:"rivers"`
	Borders [][]int32 `json:"borders"`
	Dashed  [][]int32 `json:"dashed"`
}

type maskFile struct {
	Scale float64 `json:"scale"`
	Masks []struct {
		Parties []string  `json:"parties"`
		Rings   [][]int32 `json:"rings"`
	} `json:"masks"`
}

type countryName struct {
	code string
	at   orb.Point
	wide float64 // degrees
}

// load what every picture may need, once.
func (b *Basemap) load() error {
	b.once.Do(func() {
		if b.loadErr = b.read("masks", &b.masks); b.loadErr != nil {
			return
		}
		var rows [][4]any
		if b.loadErr = b.read("names", &rows); b.loadErr != nil {
			return
		}
		for _, r := range rows {
			code, _ := r[0].(string)
			lon, _ := r[1].(float64)
			lat, _ := r[2].(float64)
			wide, _ := r[3].(float64)
			b.places = append(b.places, countryName{code, orb.Point{lon, lat}, wide})
		}
	})
	return b.loadErr
}

func decode(packed []int32, scale float64) orb.Ring {
	ring := make(orb.Ring, 0, len(packed)/2)
	var x, y int32
	for k := 0; k+1 < len(packed); k += 2 {
		x, y = x+packed[k], y+packed[k+1]
		ring = append(ring, orb.Point{float64(x) / scale, float64(y) / scale})
	}
	return ring
}

// Outline of a country by its code, and what a neutral map leaves out of it; ok is
// false where there is none.
func (b *Basemap) Outline(code string) (rings, masks []orb.Ring, ok bool) {
	if b == nil || b.names["country-"+code] == "" || b.load() != nil {
		return nil, nil, false
	}
	var file struct {
		Scale float64   `json:"scale"`
		Rings [][]int32 `json:"rings"`
	}
	if b.read("country-"+code, &file) != nil {
		return nil, nil, false
	}
	for _, r := range file.Rings {
		rings = append(rings, decode(r, file.Scale))
	}
	for _, m := range b.masks.Masks {
		if slices.Contains(m.Parties, code) {
			for _, r := range m.Rings {
				masks = append(masks, decode(r, b.masks.Scale))
			}
		}
	}
	return rings, masks, true
}

// level of the basemap at a zoom: its name and the size of its cells in degrees.
func level(zoom float64) (name string, size float64) {
	switch {
	case zoom < 4:
		return "110", 360
	case zoom < 7:
		return "50", 30
	}
	return "10", 10
}

// maxCells bounds what is read for one picture.
const maxCells = 64

// cells that the frame touches.
func (b *Basemap) cells(f *frame) ([]cell, error) {
	name, size := level(f.zoom)
	tall := math.Min(size, 180)
	box := f.box()
	columns := int(360 / size)
	var all []cell
	seen := map[string]bool{}
	for x := math.Floor((box.Min.Lon() + 180) / size); x <= math.Floor((box.Max.Lon()+180)/size); x++ {
		for y := math.Floor((box.Min.Lat() + 90) / tall); y <= math.Floor((box.Max.Lat()+90)/tall); y++ {
			column := ((int(x) % columns) + columns) % columns
			key := fmt.Sprintf("%s-%d-%d", name, column, int(y))
			if b.names[key] == "" || seen[key] || len(all) == maxCells {
				continue
			}
			seen[key] = true
			var one cell
			if err := b.read(key, &one); err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// draw land, water and borders; disputed borders are dashed.
func (b *Basemap) draw(c *canvas, f *frame) error {
	cells, err := b.cells(f)
	if err != nil {
		return err
	}
	for _, one := range cells {
		c.fill(f.lines(one.Land, one.Scale), colours.land)
	}
	fine := 1.2
	if f.zoom < 4 {
		fine = 0.9
	}
	for _, one := range cells {
		if f.zoom > 3 && f.zoom < 8 {
			c.stroke(f.lines(one.Rivers, one.Scale), fine, colours.river)
		}
		c.fill(f.lines(one.Lakes, one.Scale), colours.sea)
	}
	for _, one := range cells {
		c.stroke(f.lines(one.Borders, one.Scale), fine+0.4, colours.border)
		c.dash(f.lines(one.Dashed, one.Scale), fine+0.4, 6, 4.5, colours.border)
	}
	return nil
}

// lines in pixels, those that the frame shows, at every turn of the Earth where it does.
func (f *frame) lines(packed [][]int32, scale float64) [][]point {
	var all [][]point
	for _, p := range packed {
		all = append(all, f.line(decode(p, scale))...)
	}
	return all
}

func (f *frame) line(ring orb.Ring) [][]point {
	if len(ring) == 0 {
		return nil
	}
	line := make([]point, 0, len(ring))
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for k, p := range ring {
		at := f.pixel(p)
		low.x, low.y, high.x, high.y = math.Min(low.x, at.x), math.Min(low.y, at.y), math.Max(high.x, at.x), math.Max(high.y, at.y)
		if last := len(line) - 1; last >= 0 && k < len(ring)-1 && math.Abs(at.x-line[last].x)+math.Abs(at.y-line[last].y) < 0.6 {
			continue
		}
		line = append(line, at)
	}
	if high.y < 0 || low.y > float64(f.h) {
		return nil
	}
	var all [][]point
	for _, turn := range f.turns(low.x, high.x) {
		moved := make([]point, len(line))
		for k, p := range line {
			moved[k] = point{p.x + turn, p.y}
		}
		all = append(all, moved)
	}
	return all
}

// graticule stands in for the basemap: lines of latitude and longitude with their degrees.
func graticule(c *canvas, f *frame) {
	box := f.box()
	step := 45.0
	for _, s := range []float64{30, 15, 10, 5, 2, 1, 0.5} {
		if (box.Max.Lon()-box.Min.Lon())/s < 9 {
			step = s
		}
	}
	for lon := math.Ceil(box.Min.Lon()/step) * step; lon <= box.Max.Lon(); lon += step {
		at := f.pixel(orb.Point{lon, 0})
		c.stroke([][]point{{{at.x, 0}, {at.x, float64(f.h)}}}, 1, colours.border)
		c.text(degrees(math.Mod(lon+540, 360)-180, "E", "W"), regular, 15, at.x+5, float64(f.h)-8, colours.label)
	}
	for lat := math.Ceil(box.Min.Lat()/step) * step; lat <= box.Max.Lat(); lat += step {
		at := f.pixel(orb.Point{0, lat})
		c.stroke([][]point{{{0, at.y}, {float64(f.w), at.y}}}, 1, colours.border)
		c.text(degrees(lat, "N", "S"), regular, 15, 6, at.y-5, colours.label)
	}
}

func degrees(x float64, plus, minus string) string {
	side := plus
	switch {
	case x < 0:
		side = minus
	case x == 0:
		side = ""
	}
	return fmt.Sprintf("%g°%s", math.Abs(math.Round(x*10)/10), side)
}
