package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"dateline/geo"
)

// GeoJSONSeqMediaType is that of RFC 8142.
const GeoJSONSeqMediaType = "application/geo+json-seq"

const recordSeparator = 0x1e

// WriteGeoJSONSeq writes a GeoJSON text sequence (RFC 8142): each feature
// between a record separator and a line feed.
func WriteGeoJSONSeq(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	b := bufio.NewWriterSize(w, bufferBytes)
	var feature []byte
	for i, err := range incidents {
		if err != nil {
			return err
		}
		b.WriteByte(recordSeparator)
		if feature, err = AppendFeature(feature[:0], &i, Options{Shape: o.Shape}); err != nil {
			return err
		}
		if _, err := b.Write(append(feature, '\n')); err != nil {
			return err
		}
	}
	return b.Flush()
}

// maxLine bounds a feature of a text sequence.
const maxLine = 16 << 20

// ReadGeoJSONSeq reads a GeoJSON text sequence, or a feature a line without the
// separators.
func ReadGeoJSONSeq(r io.Reader) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLine)
		for n := 1; lines.Scan(); n++ {
			line := bytes.TrimSpace(bytes.TrimLeft(lines.Bytes(), "\x1e"))
			if len(line) == 0 {
				continue
			}
			i, err := incidentOfFeature(line)
			if err != nil {
				err = fmt.Errorf("line %d: %w", n, err)
			}
			if !yield(i, err) {
				return
			}
		}
		if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
			yield(geo.Incident{}, fmt.Errorf("a line is over %d MiB", maxLine>>20))
		} else if err != nil {
			yield(geo.Incident{}, err)
		}
	}
}
