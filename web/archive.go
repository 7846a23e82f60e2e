package web

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

// archivePath is where the page reads the archive of a basemap, by ranges.
const archivePath = "/basemap.pmtiles"

// The header of a PMTiles archive, version 3 (github.com/protomaps/PMTiles, spec/v3).
const (
	archiveHeaderBytes = 127
	archiveMagic       = "PMTiles"
	maxArchiveMetadata = 1 << 20
)

// archiveTypes are the kinds of tiles by their numbers in the header.
var archiveTypes = map[byte]string{1: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}

// Archive is a basemap in one file of PMTiles, vector or raster.
type Archive struct {
	file *os.File
	info os.FileInfo
	tag  string

	Tiles       string // mvt, png, jpeg, webp or avif
	MinZoom     int
	MaxZoom     int
	Bounds      [4]float64 // west, south, east, north in degrees
	Attribution string     // plain text
	Link        string     // of the attribution, http or https; empty where it has none
}

// OpenArchive opens a file and checks that it is an archive that the page can draw.
// The error says what is the matter with it.
func OpenArchive(name string) (*Archive, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("basemap: %w", err)
	}
	a := &Archive{file: f}
	if err := a.read(); err != nil {
		f.Close()
		return nil, fmt.Errorf("basemap %s: %w", name, err)
	}
	return a, nil
}

// Close the file. No request may be under way.
func (a *Archive) Close() error { return a.file.Close() }

func (a *Archive) read() error {
	var err error
	if a.info, err = a.file.Stat(); err != nil {
		return err
	}
	head := make([]byte, archiveHeaderBytes)
	if _, err := io.ReadFull(a.file, head); err != nil || string(head[:len(archiveMagic)]) != archiveMagic {
		return errors.New("it is no PMTiles archive")
	}
	if head[7] != 3 {
		return fmt.Errorf("it is PMTiles version %d; version 3 is read", head[7])
	}
	number := func(at int) uint64 { return binary.LittleEndian.Uint64(head[at:]) }
	degrees := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(head[at:]))) / 1e7 }
	size := uint64(a.info.Size())
	for _, section := range []int{8, 24, 40, 56} { // root directory, metadata, leaf directories, tiles
		if offset, length := number(section), number(section+8); offset > size || length > size-offset {
			return errors.New("it ends before its data: it was not copied whole")
		}
	}
	var known bool
	if a.Tiles, known = archiveTypes[head[99]]; !known {
		return fmt.Errorf("its tiles are of the unknown kind %d; there are vector tiles (MVT), PNG, JPEG, WebP and AVIF", head[99])
	}
	if a.Tiles == "mvt" && head[98] > 2 {
		return fmt.Errorf("its tiles are compressed by method %d; none and gzip are drawn", head[98])
	}
	a.MinZoom, a.MaxZoom = int(head[100]), int(head[101])
	a.Bounds = [4]float64{degrees(102), degrees(106), degrees(110), degrees(114)}
	if a.MinZoom > a.MaxZoom || a.MaxZoom > 30 || a.Bounds[0] > a.Bounds[2] || a.Bounds[1] > a.Bounds[3] {
		return errors.New("its header contradicts itself")
	}
	a.tag = fmt.Sprintf("%q", fmt.Sprintf("%x-%x", size, a.info.ModTime().UnixNano()))
	text, err := a.attribution(number(24), number(32), head[97])
	if m := markupLink.FindStringSubmatch(text); m != nil && safeURL(html.UnescapeString(m[1])) != "" {
		a.Link = html.UnescapeString(m[1])
	}
	a.Attribution = strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(text, "")))
	return err
}

var (
	markup     = regexp.MustCompile(`<[^>]*>`)
	markupLink = regexp.MustCompile(`href="([^"]*)"`)
)

// attribution of the archive's metadata, as it is written; empty where there is none.
func (a *Archive) attribution(offset, length uint64, compression byte) (string, error) {
	if length == 0 {
		return "", nil
	}
	var r io.Reader = io.NewSectionReader(a.file, int64(offset), int64(length))
	switch compression {
	case 1:
	case 2:
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			return "", fmt.Errorf("its metadata: %w", err)
		}
		r = unpacked
	default:
		return "", fmt.Errorf("its directories are compressed by method %d; none and gzip are read", compression)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxArchiveMetadata))
	if err != nil {
		return "", fmt.Errorf("its metadata: %w", err)
	}
	var metadata struct{ Attribution string }
	if err := json.Unmarshal(bytes.TrimSpace(data), &metadata); err != nil {
		return "", fmt.Errorf("its metadata: %w", err)
	}
	return metadata.Attribution, nil
}

// vocabularyArchive is what the page needs to know of an archive.
type vocabularyArchive struct {
	URL         string     `json:"url"`
	Tiles       string     `json:"tiles"`
	MinZoom     int        `json:"min_zoom"`
	MaxZoom     int        `json:"max_zoom"`
	Bounds      [4]float64 `json:"bounds"`
	Attribution string     `json:"attribution"`
}

// getArchive answers the archive, or the ranges of it that are asked for.
func (s *Server) getArchive(c echo.Context) error {
	a := s.Basemap
	if a == nil {
		return fmt.Errorf("basemap: serve has no --basemap: %w", geo.ErrNotFound)
	}
	h := c.Response().Header()
	h.Set("Content-Type", "application/vnd.pmtiles")
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "no-cache")
	http.ServeContent(c.Response(), c.Request(), "", a.info.ModTime(), io.NewSectionReader(a.file, 0, a.info.Size()))
	return nil
}
