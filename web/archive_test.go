package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/web"
)

// archiveBytes is a PMTiles archive of one tile, the whole Earth at zoom 0.
func archiveBytes(t *testing.T, kind byte, tile []byte) []byte {
	t.Helper()
	// A directory: the number of entries, then of each its id, run, length and offset + 1.
	var directory []byte
	for _, n := range []uint64{1, 0, 1, uint64(len(tile)), 1} {
		directory = binary.AppendUvarint(directory, n)
	}
	pack := func(data []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	root, metadata := pack(directory), pack([]byte(`{"attribution":"<a href=\"https://x.example\">&copy; Makers</a>"}`))
	head := append([]byte("PMTiles"), 3)
	at := uint64(127)
	for _, size := range []int{len(root), len(metadata), 0, len(tile)} {
		head = binary.LittleEndian.AppendUint64(head, at)
		head = binary.LittleEndian.AppendUint64(head, uint64(size))
		at += uint64(size)
	}
	for range 3 {
		head = binary.LittleEndian.AppendUint64(head, 1)
	}
	head = append(head, 1, 2, 1, kind, 0, 0)
	for _, degrees := range []float64{-180, -85, 180, 85} {
		head = binary.LittleEndian.AppendUint32(head, uint32(int32(degrees*1e7)))
	}
	head = append(head, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	return bytes.Join([][]byte{head, root, metadata, tile}, nil)
}

func archiveFile(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "base.pmtiles")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// The page reads the archive by ranges, and the vocabulary says what it is.
func TestBasemapArchive(t *testing.T) {
	tile := bytes.Repeat([]byte("tile "), 2000)
	data := archiveBytes(t, 2, tile)
	archive, err := web.OpenArchive(archiveFile(t, data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { archive.Close() })
	s := newSite(t, func(c *web.Config) { c.Basemap = archive })
	var v struct {
		Basemap struct {
			URL, Tiles, Attribution string
			Bounds                  []float64
		}
		Attribution map[string]struct{ Text, URL string }
	}
	s.json(200, "GET", "/vocabulary", nil, &v)
	if v.Basemap.URL != "/basemap.pmtiles" || v.Basemap.Tiles != "png" || v.Basemap.Attribution != "© Makers" || len(v.Basemap.Bounds) != 4 || v.Basemap.Bounds[0] != -180 {
		t.Errorf("%+v", v.Basemap)
	}
	if a := v.Attribution["basemap"]; a.Text != "© Makers" || a.URL != "https://x.example" {
		t.Errorf("credit %+v", a)
	}
	for _, r := range []struct {
		header   string
		from, to int
	}{{"bytes=0-126", 0, 127}, {"bytes=127-9999", 127, 10_000}, {"bytes=-100", len(data) - 100, len(data)}} {
		answer, body := s.do("GET", "/basemap.pmtiles", nil, "Range", r.header, "Accept-Encoding", "gzip")
		if answer.StatusCode != http.StatusPartialContent || answer.Header.Get("Content-Encoding") != "" || !bytes.Equal(body, data[r.from:r.to]) {
			t.Errorf("%s: %d %s, %d bytes", r.header, answer.StatusCode, answer.Header.Get("Content-Encoding"), len(body))
		}
	}
	if answer, body := s.do("GET", "/basemap.pmtiles", nil); answer.StatusCode != 200 || !bytes.Equal(body, data) || answer.Header.Get("ETag") == "" {
		t.Errorf("whole: %d, %d bytes", answer.StatusCode, len(body))
	}
	if answer, _ := s.do("GET", "/basemap.pmtiles", nil, "Range", "bytes=9999999-"); answer.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("a range beyond the end: %d", answer.StatusCode)
	}
}

func TestNoBasemapArchive(t *testing.T) {
	s := newSite(t, nil)
	s.json(404, "GET", "/basemap.pmtiles", nil, nil)
	var v map[string]any
	s.json(200, "GET", "/vocabulary", nil, &v)
	if v["basemap"] != nil {
		t.Error("the vocabulary has a basemap")
	}
}

// What is no archive, or not a whole one, is refused when the server starts.
func TestOpenArchiveRefuses(t *testing.T) {
	good := archiveBytes(t, 1, []byte("tile"))
	with := func(at int, value byte) []byte {
		data := bytes.Clone(good)
		data[at] = value
		return data
	}
	for name, tc := range map[string]struct {
		data []byte
		says string
	}{
		"empty":          {nil, "no PMTiles archive"},
		"text":           {bytes.Repeat([]byte("text "), 100), "no PMTiles archive"},
		"version 2":      {with(7, 2), "version 2"},
		"cut":            {good[:len(good)-3], "not copied whole"},
		"far offset":     {with(15, 255), "not copied whole"},
		"kind":           {with(99, 99), "unknown kind 99"},
		"brotli tiles":   {with(98, 3), "compressed by method 3"},
		"zstd metadata":  {with(97, 4), "compressed by method 4"},
		"zooms":          {with(100, 9), "contradicts itself"},
		"other metadata": {with(97, 1), "its metadata"},
	} {
		if a, err := web.OpenArchive(archiveFile(t, tc.data)); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v %v, want one that says %q", name, a, err, tc.says)
		}
	}
	if _, err := web.OpenArchive("nosuchfile.pmtiles"); err == nil {
		t.Error("a file that is not there was opened")
	}
	if a, err := web.OpenArchive(archiveFile(t, good)); err != nil || a.Tiles != "mvt" {
		t.Errorf("a good one: %v %v", a, err)
	}
}

// FuzzOpenArchive: no bytes make it panic or take memory without bound.
func FuzzOpenArchive(f *testing.F) {
	f.Add([]byte("PMTiles\x03"))
	f.Add(archiveBytes(&testing.T{}, 1, []byte("tile")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := web.OpenArchive(archiveFile(t, data)); err == nil {
			a.Close()
		}
	})
}
