package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"dateline/geo"
	"dateline/static"

	"github.com/paulmach/orb"
)

// builtBasemap is the page's own, or the test is skipped.
func builtBasemap(t testing.TB) *Basemap {
	t.Helper()
	files, _ := static.Files()
	assets, err := fs.Sub(files, "assets")
	if err != nil {
		t.Fatal(err)
	}
	base, err := OpenBasemap(assets)
	if err != nil {
		t.Fatal(err)
	}
	if base == nil {
		t.Skip("the page is not built; make page")
	}
	return base
}

// smallBasemap has a square island from 0 to 10 degrees with a lake in its middle,
// a border and a disputed one.
func smallBasemap(t testing.TB) *Basemap {
	t.Helper()
	ring := `[[0,0,0,1000,1000,0,0,-1000,-1000,0]]`
	cell := `{"scale":100,"land":` + ring + `,"lakes":[[400,400,0,200,200,0,0,-200,-200,0]],"rivers":[],"borders":[[0,250,1000,0]],"dashed":[[0,750,1000,0]]}`
	files := fstest.MapFS{}
	for _, name := range []string{"110-0-0", "50-6-3", "50-5-3", "50-6-2", "10-18-9", "50-5-2"} {
		files["map-0123456789-"+name+".json"] = &fstest.MapFile{Data: []byte(cell)}
	}
	files["map-0123456789-names.json"] = &fstest.MapFile{Data: []byte(`[["XA",5,5,10]]`)}
	files["map-0123456789-country-XA.json"] = &fstest.MapFile{Data: []byte(`{"scale":100,"rings":` + ring + `}`)}
	files["map-0123456789-masks.json"] = &fstest.MapFile{Data: []byte(`{"scale":100,"masks":[{"parties":["XA"],"rings":[[0,0,0,200,200,0,0,-200,-200,0]]}]}`)}
	base, err := OpenBasemap(files)
	if err != nil || base == nil {
		t.Fatal(base, err)
	}
	return base
}

func picture(t *testing.T, base *Basemap, s Scene) *image.RGBA {
	t.Helper()
	r, err := New(base)
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := r.Draw(t.Context(), out, s); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same scene is drawn in two ways")
	}
	img, err := png.Decode(&first)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != Width || b.Dy() != Height {
		t.Fatalf("%v", b)
	}
	out := image.NewRGBA(img.Bounds())
	for y := range Height {
		for x := range Width {
			out.Set(x, y, img.At(x, y))
		}
	}
	return out
}

func at(s Scene, lon, lat float64) image.Point {
	p := newFrame(s.View.Centre, s.View.Zoom, Width, mapHeight).pixel(orb.Point{lon, lat})
	return image.Pt(int(p.x), int(p.y))
}

func wantColor(t *testing.T, img *image.RGBA, p image.Point, want color.RGBA, what string) {
	t.Helper()
	if got := img.RGBAAt(p.X, p.Y); got != want {
		t.Errorf("%s at %v is %v, want %v", what, p, got, want)
	}
}

// shares of the pixels of a part of the picture that have a colour.
func share(img *image.RGBA, box image.Rectangle, is func(color.RGBA) bool) float64 {
	n := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if is(img.RGBAAt(x, y)) {
				n++
			}
		}
	}
	return float64(n) / float64(box.Dx()*box.Dy())
}

func TestBasemapIsDrawn(t *testing.T) {
	s := Scene{View: View{Centre: orb.Point{5, 5}, Zoom: 5}}
	img := picture(t, smallBasemap(t), s)
	wantColor(t, img, at(s, 1, 1), colours.land, "land")
	wantColor(t, img, at(s, 5, 5), colours.sea, "the lake")
	wantColor(t, img, at(s, -3, 5), colours.sea, "the sea")
	wantColor(t, img, at(s, 1, 2.5), colours.border, "the border")
	dashed := share(img, image.Rectangle{at(s, 1, 7.5), at(s, 9, 7.5).Add(image.Pt(0, 1))}, func(c color.RGBA) bool { return c == colours.border })
	if dashed < 0.3 || dashed > 0.8 {
		t.Errorf("%.2f of the disputed border is drawn; it is not dashed", dashed)
	}
	if solid := share(img, image.Rectangle{at(s, 1, 2.5), at(s, 9, 2.5).Add(image.Pt(0, 1))}, func(c color.RGBA) bool { return c == colours.border }); solid < 0.99 {
		t.Errorf("%.2f of the border is drawn", solid)
	}
}

// The antimeridian is no edge.
func TestBasemapGoesOnBeyondTheAntimeridian(t *testing.T) {
	s := Scene{View: View{Centre: orb.Point{179, 5}, Zoom: 2}}
	img := picture(t, smallBasemap(t), s)
	wantColor(t, img, at(s, 361, 1), colours.land, "land a turn on")
}

