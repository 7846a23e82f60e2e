package format

import (
	"bufio"
	"fmt"
	"io"
	"iter"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// WriteGPX writes GPX 1.1 waypoints: those incidents that are points alone, since
// a waypoint must be one. Its own time would be an instant, which is not known:
// the days stand among the columns, which are extensions under their names.
func WriteGPX(w io.Writer, incidents iter.Seq2[geo.Incident, error], _ Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<gpx version="1.1" creator="Dateline" xmlns="http://www.topografix.com/GPX/1/1" xmlns:dateline="urn:dateline:fields">` + "\n")
	columns := geo.Columns()
	for i, err := range incidents {
		if err != nil {
			return err
		}
		g := geometryOf(i, Incidents)
		if g == nil {
			continue
		}
		values, err := cells(i, Incidents, columns)
		if err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		p := g.Coordinates.(orb.Point)
		fmt.Fprintf(b, `<wpt lat="%s" lon="%s"><name>%s</name><desc>%s</desc><src>%s</src><type>%s</type><extensions>`,
			degrees(p.Lat()), degrees(p.Lon()), xmlText(titleOf(&i)), xmlText(summary(&i)), xmlText(i.ID), xmlText(i.Type))
		for k, f := range columns {
			if values[k] != nil {
				fmt.Fprintf(b, "<dateline:%s>%s</dateline:%[1]s>", f.Name, xmlText(cellText(values[k])))
			}
		}
		if _, err := b.WriteString("</extensions></wpt>\n"); err != nil {
			return err
		}
	}
	b.WriteString("</gpx>\n")
	return b.Flush()
}
