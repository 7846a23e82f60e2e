package format

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// AtomMediaType is that of RFC 4287.
const AtomMediaType = "application/atom+xml"

// WriteGeoRSS writes an Atom feed (RFC 4287) whose entries have their place in
// GeoRSS (OGC 17-002r1). The feed's time is that of its latest entry and stands
// before them, so the entries wait in a temporary file.
func WriteGeoRSS(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	entries, err := os.CreateTemp("", "dateline-atom-")
	if err != nil {
		return err
	}
	defer os.Remove(entries.Name())
	defer entries.Close()
	kept := bufio.NewWriterSize(entries, 1<<16)
	latest := time.Unix(0, 0)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if i.Updated.After(latest) {
			latest = i.Updated
		}
		if err := writeEntry(kept, i, o.Shape); err != nil {
			return err
		}
	}
	if err := kept.Flush(); err != nil {
		return err
	}
	if _, err := entries.Seek(0, io.SeekStart); err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"><id>urn:dateline:incidents</id><title>Incidents</title><updated>%s</updated><author><name>Dateline</name></author>`+"\n",
		latest.UTC().Format(time.RFC3339))
	if _, err := io.Copy(b, entries); err != nil {
		return err
	}
	b.WriteString("</feed>\n")
	return b.Flush()
}

func writeEntry(b *bufio.Writer, i geo.Incident, s Shape) error {
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
	if g := geometryOf(i, s); g != nil {
		writeGeoRSSGeometry(b, g)
	}
	_, err := b.WriteString("</entry>\n")
	return err
}

// writeGeoRSSGeometry writes a point or a ring; what has several parts or a hole
// is GML, whose name stands on it alone: where a file says GML at its beginning,
// GDAL takes the whole for that.
func writeGeoRSSGeometry(b *bufio.Writer, g *geometry) {
	switch c := g.Coordinates.(type) {
	case orb.Point:
		fmt.Fprintf(b, "<georss:point>%s</georss:point>", latLon(c))
	case orb.Polygon:
		if len(c) == 1 {
			fmt.Fprintf(b, "<georss:polygon>%s</georss:polygon>", latLon(c[0]...))
			return
		}
		writeGeoRSSGeometry(b, &geometry{"MultiPolygon", orb.MultiPolygon{c}})
	case orb.MultiPolygon:
		b.WriteString(`<georss:where><gml:MultiPolygon xmlns:gml="http://www.opengis.net/gml">`)
		for _, part := range c {
			b.WriteString("<gml:polygonMember><gml:Polygon>")
			for k, ring := range part {
				side := "interior"
				if k == 0 {
					side = "exterior"
				}
				fmt.Fprintf(b, "<gml:%s><gml:LinearRing><gml:posList>%s</gml:posList></gml:LinearRing></gml:%[1]s>", side, latLon(ring...))
			}
			b.WriteString("</gml:Polygon></gml:polygonMember>")
		}
		b.WriteString("</gml:MultiPolygon></georss:where>")
	}
}

// latLon are positions in the order of GeoRSS.
func latLon(points ...orb.Point) string {
	var b strings.Builder
	for k, p := range points {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(degrees(p.Lat()) + " " + degrees(p.Lon()))
	}
	return b.String()
}
