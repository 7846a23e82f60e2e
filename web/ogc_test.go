package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/geo/crs"
)

const (
	items = "/collections/incidents/items"
	epsg  = "http://www.opengis.net/def/crs/EPSG/0/"
)

// collectAll walks the next links and gives the ids in order.
func (s *site) collectAll(path string) []string {
	s.t.Helper()
	var ids []string
	for path != "" {
		var page features
		s.json(200, "GET", path, nil, &page)
		for _, f := range page.Features {
			ids = append(ids, f.ID)
		}
		path = page.next(s)
	}
	return ids
}

func (f features) next(s *site) string {
	for _, l := range f.Links {
		if l.Rel == "next" {
			return strings.TrimPrefix(l.Href, s.URL)
		}
	}
	return ""
}

// A page that ends with the very last row has no next link, every other has one,
// whatever the size of the pages, the order and the filter.
func TestNextToTheLastRow(t *testing.T) {
	s := newSite(t, nil)
	for _, query := range []string{"", "&sortby=type,-killed_best", "&sortby=-start", "&filter=" + url.QueryEscape("title LIKE '%a%'"),
		"&filter=" + url.QueryEscape("killed_best > 5 OR S_INTERSECTS(geometry,BBOX(-20,0,60,60))"), "&bbox=-180,-90,180,90", "&datetime=../2024-01-31"} {
		whole := s.collectAll(items + "?limit=10000" + query)
		if len(whole) < 5 {
			t.Fatalf("%s: %d incidents are too few for a test", query, len(whole))
		}
		for _, limit := range []int{1, 2, 3, len(whole) - 1, len(whole), len(whole) + 1} {
			if got := s.collectAll(fmt.Sprintf("%s?limit=%d%s", items, limit, query)); !slices.Equal(got, whole) {
				t.Errorf("%s in pages of %d: %v, want %v", query, limit, got, whole)
			}
		}
		var page features
		s.json(200, "GET", fmt.Sprintf("%s?limit=%d%s", items, len(whole), query), nil, &page)
		if page.next(s) != "" || page.NumberMatched != len(whole) {
			t.Errorf("%s: the whole in one page has a next link, or says %d of %d", query, page.NumberMatched, len(whole))
		}
	}
}

// A cursor is good for its filter and order alone.
func TestCursorIsBound(t *testing.T) {
	s := newSite(t, nil)
	var page features
	s.json(200, "GET", items+"?limit=2&sortby=type", nil, &page)
	next := page.next(s)
	for _, other := range []string{strings.Replace(next, "sortby=type", "sortby=-type", 1), next + "&type=earthquake", next + "&filter=" + url.QueryEscape("killed_best>1")} {
		if answer, body := s.do("GET", other, nil); answer.StatusCode != 400 || !strings.Contains(string(body), "cursor") {
			t.Errorf("%s: %d %s", other, answer.StatusCode, body)
		}
	}
	s.json(200, "GET", next, nil, nil)
}

