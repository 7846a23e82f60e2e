package format

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"strings"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// The limits of a Shapefile's table (dBASE III): names of 10 bytes, texts of 254.
const (
	dbfName    = 10
	dbfText    = 254
	dbfDecimal = 12
	shpNull    = 0
	shpPoint   = 1
	shpPolygon = 5
)

// WriteShapefile writes an ESRI Shapefile (ESRI white paper, 1998) in a ZIP
// archive: points, or polygons in Areas; what has no geometry is a null shape.
// Beside it lie .prj, .cpg (UTF-8) and a text that says which column a cut name
// stands for. Texts are cut at 254 bytes, times are texts.
func WriteShapefile(w io.Writer, incidents iter.Seq2[geo.Incident, error], o Options) error {
	dir, err := os.MkdirTemp("", "dateline-shp-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := shapefile{shape: o.Shape, fields: dbfFields(), bound: emptyBound()}
	for _, part := range []struct {
		to   *countedFile
		name string
	}{{&s.shp, "shp"}, {&s.shx, "shx"}, {&s.dbf, "dbf"}, {&s.cells, "cells"}} {
		if err := part.to.open(dir + "/incidents." + part.name); err != nil {
			return err
		}
		defer part.to.file.Close()
	}
	if err := s.write(incidents); err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, part := range []struct {
		from *countedFile
		name string
	}{{&s.shp, "shp"}, {&s.shx, "shx"}, {&s.dbf, "dbf"}} {
		to, err := archive.Create("incidents." + part.name)
		if err != nil {
			return err
		}
		if err := part.from.copyTo(to); err != nil {
			return err
		}
	}
	for _, part := range []struct{ name, text string }{{"incidents.prj", prjWGS84}, {"incidents.cpg", "UTF-8"}, {"fields.txt", s.names()}} {
		if err := addText(archive, part.name, part.text); err != nil {
			return err
		}
	}
	return archive.Close()
}

func addText(archive *zip.Writer, name, text string) error {
	to, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(to, text)
	return err
}

// prjWGS84 is WGS 84 as ESRI writes it.
const prjWGS84 = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`

// shapefile is one under way.
type shapefile struct {
	shape         Shape
	fields        []dbfField
	shp, shx, dbf countedFile
	cells         countedFile // of the table, until their widths are known
	bound         orb.Bound
	records       int
}

const shpHeader = 100

func (s *shapefile) write(incidents iter.Seq2[geo.Incident, error]) error {
	blank := make([]byte, shpHeader)
	s.shp.Write(blank)
	s.shx.Write(blank)
	for i, err := range incidents {
		if err != nil {
			return err
		}
		if err := s.record(i); err != nil {
			return fmt.Errorf("write incident %s: %w", i.ID, err)
		}
	}
	for _, f := range []*countedFile{&s.shp, &s.shx, &s.cells} {
		if err := f.flush(); err != nil {
			return err
		}
	}
	for _, f := range []*countedFile{&s.shp, &s.shx} {
		if err := f.at(s.header(f.n / 2)); err != nil {
			return err
		}
	}
	return s.table()
}

// table writes the cells, each column as wide as its widest.
func (s *shapefile) table() error {
	if _, err := s.cells.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(s.cells.file, 1<<16)
	s.dbf.Write(s.tableHeader())
	blank := []byte(strings.Repeat(" ", dbfText))
	var cell [dbfText]byte
	for range s.records {
		s.dbf.Write([]byte{' '})
		for _, f := range s.fields {
			n, err := in.ReadByte()
			if err != nil {
				return err
			}
			if _, err := io.ReadFull(in, cell[:n]); err != nil {
				return err
			}
			if f.kind == 'N' {
				s.dbf.Write(blank[:f.width-int(n)])
			}
			s.dbf.Write(cell[:n])
			if f.kind != 'N' {
				s.dbf.Write(blank[:f.width-int(n)])
			}
		}
		if s.dbf.n > maxShapefile {
			return fmt.Errorf("%w: the table of a Shapefile ends at 2 GiB; narrow the filter or take another format", geo.ErrTooLarge)
		}
	}
	s.dbf.Write([]byte{0x1A})
	return s.dbf.flush()
}

// header of the shapes or their index, which is words long.
func (s *shapefile) header(words int64) []byte {
	h := make([]byte, shpHeader)
	binary.BigEndian.PutUint32(h, 9994)
	binary.BigEndian.PutUint32(h[24:], uint32(words))
	binary.LittleEndian.PutUint32(h[28:], 1000)
	kind := uint32(shpPoint)
	if s.shape == Areas {
		kind = shpPolygon
	}
	binary.LittleEndian.PutUint32(h[32:], kind)
	if s.bound.Min.X() <= s.bound.Max.X() {
		for k, x := range []float64{s.bound.Min.X(), s.bound.Min.Y(), s.bound.Max.X(), s.bound.Max.Y()} {
			binary.LittleEndian.PutUint64(h[36+8*k:], math.Float64bits(x))
		}
	}
	return h
}

// body of a record's shape.
func (s *shapefile) body(g orb.Geometry) []byte {
	var b []byte
	number := func(x float64) { b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x)) }
	word := func(n int) { b = binary.LittleEndian.AppendUint32(b, uint32(n)) }
	var rings []orb.Ring
	switch g := g.(type) {
	case orb.Point:
		s.bound = s.bound.Extend(g)
		word(shpPoint)
		number(g.X())
		number(g.Y())
		return b
	case orb.Polygon:
		rings = g
	case orb.MultiPolygon:
		for _, p := range g {
			rings = append(rings, p...)
		}
	default:
		word(shpNull)
		return b
	}
	box := g.Bound()
	s.bound = s.bound.Union(box)
	word(shpPolygon)
	for _, x := range []float64{box.Min.X(), box.Min.Y(), box.Max.X(), box.Max.Y()} {
		number(x)
	}
	points := 0
	for _, r := range rings {
		points += len(r)
	}
	word(len(rings))
	word(points)
	points = 0
	for _, r := range rings {
		word(points)
		points += len(r)
	}
	for _, r := range rings { // outer rings run clockwise here, against RFC 7946
		for k := len(r) - 1; k >= 0; k-- {
			number(r[k].X())
			number(r[k].Y())
		}
	}
	return b
}

// countedFile is a file that is written once, front to back, and then its head.
type countedFile struct {
	file *os.File
	out  *bufio.Writer
	n    int64
	err  error
}

func (f *countedFile) open(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	f.file, f.out = file, bufio.NewWriterSize(file, 1<<16)
	return nil
}

// maxShapefile is where the offsets of a Shapefile end, in bytes.
const maxShapefile = 1<<31 - 1

// WriteString is Write of a text.
func (f *countedFile) WriteString(s string) { _, _ = f.Write([]byte(s)) }

// Write keeps the first error for flush.
func (f *countedFile) Write(p []byte) (int, error) {
	n, err := f.out.Write(p)
	f.n += int64(n)
	if f.err == nil {
		f.err = err
	}
	return n, err
}

func (f *countedFile) flush() error {
	if f.err != nil {
		return f.err
	}
	return f.out.Flush()
}

func (f *countedFile) at(head []byte) error {
	_, err := f.file.WriteAt(head, 0)
	return err
}

func (f *countedFile) copyTo(w io.Writer) error {
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, f.file)
	return err
}
