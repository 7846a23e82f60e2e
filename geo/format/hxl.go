package format

import (
	"bufio"
	"fmt"
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
	"origin": "#meta+source", "confidence": "#meta+confidence", "updated": "#date+updated", "created": "#date+created",
}

// hashtagOf is the tag of a column.
func hashtagOf(name string) string {
	if tag, ok := hashtags[name]; ok {
		return tag
	}
	return "#meta+" + strings.ReplaceAll(name, "_", "+")
}

// WriteHXL writes CSV whose second row holds the hashtags of HXL.
func WriteHXL(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriter(w)
	columns := geo.Columns()
	header, tags := make([]string, len(columns)), make([]string, len(columns))
	for k, f := range columns {
		header[k], tags[k] = f.Name, hashtagOf(f.Name)
	}
	writeRow(b, header)
	writeRow(b, tags)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		row, err := csvRow(o.Shape.shaped(i), columns)
		if err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
		writeRow(b, row)
	}
	return b.Flush()
}
