package source

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dateline/gazetteer"
)

// Input is a row of Inputs: a kind of file that a gazetteer is built from.
type Input struct {
	Name string // as in the flag --geonames
	What string
	read func(*inputFile, receiver) error
}

// Inputs are the kinds of files that Build reads.
var Inputs = []Input{
	{"geonames", "GeoNames dump: a country, allCountries, cities500 to cities15000 (.txt, .zip)", readDump},
	{"alternate-names", "GeoNames alternateNames or alternateNamesV2 (.txt, .zip)", readAlternateNames},
	{"admin-codes", "GeoNames admin1CodesASCII or admin2Codes", readAdminCodes},
	{"hierarchy", "GeoNames hierarchy (.txt, .zip)", readHierarchy},
	{"feature-codes", "GeoNames featureCodes: codes that it does not have are refused", readFeatureCodes},
	{"osm", "OpenStreetMap extract (.osm.pbf)", readExtract},
	{"csv", "places of one's own: columns name, lon, lat, and id, alternates, radius_m, kind, parent, country, population where known", readOwnCSV},
	{"geojson", "places of one's own: features with the properties of --csv", readOwnGeoJSON},
	{"events", "events of UCDP GED or ACLED (.csv): the names of places that they locate exactly", readEvents},
}

// InputNamed finds a row of Inputs.
func InputNamed(name string) (Input, bool) {
	for _, in := range Inputs {
		if in.Name == name {
			return in, true
		}
	}
	return Input{}, false
}

// receiver takes what an input holds.
type receiver interface {
	place(p placeRow) error
	name(id string, n gazetteer.Name) error
	parent(child, parent string) error
	division(code, name string) error
	featureCode(code string)
	country(iso string) (name string, ok bool)
	countryNamed(name string) string
	holder(name string, near *placeRow) (gazetteer.Place, bool)
}

// placeRow is a place as an input gives it. Its Admin1 is a code; a radius of
// zero is derived later, an empty country filled in from the places about it.
type placeRow struct {
	gazetteer.Entry
	codes  [3]string // second to fourth division
	extent bool      // the radius comes from an outline
	input  int       // number of the input in the build's order
}

// inputFile is an opened input.
type inputFile struct {
	ctx  context.Context
	path string
	file *os.File
	size int64
	tick func(done int64)
}

func openInput(ctx context.Context, path string, tick func(done int64)) (*inputFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &inputFile{ctx: ctx, path: path, file: f, size: info.Size(), tick: tick}, nil
}

// text calls use with the text of the input: of the file, or of the largest
// .txt in it where it is a .zip.
func (in *inputFile) text(use func(io.Reader) error) error {
	var magic [4]byte
	if _, err := in.file.ReadAt(magic[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Equal(magic[:], []byte("PK\x03\x04")) {
		return use(&ticking{ctx: in.ctx, from: in.file, tick: in.tick})
	}
	z, err := zip.NewReader(in.file, in.size)
	if err != nil {
		return err
	}
	var largest *zip.File
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".txt") && (largest == nil || f.UncompressedSize64 > largest.UncompressedSize64) {
			largest = f
		}
	}
	if largest == nil {
		return errors.New("there is no .txt in it")
	}
	r, err := largest.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	share := float64(in.size) / max(1, float64(largest.UncompressedSize64))
	scaled := func(done int64) { in.tick(int64(float64(done) * share)) }
	if err := use(&ticking{ctx: in.ctx, from: r, tick: scaled}); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(largest.Name), err)
	}
	return nil
}

// ticking is a reader that tells how much was read, and ends with its context.
type ticking struct {
	ctx  context.Context
	from io.Reader
	tick func(done int64)
	done int64
}

func (t *ticking) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.from.Read(p)
	t.done += int64(n)
	t.tick(t.done)
	return n, err
}
