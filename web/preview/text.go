package preview

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// weight of a font.
type weight int

const (
	regular weight = iota
	bold
)

type (
	fonts   [2]*opentype.Font
	face    = font.Face
	faceKey struct {
		weight weight
		size   float64
	}
)

func loadFonts() (f fonts, err error) {
	for w, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		if f[w], err = opentype.Parse(ttf); err != nil {
			return f, fmt.Errorf("font of the previews: %w", err)
		}
	}
	return f, nil
}

func (c *canvas) face(w weight, size float64) face {
	key := faceKey{w, size}
	if f, ok := c.faces[key]; ok {
		return f
	}
	f, err := opentype.NewFace(c.fonts[w], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // the font was parsed; size and resolution are ours
	}
	c.faces[key] = f
	return f
}

// text with its baseline beginning at x, y.
func (c *canvas) text(s string, w weight, size, x, y float64, col color.RGBA) {
	if s == "" {
		return
	}
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(col), Face: c.face(w, size), Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	d.DrawString(s)
}

// haloed is text with an edge of another colour around it.
func (c *canvas) haloed(s string, w weight, size, x, y float64, col, halo color.RGBA) {
	const r = 1.6
	for _, d := range [][2]float64{{-r, 0}, {r, 0}, {0, -r}, {0, r}, {-r, -r}, {r, r}, {-r, r}, {r, -r}} {
		c.text(s, w, size, x+d[0], y+d[1], halo)
	}
	c.text(s, w, size, x, y, col)
}

// width of a text in pixels.
func (c *canvas) width(s string, w weight, size float64) float64 {
	return float64(font.MeasureString(c.face(w, size), s)) / 64
}

// fitted is a text cut at a word, with an ellipsis, to at most this many pixels.
func (c *canvas) fitted(s string, w weight, size, most float64) string {
	if c.width(s, w, size) <= most {
		return s
	}
	words := strings.Fields(s)
	for n := len(words) - 1; n > 0; n-- {
		if cut := strings.TrimRight(strings.Join(words[:n], " "), ",;:·–— ") + " …"; c.width(cut, w, size) <= most {
			return cut
		}
	}
	return ""
}

var drawableFont = func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	return f
}()

// quotes stand in for the letters of transcriptions that look like them.
var quotes = strings.NewReplacer("ʼ", "’", "ʾ", "’", "ʿ", "‘", "ʻ", "‘")

// Drawable is a text as the fonts can draw it: a letter whose accent they lack
// stands without it. It is empty where they lack a letter altogether, as those of
// Arabic: half a name is worse than none.
func Drawable(s string) string {
	var buffer sfnt.Buffer
	has := func(r rune) bool {
		k, err := drawableFont.GlyphIndex(&buffer, r)
		return err == nil && k != 0
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(quotes.Replace(s)) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case has(r):
			b.WriteRune(r)
		case unicode.IsLetter(r):
			base := []rune(norm.NFD.String(string(r)))
			if len(base) < 2 || !has(base[0]) {
				return ""
			}
			b.WriteRune(base[0])
		}
	}
	return strings.TrimSpace(b.String())
}
