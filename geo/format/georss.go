package format

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// AtomMediaType is that of RFC 4287.
const AtomMediaType = "application/atom+xml"

// WriteGeoRSS writes an Atom feed (RFC 4287) whose entries have their place in
// GeoRSS Simple (OGC 17-002r1). The feed's time is that of its latest entry.
func WriteGeoRSS(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"><id>urn:dateline:incidents</id><title>Incidents</title><author><name>Dateline</name></author>` + "\n")
	var latest time.Time
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if i.Updated.After(latest) {
			latest = i.Updated
		}
		fmt.Fprintf(b, `<entry><id>urn:dateline:incident:%s</id><title>%s</title><updated>%s</updated>`, xmlText(i.ID), xmlText(titleOf(&i)), i.Updated.UTC().Format(time.RFC3339))
		if !i.Created.IsZero() {
			fmt.Fprintf(b, "<published>%s</published>", i.Created.UTC().Format(time.RFC3339))
		}
		fmt.Fprintf(b, `<summary>%s</summary><category term="%s"/>`, xmlText(summary(&i)), xmlText(i.Type))
		for _, r := range i.Reports {
			if r.URL != "" {
				fmt.Fprintf(b, `<link rel="related" href="%s"/>`, xmlText(r.URL))
			}
		}
		if g := geometryOf(i, o.Shape); g != nil {
			writeGeoRSSGeometry(b, g)
		}
		b.WriteString("</entry>\n")
	}
	fmt.Fprintf(b, "<updated>%s</updated></feed>\n", latest.UTC().Format(time.RFC3339))
	return b.Flush()
}

// writeGeoRSSGeometry writes a point, or the outer ring of the first polygon:
// the simple form has one ring.
func writeGeoRSSGeometry(b *bufio.Writer, g *geometry) {
	switch c := g.Coordinates.(type) {
	case orb.Point:
		fmt.Fprintf(b, "<georss:point>%s %s</georss:point>", degrees(c.Lat()), degrees(c.Lon()))
	case orb.Polygon:
		b.WriteString("<georss:polygon>")
		for k, p := range c[0] {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(degrees(p.Lat()) + " " + degrees(p.Lon()))
		}
		b.WriteString("</georss:polygon>")
	case orb.MultiPolygon:
		writeGeoRSSGeometry(b, &geometry{"Polygon", c[0]})
	}
}