// A mark is drawn with its group's colour, and the circle that holds it.
func TestMarkAndCircle(t *testing.T) {
	for _, g := range geo.Groups {
		place := orb.Point{5, 8}
		s := Scene{
			View:    Around(place, 20_000),
			Marks:   []Mark{{At: place, Color: g.Color, Glyph: g.Glyph, GlyphColor: g.GlyphColor}},
			Circles: []Circle{{At: place, RadiusM: 20_000, Color: g.Color}},
		}
		img := picture(t, smallBasemap(t), s)
		p := at(s, place.Lon(), place.Lat())
		face := image.Rect(p.X-14, p.Y-14, p.X+14, p.Y+14)
		if on := share(img, face, func(c color.RGBA) bool { return c == hex(g.Color) }); on < 0.4 {
			t.Errorf("%s: its colour is on %.2f of its mark", g.Code, on)
		}
		if on := share(img, face, func(c color.RGBA) bool { return c == hex(g.GlyphColor) }); on < 0.04 {
			t.Errorf("%s: its glyph is on %.2f of its mark", g.Code, on)
		}
		edge := at(s, place.Lon(), place.Lat()+20_000/111_195.0)
		if near := share(img, image.Rect(edge.X-3, edge.Y-3, edge.X+3, edge.Y+3), func(c color.RGBA) bool { return c == hex(g.Color) }); near == 0 {
			t.Errorf("%s: no circle of 20 km", g.Code)
		}
	}
}

// A region is hatched, has no pin in its middle, and leaves out what the masks cover.
func TestExtentIsHatched(t *testing.T) {
	base := smallBasemap(t)
	rings, masks, ok := base.Outline("XA")
	if !ok || len(rings) != 1 || len(masks) != 1 {
		t.Fatal(rings, masks, ok)
	}
	s := Scene{View: Fit(rings[0].Bound(), 8), Extents: []Extent{{Rings: rings, Masks: masks, Color: "#882255", Glyph: "burst", Count: 1}}}
	img := picture(t, base, s)
	land := func(c color.RGBA) bool { return c == colours.land }
	strong := func(c color.RGBA) bool { return c.G < 120 && c.R > 120 }
	inner := image.Rectangle{at(s, 7, 4.5), at(s, 9, 3)}
	if n := share(img, inner, strong); n < 0.1 || n > 0.5 {
		t.Errorf("%.2f of the extent is lines; it is not hatched", n)
	}
	masked := image.Rectangle{at(s, 0.3, 1.7), at(s, 1.7, 0.3)}
	if n := share(img, masked, land); n < 0.99 {
		t.Errorf("%.2f of what the mask covers is plain land", n)
	}
	if _, _, ok := base.Outline("XB"); ok {
		t.Error("a country without an outline has one")
	}
}

// Without a basemap there is a graticule, no land or sea is claimed, and nobody
// is credited for a map.
func TestWithoutABasemap(t *testing.T) {
	none, err := OpenBasemap(fstest.MapFS{})
	if err != nil || none != nil {
		t.Fatal(none, err)
	}
	if _, _, ok := none.Outline("IQ"); ok {
		t.Error("no basemap has an outline")
	}
	s := Scene{Title: "Flood", View: Around(orb.Point{22.6, 32.7}, 5000), Marks: []Mark{{At: orb.Point{22.6, 32.7}, Color: "#117733", Glyph: "wave", GlyphColor: "#FFFFFF"}}}
	img := picture(t, none, s)
	if n := share(img, image.Rect(0, 0, Width, mapHeight), func(c color.RGBA) bool { return c == colours.sea }); n > 0 {
		t.Errorf("%.2f of it is sea", n)
	}
	if n := share(img, image.Rect(0, 0, Width, mapHeight), func(c color.RGBA) bool { return c == colours.border }); n == 0 {
		t.Error("there is no graticule")
	}
}

