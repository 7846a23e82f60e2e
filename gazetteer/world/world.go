// Package world is the default gazetteer, embedded: places of the world, built
// by dateline/gazetteer/source from the packages that SOURCES.md lists.
package world

import (
	_ "embed" // the index
	"unsafe"

	"dateline/gazetteer"
)

//go:embed world.gaz
var index string

// Attribution is what the licences of the sources ask to be shown.
const Attribution = "Places: GeoNames, CC BY 4.0. Outlines: Natural Earth."

// Open opens the embedded index in place; nothing is copied.
func Open() (*gazetteer.Layer, error) {
	return gazetteer.Open(unsafe.Slice(unsafe.StringData(index), len(index)))
}
