package format

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// WriteKML writes a KML 2.2 document (OGC 07-147r2): a placemark an incident,
// with the colour of its group, its days as a time span and the columns of the
// flat incident as extended data. What is no point has no geometry, or its
// polygon in Areas.
func WriteKML(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Dateline</name>` + "\n")
	for _, g := range geo.Groups {
		fmt.Fprintf(b, `<Style id="%s"><IconStyle><color>%s</color><scale>1</scale></IconStyle><LineStyle><color>%[2]s</color><width>2</width></LineStyle><PolyStyle><color>%s</color></PolyStyle></Style>`+"\n",
			g.Code, kmlColor(g.Color, "ff"), kmlColor(g.Color, "55"))
	}
	columns := geo.Columns()
	b.WriteString(`<Schema name="incident" id="incident">`)
	for _, f := range columns {
		fmt.Fprintf(b, `<SimpleField type="%s" name="%s"/>`, kmlType(f.Kind), f.Name)
	}
	b.WriteString("</Schema>\n")
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if err := writePlacemark(b, i, columns, o.Shape); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
	}
	b.WriteString("</Document></kml>\n")
	return b.Flush()
}

func writePlacemark(b *bufio.Writer, i geo.Incident, columns []geo.Field, s Shape) error {
	values, err := cells(i, s, columns)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, `<Placemark id="%s"><name>%s</name><description>%s</description>`, xmlText(i.ID), xmlText(titleOf(&i)), xmlText(summary(&i)))
	if i.When.Start != "" || i.When.End != "" {
		b.WriteString("<TimeSpan>")
		if i.When.Start != "" {
			fmt.Fprintf(b, "<begin>%s</begin>", i.When.Start)
		}
		if i.When.End != "" {
			fmt.Fprintf(b, "<end>%s</end>", i.When.End)
		}
		b.WriteString("</TimeSpan>")
	}
	fmt.Fprintf(b, `<styleUrl>#%s</styleUrl><ExtendedData><SchemaData schemaUrl="#incident">`, i.Group())
	for k, f := range columns {
		if values[k] != nil {
			fmt.Fprintf(b, `<SimpleData name="%s">%s</SimpleData>`, f.Name, xmlText(kmlText(values[k])))
		}
	}
	b.WriteString("</SchemaData></ExtendedData>")
	if g := geometryOf(i, s); g != nil {
		writeKMLGeometry(b, g)
	}
	_, err = b.WriteString("</Placemark>\n")
	return err
}

// kmlText is a cell as text; a truth is 0 or 1, as XML Schema also writes it.
func kmlText(v any) string {
	if b, ok := v.(bool); ok {
		return map[bool]string{true: "1", false: "0"}[b]
	}
	return cellText(v)
}

func writeKMLGeometry(b *bufio.Writer, g *geometry) {
	switch c := g.Coordinates.(type) {
	case orb.Point:
		b.WriteString("<Point><coordinates>" + kmlPoint(c) + "</coordinates></Point>")
	case orb.Polygon:
		writeKMLPolygon(b, c)
	case orb.MultiPolygon:
		b.WriteString("<MultiGeometry>")
		for _, p := range c {
			writeKMLPolygon(b, p)
		}
		b.WriteString("</MultiGeometry>")
	}
}

func writeKMLPolygon(b *bufio.Writer, p orb.Polygon) {
	b.WriteString("<Polygon>")
	for k, ring := range p {
		side := "innerBoundaryIs"
		if k == 0 {
			side = "outerBoundaryIs"
		}
		b.WriteString("<" + side + "><LinearRing><coordinates>")
		for n, pt := range ring {
			if n > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(kmlPoint(pt))
		}
		b.WriteString("</coordinates></LinearRing></" + side + ">")
	}
	b.WriteString("</Polygon>")
}

func kmlPoint(p orb.Point) string { return degrees(p.Lon()) + "," + degrees(p.Lat()) }

func degrees(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// kmlColor turns #RRGGBB into KML's aabbggrr.
func kmlColor(rgb, alpha string) string {
	c := strings.ToLower(strings.TrimPrefix(rgb, "#"))
	if len(c) != 6 {
		return alpha + "888888"
	}
	return alpha + c[4:] + c[2:4] + c[:2]
}

func kmlType(k geo.Kind) string {
	switch k {
	case geo.KindInt:
		return "int"
	case geo.KindNumber:
		return "double"
	case geo.KindBool:
		return "bool"
	}
	return "string"
}

// WriteKMZ writes the KML document in a ZIP archive, as doc.kml.
func WriteKMZ(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	archive := zip.NewWriter(w)
	doc, err := archive.Create("doc.kml")
	if err != nil {
		return err
	}
	if err := WriteKML(doc, incidents, o); err != nil {
		return err
	}
	return archive.Close()
}
