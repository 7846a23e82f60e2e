package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"dateline/geo/format"
	"dateline/geo/index"

	"github.com/labstack/echo/v4"
)

// sendWritten answers a page of points, or of features without geometry, as
// GeoJSON out of the bytes that the index keeps; sent is false where the answer
// has to be made from incidents.
func (s *Server) sendWritten(c echo.Context, a itemsAnswer) (sent bool, err error) {
	q := a.query
	if a.format.Name != "geojson" || a.shape != format.Incidents && !a.bare || !q.CRS.IsDefault() || q.Properties != nil {
		return false, nil
	}
	found, err := s.Index.Page(c.Request().Context(), q.page())
	if byStore(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	hits, next := found.Hits, ""
	if len(hits) > q.Limit {
		hits = hits[:q.Limit]
		next = q.Next(hits[q.Limit-1].ID())
	}
	features, ok := written(a.visitor, hits)
	if !ok {
		return false, nil
	}
	if a.bare {
		for k := range features {
			features[k] = withoutGeometry(features[k])
		}
	}
	total := found.Total
	if total < 0 {
		if total, err = s.numberMatched(c, a, len(hits), next); err != nil {
			return false, err
		}
	}
	links := s.pageLinks(c, a.format, next)
	head, err := format.CollectionHead(collectionMembers(total, len(hits), links))
	if err != nil {
		return false, err
	}
	setLinks(c, links)
	contentCRS(c, q.CRS)
	if fresh(c, writtenTag(head, hits)) {
		return true, c.NoContent(http.StatusNotModified)
	}
	return true, streamFeatures(c, head, features)
}

// written gives the features' bytes; not ok where one is damaged, or reads
// otherwise to the visitor, who is signed in.
func written(v visitor, hits []index.Hit) (features [][]byte, ok bool) {
	features = make([][]byte, len(hits))
	for k, h := range hits {
		if features[k], ok = h.Feature(); !ok || v.signedIn() && !v.veils && h.Private() {
			return nil, false
		}
	}
	return features, true
}

// withoutGeometry is a written feature whose geometry is null. Both names stand
// before the properties, where no value of ours can look like them: in JSON a
// quotation mark within a text has a backslash before it.
func withoutGeometry(feature []byte) []byte {
	const from, to = `"geometry":`, `,"properties":`
	start := bytes.Index(feature, []byte(from)) + len(from)
	end := bytes.Index(feature, []byte(to))
	if start < len(from) || end < start {
		return feature
	}
	return slices.Concat(feature[:start], []byte("null"), feature[end:])
}

// writtenTag is the ETag of a page: it stands for the checksums of its features,
// so that the page itself need not be read for it.
func writtenTag(head []byte, hits []index.Hit) string {
	h := sha256.New()
	h.Write(head)
	var sum [8]byte
	for _, hit := range hits {
		binary.BigEndian.PutUint32(sum[:], hit.Sum())
		binary.BigEndian.PutUint32(sum[4:], uint32(hit.Revision()))
		h.Write(sum[:])
		h.Write([]byte(hit.ID()))
	}
	return `W/"` + hex.EncodeToString(h.Sum(nil)[:12]) + `"`
}

// buffers of pages under way.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, sendBuffer); return &b }}

// sendBuffer is how much of a page is written at once, in bytes.
const sendBuffer = 256 << 10

func streamFeatures(c echo.Context, head []byte, features [][]byte) error {
	size := len(head) + len(format.CollectionTail) + len(format.FeatureSeparator)*max(0, len(features)-1)
	for _, f := range features {
		size += len(f)
	}
	w := c.Response()
	w.Header().Set(echo.HeaderContentType, format.GeoJSONMediaType)
	w.Header().Set(echo.HeaderContentLength, strconv.Itoa(size))
	w.WriteHeader(http.StatusOK)
	kept := buffers.Get().(*[]byte)
	defer buffers.Put(kept)
	b := append((*kept)[:0], head...)
	for k, f := range features {
		if k > 0 {
			b = append(b, format.FeatureSeparator...)
		}
		if len(b)+len(f) > sendBuffer {
			if _, err := w.Write(b); err != nil {
				return nil // the client has left
			}
			b = b[:0]
		}
		b = append(b, f...)
	}
	b = append(b, format.CollectionTail...)
	_, _ = w.Write(b)
	*kept = b[:0]
	return nil
}

// sendWrittenItem answers a point as GeoJSON out of the index, where it is open
// to everyone.
func (s *Server) sendWrittenItem(c echo.Context, v visitor, shape format.Shape) (sent bool, err error) {
	f := c.QueryParam("f")
	if shape != format.Incidents || v.signedIn() || c.QueryParam("crs") != "" || wantsHTML(c) || f != "" && f != "json" {
		return false, nil
	}
	hit, found, err := s.Index.Find(c.Request().Context(), c.Param("id"), s.open())
	if err != nil || !found {
		return false, nil // the store says why
	}
	feature, ok := hit.Feature()
	if !ok {
		return false, nil
	}
	body, err := format.FeatureWith(feature, []format.Member{{Name: "links", Value: s.itemLinks(c, hit.ID(), shape)}})
	if err != nil {
		return false, err
	}
	system, err := askedCRS(c)
	if err != nil {
		return false, err
	}
	contentCRS(c, system)
	return true, sendTagged(c, format.GeoJSONMediaType, revisionTag(hit.Revision()), body)
}
