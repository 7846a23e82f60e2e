package web

import (
	"bytes"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// typeMetrics is Prometheus' text format, version 0.0.4.
const typeMetrics = "text/plain; version=0.0.4; charset=utf-8"

// latencyBuckets are the upper bounds of the histogram of requests, in seconds.
var latencyBuckets = []float64{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10}

// metrics count requests by route; paths themselves are not kept, so that what
// is counted stays small and tells nothing of who looked at what.
type metrics struct {
	began time.Time

	mu       sync.Mutex
	requests map[requestKey]*requestCount
}

type requestKey struct {
	method, route string
	status        int
}

type requestCount struct {
	n       int64
	bytes   int64
	seconds float64
	buckets []int64 // of latencyBuckets, not cumulative
}

func newMetrics(now time.Time) *metrics {
	return &metrics{began: now, requests: map[requestKey]*requestCount{}}
}

// observe an answered request.
func (m *metrics) observe(c echo.Context, took time.Duration) {
	route := c.Path()
	if route == "" || c.Response().Status == http.StatusNotFound && !strings.Contains(route, ":") {
		route = "other"
	}
	key := requestKey{c.Request().Method, route, c.Response().Status}
	if !slices.Contains(knownMethods, key.method) {
		key.method = "other"
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.requests[key]
	if r == nil {
		r = &requestCount{buckets: make([]int64, len(latencyBuckets))}
		m.requests[key] = r
	}
	r.n++
	r.bytes += c.Response().Size
	r.seconds += took.Seconds()
	for k, limit := range latencyBuckets {
		if took.Seconds() <= limit {
			r.buckets[k]++
			break
		}
	}
}

var knownMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// getMetrics answers what the server did, for Prometheus: to who is signed in,
// and to everyone on a server of this machine alone.
func (s *Server) getMetrics(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	if !v.signedIn() && (!s.Loopback || s.PublicURL != "") {
		return errSignIn
	}
	var b bytes.Buffer
	s.writeState(c, &b)
	s.metrics.write(&b)
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, typeMetrics, b.Bytes())
}

// gauge writes one number with what it means.
func gauge(b *bytes.Buffer, name, help, kind string, value float64) {
	fmt.Fprintf(b, "# HELP %s %s\n# TYPE %s %s\n%s %s\n", name, help, name, kind, name, strconv.FormatFloat(value, 'g', -1, 64))
}

// writeState writes how the server and its data are.
func (s *Server) writeState(c echo.Context, b *bytes.Buffer) {
	fmt.Fprintf(b, "# HELP dateline_build_info The program's version.\n# TYPE dateline_build_info gauge\ndateline_build_info{version=%q,go=%q} 1\n", s.Version, runtime.Version())
	gauge(b, "dateline_uptime_seconds", "Seconds since the server began.", "gauge", s.Clock().Sub(s.metrics.began).Seconds())
	ready := 0.0
	select {
	case <-s.Index.Ready():
		ready = 1
	default:
	}
	gauge(b, "dateline_index_ready", "Whether the map's index can answer.", "gauge", ready)
	if seq, err := s.Store.LastSeq(c.Request().Context()); err == nil {
		gauge(b, "dateline_store_changes_total", "Changes that the database has seen.", "counter", float64(seq))
		if have, err := s.Index.Seq(c.Request().Context()); err == nil {
			gauge(b, "dateline_index_behind", "Changes that the index has not seen yet.", "gauge", float64(seq-have))
		}
	}
	if ready == 1 {
		if n, err := s.total(c.Request().Context(), s.open()); err == nil {
			gauge(b, "dateline_incidents_public", "Incidents that everyone may see.", "gauge", float64(n))
		}
	}
	gauge(b, "dateline_live_listeners", "Pages that listen to changes.", "gauge", float64(s.hub.listening()))
	gauge(b, "dateline_readings", "Reports that are being read now.", "gauge", float64(len(s.readings)))
	images, size := s.previews.size()
	gauge(b, "dateline_previews_kept", "Pictures kept in memory.", "gauge", float64(images))
	gauge(b, "dateline_previews_kept_bytes", "Their size.", "gauge", float64(size))
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	gauge(b, "go_goroutines", "Goroutines.", "gauge", float64(runtime.NumGoroutine()))
	gauge(b, "go_memstats_heap_alloc_bytes", "Bytes of the heap in use.", "gauge", float64(memory.HeapAlloc))
	gauge(b, "go_memstats_sys_bytes", "Bytes from the system.", "gauge", float64(memory.Sys))
	gauge(b, "go_gc_cycles_total", "Garbage collections.", "counter", float64(memory.NumGC))
}

// write the requests, in order of their labels.
func (m *metrics) write(b *bytes.Buffer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := make([]requestKey, 0, len(m.requests))
	for k := range m.requests {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b requestKey) int {
		if d := strings.Compare(a.route+" "+a.method, b.route+" "+b.method); d != 0 {
			return d
		}
		return a.status - b.status
	})
	b.WriteString("# HELP dateline_http_request_duration_seconds How long requests took.\n# TYPE dateline_http_request_duration_seconds histogram\n")
	for _, k := range keys {
		r := m.requests[k]
		labels := fmt.Sprintf("method=%q,route=%q,status=\"%d\"", k.method, k.route, k.status)
		var sum int64
		for n, limit := range latencyBuckets {
			sum += r.buckets[n]
			fmt.Fprintf(b, "dateline_http_request_duration_seconds_bucket{%s,le=\"%g\"} %d\n", labels, limit, sum)
		}
		fmt.Fprintf(b, "dateline_http_request_duration_seconds_bucket{%s,le=\"+Inf\"} %d\n", labels, r.n)
		fmt.Fprintf(b, "dateline_http_request_duration_seconds_sum{%s} %g\n", labels, r.seconds)
		fmt.Fprintf(b, "dateline_http_request_duration_seconds_count{%s} %d\n", labels, r.n)
	}
	b.WriteString("# HELP dateline_http_response_bytes_total Bytes of the answers.\n# TYPE dateline_http_response_bytes_total counter\n")
	for _, k := range keys {
		fmt.Fprintf(b, "dateline_http_response_bytes_total{method=%q,route=%q,status=\"%d\"} %d\n", k.method, k.route, k.status, m.requests[k].bytes)
	}
}