// Five rounds of eight clients that hang up in the middle change nothing.
func TestClientsThatHangUp(t *testing.T) {
	s := newSite(t, nil)
	address := strings.TrimPrefix(s.URL, "http://")
	for range 5 {
		var all sync.WaitGroup
		for k := range 8 {
			all.Go(func() {
				conn, err := net.Dial("tcp", address)
				if err != nil {
					t.Error(err)
					return
				}
				request := "GET " + items + "?limit=10000&filter=title+LIKE+%27%25a%25%27 HTTP/1.1\r\nHost: x\r\n\r\n"
				if k%3 == 0 {
					request = request[:len(request)/2] // in the middle of the request
				}
				fmt.Fprint(conn, request)
				if k%3 == 1 { // in the middle of the answer
					_, _ = conn.Read(make([]byte, 10))
				}
				conn.Close()
			})
		}
		all.Wait()
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for range 20 {
		request, err := http.NewRequestWithContext(ctx, "GET", s.URL+items+"?limit=10", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatalf("after clients hung up: %v", err)
		}
		answer.Body.Close()
		if answer.StatusCode != 200 {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
	t.Logf("20 requests took %v", time.Since(began))
}

func TestUnknownIsRefused(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{
		items + "?mood=bad", items + "?filter=mood%3D1", items + "?sortby=mood", items + "?properties=mood", items + "?crs=mood", items + "?f=mood",
		items + "?bbox=1,2,3", items + "?bbox=1,2,3,4,5", items + "?bbox=a,b,c,d", items + "?bbox=1,2,3,4&bbox-crs=mood", items + "?filter=type", items + "?limit=-1",
		items + "?datetime=2024-13-01", items + "?datetime=2024-02-01/2024-01-01", items + "?filter=killed_best%3E1&filter-lang=sql",
		"/collections/places/items?filter=a%3D1", "/collections/places/items?mood=1", "/collections/places/items?crs=x",
		"/collections?mood=1", "/collections/incidents?mood=1", "/conformance?mood=1", "/collections/incidents/queryables?mood=1", "/collections?f=csv",
	} {
		answer, body := s.do("GET", path, nil)
		if answer.StatusCode != 400 || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", path, answer.StatusCode, body)
		}
	}
	s.json(200, "GET", "/collections/places/items/gn%3A98182", nil, nil) // an id that is escaped more than it must be
	s.json(404, "GET", "/collections/mood", nil, nil)
	s.json(404, "GET", "/collections/mood/queryables", nil, nil)
	s.json(404, "GET", "/collections/places/queryables", nil, nil)
	s.json(404, "GET", items+"/mood", nil, nil)
	s.json(400, "GET", items+"/mood?x=1", nil, nil)
}

// One answer is the same through every way to ask for it.
func TestSameBoxInEverySystem(t *testing.T) {
	s := newSite(t, nil)
	want := s.collectAll(items + "?bbox=8,44,10,45")
	if len(want) == 0 {
		t.Fatal("nothing in the box")
	}
	m, _ := crs.ByURI(epsg + "3857")
	low, _ := m.FromLonLat([2]float64{8, 44})
	high, _ := m.FromLonLat([2]float64{10, 45})
	for _, query := range []string{
		"bbox=8,44,0,10,45,100", "bbox=44,8,45,10&bbox-crs=" + epsg + "4326", "bbox=44,8,0,45,10,5&bbox-crs=" + epsg + "4326",
		fmt.Sprintf("bbox=%f,%f,%f,%f&bbox-crs=%s3857", low[0], low[1], high[0], high[1], epsg),
		"bbox=480000,4880000,520000,4940000&bbox-crs=" + epsg + "32632",
		"filter=S_INTERSECTS(geometry,BBOX(8,44,10,45))",
		"filter=S_INTERSECTS(geometry,POLYGON((44+8,45+8,45+10,44+10,44+8)))&filter-crs=" + epsg + "4326",
		`filter-lang=cql2-json&filter={"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[8,44,10,45]}]}`,
	} {
		path := items + "?" + strings.NewReplacer(`"`, "%22", "{", "%7B", "}", "%7D", " ", "+").Replace(query)
		if got := s.collectAll(path); !slices.Equal(got, want) && !strings.Contains(query, "32632") || len(got) == 0 {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	whole := s.collectAll(items + "?bbox=-180,-90,180,90")
	east := s.collectAll(items + "?bbox=10,-90,180,90")
	over := s.collectAll(items + "?bbox=170,-90,9,90") // across the antimeridian, to the west of 9 degrees
	if len(over) == 0 || len(east) == 0 || len(over) >= len(whole) {
		t.Errorf("%d of %d across the antimeridian", len(over), len(whole))
	}
}

func TestCRS(t *testing.T) {
	s := newSite(t, nil)
	for _, collection := range []string{"incidents", "areas", "places"} {
		at := "/collections/" + collection + "/items?limit=3&bbox=8,44,10,45"
		type page struct {
			Features []struct {
				ID       string
				Geometry struct{ Coordinates json.RawMessage }
			}
		}
		var plain page
		s.json(200, "GET", at, nil, &plain)
		for _, system := range []string{crs.CRS84, epsg + "4326", epsg + "3857", epsg + "32632"} {
			answer, body := s.do("GET", at+"&crs="+url.QueryEscape(system), nil)
			if got := answer.Header.Get("Content-Crs"); got != "<"+system+">" {
				t.Errorf("%s in %s: Content-Crs %s", collection, system, got)
			}
			var moved page
			if err := json.Unmarshal(body, &moved); err != nil || len(moved.Features) != len(plain.Features) || len(plain.Features) == 0 {
				t.Fatalf("%s in %s: %v %s", collection, system, err, body)
			}
			there, _ := crs.ByURI(system)
			want, _ := there.FromLonLat(firstPosition(t, plain.Features[0].Geometry.Coordinates))
			got := firstPosition(t, moved.Features[0].Geometry.Coordinates)
			if math.Hypot(got[0]-want[0], got[1]-want[1]) > 1e-6 {
				t.Errorf("%s in %s: %v, want %v", collection, system, got, want)
			}
			one, _ := s.do("GET", "/collections/"+collection+"/items/"+url.PathEscape(plain.Features[0].ID)+"?crs="+url.QueryEscape(system), nil)
			if one.StatusCode != 200 || one.Header.Get("Content-Crs") != "<"+system+">" {
				t.Errorf("one of %s in %s: %d, Content-Crs %s", collection, system, one.StatusCode, one.Header.Get("Content-Crs"))
			}
		}
	}
	s.json(400, "GET", items+"?f=csv&crs="+epsg+"4326", nil, nil)
}

func firstPosition(t *testing.T, coordinates json.RawMessage) (p [2]float64) {
	t.Helper()
	for json.Unmarshal(coordinates, &p) != nil {
		var list []json.RawMessage
		if err := json.Unmarshal(coordinates, &list); err != nil || len(list) == 0 {
			t.Fatalf("coordinates %s", coordinates)
		}
		coordinates = list[0]
	}
	return p
}

func TestPropertiesAndSort(t *testing.T) {
	s := newSite(t, nil)
	var page features
	s.json(200, "GET", items+"?limit=1000&properties=type,killed_best&sortby=-killed_best", nil, &page)
	last := math.Inf(1)
	for _, f := range page.Features {
		for name := range f.Properties {
			if name != "type" && name != "killed_best" {
				t.Fatalf("%s was not asked for", name)
			}
		}
		n, stated := f.Properties["killed_best"].(float64)
		if !stated {
			n = math.Inf(-1)
		}
		if n > last {
			t.Errorf("%v after %v", n, last)
		}
		last = n
	}
	_, csv := s.do("GET", items+"?f=csv&properties=type,id", nil)
	if header, _, _ := strings.Cut(string(csv), "\n"); strings.TrimSpace(header) != "id,type" {
		t.Errorf("the table has the columns %q", header)
	}
}

// What a client asks again with the ETag of the answer is 304, also by HEAD; the
// answer carries no time that could be before the request.
func TestETagOfEveryDocument(t *testing.T) {
	s := newSite(t, nil)
	id := s.collectAll(items + "?limit=1000")[0]
	for _, path := range []string{items, items + "/" + id, "/collections", "/collections/incidents", "/conformance", "/api", "/collections/incidents/queryables",
		"/collections/places/items?bbox=8,44,10,45", "/collections?f=html", items + "?f=html", "/"} {
		began := time.Now().UTC().Truncate(time.Second)
		first, body := s.do("GET", path, nil)
		tag := first.Header.Get("ETag")
		again, _ := s.do("GET", path, nil, "If-None-Match", tag)
		head, _ := s.do("HEAD", path, nil)
		if first.StatusCode != 200 || tag == "" || again.StatusCode != 304 || head.StatusCode != 200 || head.Header.Get("ETag") != tag {
			t.Errorf("%s: %d with %s, again %d, HEAD %d with %s", path, first.StatusCode, tag, again.StatusCode, head.StatusCode, head.Header.Get("ETag"))
		}
		var document struct{ TimeStamp string }
		if json.Unmarshal(body, &document) == nil && document.TimeStamp != "" {
			if at, err := time.Parse(time.RFC3339, document.TimeStamp); err != nil || at.Before(began) {
				t.Errorf("%s: timeStamp %s", path, document.TimeStamp)
			}
		}
	}
}

// A filter that no index can answer is applied before the page is cut.
func TestFilterBeforePage(t *testing.T) {
	s := newSite(t, nil)
	var all features
	s.json(200, "GET", items+"?limit=1000", nil, &all)
	last := all.Features[len(all.Features)-1]
	title, _ := last.Properties["title"].(string)
	filter := "title LIKE '" + strings.ReplaceAll(title, "'", "''") + "'"
	var page features
	s.json(200, "GET", items+"?limit=1&filter="+url.QueryEscape(filter), nil, &page)
	if len(page.Features) != 1 || page.Features[0].ID != last.ID {
		t.Errorf("%s: %+v, want %s", filter, page.Features, last.ID)
	}
}
