package format

import (
	"fmt"
	"strings"

	"dateline/geo"
)

// FieldsDocument is FIELDS.md: every column with its type in each format and
// what it holds, and what formats cannot hold.
func FieldsDocument() string {
	var b strings.Builder
	b.WriteString(`# The columns of an export

The same in every format, as far as each allows. Made from the table ` + "`geo.Fields`" + ` by ` + "`go test ./geo/format -update`" + `.
Not stated is absent in JSON, null in GeoPackage, FlatGeobuf and GeoParquet, empty in CSV and Shapefile.

| format | what it cannot hold |
|---|---|
| CSV, HXL | lists are JSON; a text that a spreadsheet would run begins with an apostrophe; no geometry but lat and lon, or area_wkt for areas |
| GeoPackage | lists are JSON texts |
| FlatGeobuf | days are texts; lists are JSON |
| GeoParquet | lists are JSON |
| Shapefile | names are cut to ten letters (fields.txt in the archive says which), texts to 254 bytes; times are texts; at most 2 GiB |
| KML, KMZ | truths are 0 and 1; days are the time span too |
| GPX | points alone: title, summary, first day, id and type |
| GeoRSS | title, summary, type, updated, links; of an area its first outer ring |

| column | type | in tables | Shapefile | HXL | what it holds |
|---|---|---|---|---|---|
`)
	short := map[string]string{}
	for _, f := range dbfFields() {
		short[f.Name] = f.short
	}
	for _, f := range geo.Columns() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | `%s` | %s |\n", f.Name, f.Kind, gpkgType(f.Kind), short[f.Name], hashtagOf(f.Name), f.Doc)
	}
	return b.String()
}
