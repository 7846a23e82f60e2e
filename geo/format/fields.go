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
| all tables | the character NUL, which becomes U+FFFD |
| CSV, HXL | lists are JSON; a text that a spreadsheet would run begins with an apostrophe; the geometry is well-known text in wkt; HXL has the precision in the codes of UCDP and ACLED too |
| GeoPackage | lists are JSON texts |
| FlatGeobuf | days are texts; lists are JSON |
| GeoParquet | lists are JSON; geometry (well-known binary) and bbox, rounded outwards, stand behind the columns; rows come in no order unless sortby asks for one |
| Shapefile | no lists; names are cut to ten letters (fields.txt in the archive says which), texts to 254 bytes; times are texts; at most 2 GiB |
| KML, KMZ | truths are 0 and 1; days are the time span too; control characters become U+FFFD |
| GPX | points alone; the columns are extensions, and no waypoint has a time, since none is known to the second |
| GeoRSS | title, summary, type, times, links and geometry alone |

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
