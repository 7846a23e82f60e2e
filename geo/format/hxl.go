package format

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"dateline/geo"
)

// hashtags are those of the Humanitarian Exchange Language (HXL 1.1) for the
// columns that it has tags for; the others are #meta.
var hashtags = map[string]string{
	"id": "#event+id", "title": "#event+name", "type": "#event+type+code", "group": "#event+category", "status": "#status",
	"start": "#date+start", "end": "#date+end", "place": "#loc+name", "place_id": "#loc+code", "lat": "#geo+lat", "lon": "#geo+lon",
	"radius_m": "#geo+precision+radius+m", "precision": "#geo+precision", "admin1": "#adm1+code", "country": "#country+code+iso2",
	"killed_low": "#affected+killed+min", "killed_best": "#affected+killed", "killed_high": "#affected+killed+max",
	"injured_low": "#affected+injured+min", "injured_best": "#affected+injured", "injured_high": "#affected+injured+max",
	"missing_low": "#affected+missing+min", "missing_best": "#affected+missing", "missing_high": "#affected+missing+max",
	"abducted_low": "#affected+abducted+min", "abducted_best": "#affected+abducted", "abducted_high": "#affected+abducted+max",
	"arrested_low": "#affected+arrested+min", "arrested_best": "#affected+arrested", "arrested_high": "#affected+arrested+max",
	"displaced_low": "#affected+displaced+min", "displaced_best": "#affected+displaced", "displaced_high": "#affected+displaced+max",
	"origin": "#meta+source", wktColumn: "#geo+bounds+wkt", "confidence": "#meta+confidence", "updated": "#date+updated", "created": "#date+created",
}

// hashtagOf is the tag of a column.
func hashtagOf(name string) string {
	if tag, ok := hashtags[name]; ok {
		return tag
	}
	return "#meta+" + strings.ReplaceAll(name, "_", "+")
}

// codeColumns stand behind the others: the precision in the codes of other data
// sets.
var codeColumns = []struct{ name, scheme, tag string }{
	{"ucdp_where_prec", geo.SchemeUCDP, "#geo+precision+v_ucdp"},
	{"acled_geo_precision", geo.SchemeACLED, "#geo+precision+v_acled"},
}

// WriteHXL writes the table of WriteCSV with a second row of the hashtags of HXL,
// and the precision in the codes of UCDP and ACLED.
func WriteHXL(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriterSize(w, bufferBytes)
	columns := allColumns
	var header, tags []string
	for _, f := range columns {
		header, tags = append(header, f.Name), append(tags, hashtagOf(f.Name))
	}
	header, tags = append(header, wktColumn), append(tags, hashtagOf(wktColumn))
	for _, c := range codeColumns {
		header, tags = append(header, c.name), append(tags, c.tag)
	}
	var row csvRow
	row.texts(b, header)
	row.texts(b, tags)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if err := row.columns(o.Shape.shaped(i), columns); err != nil {
			return err
		}
		row.text(wktOf(geometryOf(i, o.Shape)))
		site, _ := i.Where()
		for _, c := range codeColumns {
			row.text(geo.PrecisionCode(c.scheme, site.Precision))
		}
		if err := row.write(b); err != nil {
			return err
		}
	}
	return b.Flush()
}