// Letters that the font lacks stand without their accent; a script that it lacks
// is left out whole.
func TestDrawable(t *testing.T) {
	for in, want := range map[string]string{
		"Air strike in Damascus: 7 killed": "Air strike in Damascus: 7 killed",
		"Ракетний удар, Харків":            "Ракетний удар, Харків",
		"Ghāzī al-Ḥamāh":                   "Ghāzī al-Hamāh",
		"غارة جوية":                        "",
		"دمشق, Damascus":                   "",
		"Обʼєднані":                        "Об’єднані",
		"a\nb":                             "a b",
		"":                                 "",
		"地震":                               "",
	} {
		if got := Drawable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for n, want := range map[int]string{1: "1", 999: "999", 1000: "1k", 1234: "1.2k", 9_940: "9.9k", 9_960: "10k", 81_400: "81k", 1_200_000: "1.2M"} {
		if got := short(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// The drawings are those of the page.
func TestGlyphsAreThePages(t *testing.T) {
	source, err := os.ReadFile("../../static/src/glyphs.json")
	if err != nil {
		t.Fatal(err)
	}
	var page map[string]struct{ Fill, Line string }
	if err := json.Unmarshal(source, &page); err != nil {
		t.Fatal(err)
	}
	if len(page) != len(drawings) {
		t.Fatalf("the page has %d drawings, there are %d here", len(page), len(drawings))
	}
	for name, d := range page {
		want := drawing{d.Fill, d.Line}
		if got := drawings[name]; got != want {
			t.Errorf("%s is %+v, on the page %+v", name, got, want)
		}
	}
	for _, g := range geo.Groups {
		if _, ok := drawings[g.Glyph]; !ok {
			t.Errorf("%s has no drawing %s", g.Code, g.Glyph)
		}
	}
}

func TestPath(t *testing.T) {
	got := path("M1 2h3v-1.5.5.5l-1-1ZM8 8a2 2 0 1 1 0 4")
	if len(got) != 2 {
		t.Fatalf("%d lines: %v", len(got), got)
	}
	if first := got[0]; first[1] != (point{4, 2}) || first[len(first)-1] != (point{1, 2}) {
		t.Errorf("%v", got[0])
	}
	far := 0.0
	for _, p := range got[1] {
		far = max(far, p.x)
	}
	if last := got[1][len(got[1])-1]; far < 9.9 || far > 10.1 || last.y < 11.99 || last.y > 12.01 {
		t.Errorf("the half circle reaches %v and ends at %v", far, last)
	}
}

func TestFit(t *testing.T) {
	v := Fit(orb.Bound{Min: orb.Point{170, -10}, Max: orb.Point{190, 10}}, 12)
	if v.Centre != (orb.Point{180, v.Centre.Lat()}) || v.Zoom < 3 || v.Zoom > 6 {
		t.Errorf("%+v", v)
	}
	box := v.Box()
	if box.Min.Lon() > 170 || box.Max.Lon() < 190 || box.Min.Lat() > -10 || box.Max.Lat() < 10 {
		t.Errorf("the box is not in the view: %v", box)
	}
	if v := Fit(orb.Bound{Min: orb.Point{-180, -89}, Max: orb.Point{180, 89}}, 12); v.Zoom < 0.8 || v.Zoom > 1.5 {
		t.Errorf("the Earth has zoom %v", v.Zoom)
	}
}

func TestDrawEndsWithItsContext(t *testing.T) {
	r, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Draw(ctx, io.Discard, Scene{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// DATELINE_PREVIEWS is a folder for pictures to look at.
func TestPicturesToLookAt(t *testing.T) {
	folder := os.Getenv("DATELINE_PREVIEWS")
	if folder == "" {
		t.Skip("DATELINE_PREVIEWS names no folder")
	}
	base := builtBasemap(t)
	rings, masks, _ := base.Outline("UA")
	for name, s := range map[string]Scene{
		"country": {Title: "Missile or rocket strike, Ukraine", Line: "1–31 January 2024 · Ukraine", Brand: "Dateline", Color: "#882255", View: Fit(rings[0].Bound(), 8), Extents: []Extent{{Rings: rings, Masks: masks, Color: "#882255", Glyph: "burst", Count: 1}}},
		"fiji":    {Title: "Storm, Taveuni", View: Around(orb.Point{-179.97, -16.85}, 20_000), Marks: []Mark{{At: orb.Point{-179.97, -16.85}, Color: "#117733", Glyph: "wave", GlyphColor: "#FFFFFF"}}, Circles: []Circle{{At: orb.Point{-179.97, -16.85}, RadiusM: 20_000, Color: "#117733"}}},
	} {
		r, err := New(base)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := r.Draw(t.Context(), &out, s); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".png"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	base := builtBasemap(b)
	rings, masks, _ := base.Outline("RU")
	damascus := orb.Point{36.3, 33.5}
	for name, s := range map[string]Scene{
		"mark":    {Title: "Air strike in Damascus", View: Around(damascus, 13_000), Marks: []Mark{{At: damascus, Color: "#882255", Glyph: "burst", GlyphColor: "#FFFFFF"}}, Circles: []Circle{{At: damascus, RadiusM: 13_000, Color: "#882255"}}},
		"country": {Title: "Storm, Russia", View: Fit(rings[0].Bound(), 8), Extents: []Extent{{Rings: rings, Masks: masks, Color: "#117733", Glyph: "wave", Count: 1}}},
		"region":  {Title: "Fire", View: View{Centre: orb.Point{20, 45}, Zoom: 5, Locator: true}},
	} {
		b.Run(name, func(b *testing.B) {
			r, err := New(base)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Draw(b.Context(), io.Discard, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
