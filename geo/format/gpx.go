package format

import (
	"bufio"
	"fmt"
	"io"
	"iter"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// WriteGPX writes GPX 1.1 waypoints: those incidents that are points alone, with
// title, summary, first day and type; the format has no more fields, and no
// place for what is no point.
func WriteGPX(w io.Writer, incidents iter.Seq2[geo.Incident, error], _ Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<gpx version="1.1" creator="Dateline" xmlns="http://www.topografix.com/GPX/1/1">` + "\n")
	for i, err := range incidents {
		if err != nil {
			return err
		}
		g := geometryOf(i, Incidents)
		if g == nil {
			continue
		}
		p := g.Coordinates.(orb.Point)
		fmt.Fprintf(b, `<wpt lat="%s" lon="%s">`, degrees(p.Lat()), degrees(p.Lon()))
		if day := firstDay(&i); day != "" {
			fmt.Fprintf(b, "<time>%sT00:00:00Z</time>", day)
		}
		fmt.Fprintf(b, "<name>%s</name><desc>%s</desc><src>%s</src><type>%s</type></wpt>\n",
			xmlText(titleOf(&i)), xmlText(summary(&i)), xmlText(i.ID), xmlText(i.Type))
	}
	b.WriteString("</gpx>\n")
	return b.Flush()
}

// firstDay is the start, else the end.
func firstDay(i *geo.Incident) geo.Day {
	if i.When.Start != "" {
		return i.When.Start
	}
	return i.When.End
}
