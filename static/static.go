// Package static is the map's page as the build wrote it: one HTML file and its
// assets. `npm ci && npm run build` in this folder writes them to dist, which
// git does not keep; without them the program still builds and the page says
// what to do.
package static

import (
	"embed"
	"io/fs"
)

// The pattern always matches dist-missing, and dist where it was built.
//
//go:embed dist*
var embedded embed.FS

//go:embed messages/*.json
var messages embed.FS

// Messages are the page's words, messages/CODE.json a language, for what the
// server itself writes for people.
func Messages() fs.FS { return messages }

//go:embed disputed.geojson
var disputed embed.FS

// Disputed are the areas whose borders the basemap draws dashed, disputed.geojson.
func Disputed() fs.FS { return disputed }

// Files is the page: index.html and assets/. built is false where the page was
// not built; index.html then says how to build it.
func Files() (files fs.FS, built bool) {
	name := "dist"
	if _, err := fs.Stat(embedded, "dist/index.html"); err != nil {
		name = "dist-missing"
	}
	files, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // the name is a valid path
	}
	return files, name == "dist"
}
