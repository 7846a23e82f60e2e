package source

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// supplementColumns name the columns of the supplement, as its first line does.
var supplementColumns = []string{"id", "name", "alternates", "parent", "kind", "lon", "lat", "radius_m", "basis"}

// row of the supplement; FORMAT.md beside the index describes it.
type row struct {
	line       int
	id         string // without "sup:"; "gn-123" stands for the GeoNames id 123
	name       string
	alternates []string
	parent     string // "Name, CC", "CC", "sup:id", "gn:id" or "-"
	kind       string
	point      orb.Point
	radiusM    float64
	basis      string
}

// names reports whether the row only adds names to its parent.
func (r row) names() bool { return r.kind == "alias" || r.kind == "demonym" }

// kind of a row: its feature class and code, and the smallest radius in metres
// that a position recalled from memory may claim.
type kind struct {
	class    byte
	code     string
	recalled float64
}

// kinds of the rows; alias and demonym have no feature of their own.
var kinds = map[string]kind{
	"street": {'R', "ST", 2000}, "road": {'R', "RD", 2000}, "junction": {'R', "RDJCT", 2000}, "square": {'S', "SQR", 2000},
	"site": {'S', "FCL", 2000}, "hospital": {'S', "HSP", 2000}, "bridge": {'S', "BDG", 2000}, "dam": {'S', "DAM", 2000},
	"port": {'L', "PRT", 2000}, "airport": {'S', "AIRP", 2000}, "base": {'L', "MILB", 10000}, "crossing": {'S', "PSTB", 10000},
	"camp": {'L', "CMPRF", 2000}, "quarter": {'P', "PPLX", 3000}, "suburb": {'P', "PPLX", 3000},
	"village": {'P', "PPL", 2000}, "town": {'P', "PPL", 2000},
	"valley": {'T', "VAL", 2000}, "mountain": {'T', "MT", 2000}, "range": {'T', "MTS", 2000}, "desert": {'T', "DSRT", 2000},
	"plain": {'T', "PLN", 2000}, "island": {'T', "ISL", 1000}, "region": {'L', "RGN", 3000}, "coast": {'L', "CST", 2000},
	"river": {'H', "STM", 2000}, "lake": {'H', "LK", 1000}, "sea": {'H', "SEA", 2000}, "gulf": {'H', "GULF", 2000},
	"strait": {'H', "STRT", 1000}, "canal": {'H', "CNL", 1000}, "ocean": {'H', "OCN", 2000}, "continent": {'L', "CONT", 1_000_000},
	"alias": {}, "demonym": {},
}

// placeID is the id of the place of a row.
func (r row) placeID() string {
	if number, ok := strings.CutPrefix(r.id, "gn-"); ok {
		return "gn:" + number
	}
	return "sup:" + r.id
}

var (
	rowID    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	rowBasis = regexp.MustCompile(`^(recalled|derived|package:[^\s@]+@\S+)$`)
	isoCode  = regexp.MustCompile(`^[A-Z]{2}$`)
)

// readRows reads a supplement. An error names the line and the column.
func readRows(r io.Reader) ([]row, error) {
	var rows []row
	seen := map[string]int{}
	n := 0
	err := lines(r, func(line int, text string) error {
		if n++; n == 1 {
			if text != strings.Join(supplementColumns, "\t") {
				return fmt.Errorf("line %d: the first line must name the columns %s", line, strings.Join(supplementColumns, ", "))
			}
			return nil
		}
		one, err := readRow(strings.Split(text, "\t"))
		if err != nil {
			return fmt.Errorf("line %d, %w", line, err)
		}
		if before := seen[one.id]; before > 0 {
			return fmt.Errorf("line %d, column id: %q is on line %d already", line, one.id, before)
		}
		seen[one.id], one.line = line, line
		rows = append(rows, one)
		return nil
	})
	return rows, err
}

func readRow(col []string) (row, error) {
	if len(col) != len(supplementColumns) {
		return row{}, fmt.Errorf("%d columns, want %d", len(col), len(supplementColumns))
	}
	r := row{id: col[0], name: col[1], parent: col[3], kind: col[4], basis: col[8]}
	if col[2] != "" {
		r.alternates = strings.Split(col[2], "|")
	}
	for _, n := range append([]string{r.name}, r.alternates...) {
		if gazetteer.Fold(n) == "" || strings.TrimSpace(n) != n {
			return r, fmt.Errorf("columns name and alternates: %q is no name", n)
		}
	}
	k, known := kinds[r.kind]
	switch {
	case !rowID.MatchString(r.id):
		return r, fmt.Errorf("column id: %q is not of lower-case letters, digits and single hyphens", r.id)
	case !known:
		return r, fmt.Errorf("column kind: there is no kind %q", r.kind)
	case !rowBasis.MatchString(r.basis):
		return r, fmt.Errorf("column basis: %q is neither recalled, derived nor package:NAME@VERSION", r.basis)
	case r.parent == "":
		return r, fmt.Errorf("column parent: write - where there is none")
	case r.names():
		if col[5]+col[6]+col[7] != "" {
			return r, fmt.Errorf("columns lon, lat, radius_m: empty in a row of names")
		}
		return r, nil
	}
	var err error
	if r.point, err = point(col[5], col[6]); err != nil {
		return r, fmt.Errorf("columns lon, lat: %w", err)
	}
	if r.radiusM, err = strconv.ParseFloat(col[7], 64); err != nil || !(r.radiusM > 0 && r.radiusM < 2.1e7) {
		return r, fmt.Errorf("column radius_m: %q is no radius on the Earth in metres", col[7])
	}
	if r.basis == "recalled" && r.radiusM < k.recalled {
		return r, fmt.Errorf("column radius_m: a recalled %s has at least %.0f m", r.kind, k.recalled)
	}
	return r, nil
}
