package tile

import (
	"encoding/binary"

	"dateline/geo/index"
)

// The fields of the vector tile's protocol buffer (specification 2.1, 4.1).
const (
	tileLayer       = 3
	layerName       = 1
	layerFeature    = 2
	layerKey        = 3
	layerValue      = 4
	layerExtent     = 5
	layerVersion    = 15
	featureTags     = 2
	featureType     = 3
	featureGeometry = 4
	valueString     = 1
	valueInt        = 4
)

// The types of a geometry and its commands (4.3).
const (
	typePoint   = 1
	typePolygon = 3
	moveTo      = 1
	lineTo      = 2
	closePath   = 7
)

// layer is written feature by feature: first its attributes, then its geometry.
// orb's encoder makes a map of every feature, which is ten times as slow; the
// tests read what this one writes with orb's decoder.
type layer struct {
	name     string
	keys     map[string]uint32
	texts    map[string]uint32
	numbers  map[int64]uint32
	values   uint32
	head     []byte // keys
	tail     []byte // values
	features []byte
	tags     []byte // of the feature under way
	geometry []byte
	message  []byte
}

func newLayer(name string) *layer {
	return &layer{name: name, keys: map[string]uint32{}, texts: map[string]uint32{}, numbers: map[int64]uint32{}}
}

func (l *layer) tag(key string, value uint32) {
	k, ok := l.keys[key]
	if !ok {
		k = uint32(len(l.keys))
		l.keys[key] = k
		l.head = appendText(l.head, layerKey, key)
	}
	l.tags = binary.AppendUvarint(binary.AppendUvarint(l.tags, uint64(k)), uint64(value))
}

// text is an attribute that several features may have; empty is not stated.
func (l *layer) text(key, value string) {
	if value == "" {
		return
	}
	v, ok := l.texts[value]
	if !ok {
		v = l.newText(value)
		l.texts[value] = v
	}
	l.tag(key, v)
}

// unique is a text that no other feature has.
func (l *layer) unique(key, value string) { l.tag(key, l.newText(value)) }

func (l *layer) newText(value string) uint32 {
	l.tail = appendTag(l.tail, layerValue, 2)
	n := 1 + uvarintLen(uint64(len(value))) + len(value)
	l.tail = binary.AppendUvarint(l.tail, uint64(n))
	l.tail = appendText(l.tail, valueString, value)
	l.values++
	return l.values - 1
}

func (l *layer) number(key string, value int64) {
	v, ok := l.numbers[value]
	if !ok {
		l.tail = appendTag(l.tail, layerValue, 2)
		l.tail = binary.AppendUvarint(l.tail, uint64(1+uvarintLen(uint64(value))))
		l.tail = binary.AppendUvarint(appendTag(l.tail, valueInt, 0), uint64(value))
		v = l.values
		l.values++
		l.numbers[value] = v
	}
	l.tag(key, v)
}

func (l *layer) point(x, y int32) {
	l.geometry = appendCommand(l.geometry[:0], moveTo, 1)
	l.geometry = appendSigned(appendSigned(l.geometry, x), y)
	l.feature(typePoint)
}

// polygon writes rings without their closing points, outer ones clockwise as
// they are seen.
func (l *layer) polygon(rings [][][2]int32) {
	l.geometry = l.geometry[:0]
	var at [2]int32
	for _, ring := range rings {
		for k, p := range ring {
			switch k {
			case 0:
				l.geometry = appendCommand(l.geometry, moveTo, 1)
			case 1:
				l.geometry = appendCommand(l.geometry, lineTo, len(ring)-1)
			}
			l.geometry = appendSigned(appendSigned(l.geometry, p[0]-at[0]), p[1]-at[1])
			at = p
		}
		l.geometry = appendCommand(l.geometry, closePath, 1)
	}
	l.feature(typePolygon)
}

func (l *layer) feature(kind uint64) {
	m := l.message[:0]
	m = appendBytes(m, featureTags, l.tags)
	m = binary.AppendUvarint(appendTag(m, featureType, 0), kind)
	m = appendBytes(m, featureGeometry, l.geometry)
	l.features = appendBytes(l.features, layerFeature, m)
	l.message, l.tags = m, l.tags[:0]
}

// join the layers that have features to a tile.
func join(layers ...*layer) []byte {
	var tile []byte
	for _, l := range layers {
		if len(l.features) == 0 {
			continue
		}
		body := appendText(nil, layerName, l.name)
		body = append(body, l.features...)
		body = append(append(body, l.head...), l.tail...)
		body = binary.AppendUvarint(appendTag(body, layerExtent, 0), index.TileExtent)
		body = binary.AppendUvarint(appendTag(body, layerVersion, 0), 2)
		tile = appendBytes(tile, tileLayer, body)
	}
	return tile
}

func appendTag(b []byte, field, wire uint64) []byte { return binary.AppendUvarint(b, field<<3|wire) }

func appendText(b []byte, field uint64, s string) []byte {
	b = binary.AppendUvarint(appendTag(b, field, 2), uint64(len(s)))
	return append(b, s...)
}

func appendBytes(b []byte, field uint64, data []byte) []byte {
	b = binary.AppendUvarint(appendTag(b, field, 2), uint64(len(data)))
	return append(b, data...)
}

func appendCommand(b []byte, command, count int) []byte {
	return binary.AppendUvarint(b, uint64(command|count<<3))
}

// appendSigned writes a number so that small ones of either sign are short.
func appendSigned(b []byte, n int32) []byte {
	return binary.AppendUvarint(b, uint64(uint32(n<<1)^uint32(n>>31)))
}

func uvarintLen(n uint64) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}
