// Package fit finds the weights of the geoparser on texts whose places are
// known, and scores them on others: logistic regression for recognition and for
// confidence, a softmax regression over the readings for resolution, each held
// near the weights that it starts from by a penalty on the square of the
// change, so that what a corpus says little about stays as it was.
package fit

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"dateline/gazetteer/geoparse"

	"github.com/paulmach/orb"
)

// Corpus is texts with the places that they name.
type Corpus struct {
	Name    string
	Docs    []Doc
	Partial bool // its gold leaves place names of the texts out
}

// Doc is a text with its gold.
type Doc struct {
	Text    string
	Country string
	Gold    []Gold
}

// Gold is a name of a place as a person marked it.
type Gold struct {
	geoparse.Span
	Placed    bool      // whether the person said where it is
	Point     orb.Point // lon, lat
	GeoNameID string    // empty where there is none
}

// maxLine bounds a line of a corpus, in bytes.
const maxLine = 16 << 20

// Read reads a corpus of JSON lines: {"text", "country"?, "toponyms": [{"start",
// "end", "lat"?, "lon"?, "geonameid"?}]}, offsets in code points. An error names
// the line.
func Read(name string, r io.Reader) (Corpus, error) {
	c := Corpus{Name: name}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 1<<16), maxLine)
	for n := 1; scanner.Scan(); n++ {
		var line struct {
			Text     string `json:"text"`
			Country  string `json:"country"`
			Toponyms []struct {
				geoparse.Span
				Lat, Lon  *float64
				GeoNameID json.Number `json:"geonameid"`
			} `json:"toponyms"`
		}
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			return c, fmt.Errorf("%s, line %d: %w", name, n, err)
		}
		d := Doc{Text: line.Text, Country: line.Country}
		for _, t := range line.Toponyms {
			g := Gold{Span: t.Span, GeoNameID: t.GeoNameID.String()}
			if t.Lat != nil && t.Lon != nil {
				g.Placed, g.Point = true, orb.Point{*t.Lon, *t.Lat}
			}
			d.Gold = append(d.Gold, g)
		}
		c.Docs = append(c.Docs, d)
	}
	return c, scanner.Err()
}
