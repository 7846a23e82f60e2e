package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"
)

// picture gets a preview.
func (s *site) picture(path string, header ...string) (image.Image, http.Header) {
	s.t.Helper()
	answer, body := s.do("GET", path, nil, header...)
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "image/png" {
		s.t.Fatalf("%s: %d %s %.200s", path, answer.StatusCode, answer.Header.Get("Content-Type"), body)
	}
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 1200 || b.Dy() != 630 {
		s.t.Errorf("%s: %v", path, b)
	}
	return img, answer.Header
}

// has counts the pixels of a colour on the map part.
func has(img image.Image, hex color.RGBA) int {
	n := 0
	for y := range 460 {
		for x := range 1200 {
			r, g, b, _ := img.At(x, y).RGBA()
			if uint8(r>>8) == hex.R && uint8(g>>8) == hex.G && uint8(b>>8) == hex.B {
				n++
			}
		}
	}
	return n
}

var (
	remoteViolence = color.RGBA{0x88, 0x22, 0x55, 255}
	disaster       = color.RGBA{0x11, 0x77, 0x33, 255}
)

func TestIncidentPreview(t *testing.T) {
	s := newSite(t, nil)
	id, _ := s.one("q=damascus")
	img, header := s.picture("/incidents/" + id + "/preview.png")
	if n := has(img, remoteViolence); n < 400 {
		t.Errorf("%d pixels of its group's colour", n)
	}
	again, body := s.do("GET", "/incidents/"+id+"/preview.png", nil, "If-None-Match", header.Get("ETag"))
	if again.StatusCode != 304 || len(body) > 0 {
		t.Errorf("its own ETag is answered by %d", again.StatusCode)
	}
	_, other := s.picture("/incidents/" + id + "/preview.png?lang=uk")
	if other.Get("ETag") == header.Get("ETag") {
		t.Error("another language has the same ETag")
	}
	page, _ := s.html(200, "/incidents/"+id+"?f=html")
	wants(t, page, `<meta property="og:image" content="`+s.URL+"/incidents/"+id+`/preview.png">`, `width="1200" height="630"`)
	s.json(400, "GET", "/incidents/"+id+"/preview.png?colour=red", nil, nil)
	s.json(404, "GET", "/incidents/nosuchincident/preview.png", nil, nil)
}

// A draft's picture is there for who may see the draft, and a change of the
// incident changes the tag.
func TestIncidentPreviewKeepsWhatIsClosed(t *testing.T) {
	s := newSite(t, nil).signIn()
	draft, _ := s.change(201, "POST", items, bomb())
	_, before := s.picture("/incidents/" + draft.ID + "/preview.png")
	public := &site{s.Server, t, "", s.store}
	public.json(404, "GET", "/incidents/"+draft.ID+"/preview.png", nil, nil)
	s.json(200, "PATCH", "/incidents/"+draft.ID, map[string]any{"base": 1, "why": "test", "set": map[string]any{"title": "Another"}}, nil)
	_, after := s.picture("/incidents/" + draft.ID + "/preview.png")
	if before.Get("ETag") == after.Get("ETag") {
		t.Error("a changed incident has the same ETag")
	}
}

// The picture of a view shows what the filter selects, and nothing else.
func TestViewPreview(t *testing.T) {
	s := newSite(t, nil)
	img, header := s.picture("/preview.png?type=earthquake,flood,storm")
	if n := has(img, disaster); n < 400 {
		t.Errorf("%d pixels of the disasters' colour", n)
	}
	if n := has(img, remoteViolence); n > 0 {
		t.Errorf("%d pixels of what the filter leaves out", n)
	}
	none, _ := s.picture("/preview.png?country=AQ")
	if n := has(none, disaster); n > 0 {
		t.Errorf("nothing matches, and %d pixels are there", n)
	}
	s.picture("/preview.png?map=4/36/20&lang=fr&embed&list=unlocated")
	s.picture("/preview.png?map=nonsense")
	s.picture("/preview.png?map=3/-17/179.9")
	s.picture("/preview.png?filter=" + url.QueryEscape("title LIKE '%quake%'"))
	s.picture("/preview.png?bbox=170,-20,-170,20")
	for _, bad := range []string{"colour=red", "limit=3", "bbox=1,2", "sortby=title"} {
		s.json(400, "GET", "/preview.png?"+bad, nil, nil)
	}
	again, _ := s.do("GET", "/preview.png?type=earthquake,flood,storm", nil, "If-None-Match", header.Get("ETag"))
	if again.StatusCode != 304 {
		t.Errorf("its own ETag is answered by %d", again.StatusCode)
	}
	s.signIn()
	f := bomb()
	f["properties"].(map[string]any)["status"] = "published"
	s.change(201, "POST", items, f)
	_, after := s.picture("/preview.png?type=earthquake,flood,storm")
	if after.Get("ETag") == header.Get("ETag") {
		t.Error("after a change the tag is the same")
	}
}

// Drafts are in nobody's picture of a view: it is made to be passed on.
func TestViewPreviewHasNoDrafts(t *testing.T) {
	s := newSite(t, nil).signIn()
	s.change(201, "POST", items, bomb())
	img, _ := s.picture("/preview.png?country=IQ&type=air-strike")
	if n := has(img, remoteViolence); n > 0 {
		t.Errorf("%d pixels of a draft", n)
	}
}

// Many at once are drawn one after another, all alike.
func TestPreviewsAtTheSameTime(t *testing.T) {
	s := newSite(t, nil)
	var wg sync.WaitGroup
	bodies := make([]string, 12)
	for k := range bodies {
		wg.Go(func() {
			answer, err := http.Get(s.URL + "/preview.png?lang=" + []string{"en", "fr"}[k%2])
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Error(err)
			}
			bodies[k] = string(body)
		})
	}
	wg.Wait()
	for k, body := range bodies {
		if len(body) < 1000 || body != bodies[k%2] {
			t.Errorf("picture %d has %d bytes, another of it %d", k, len(body), len(bodies[k%2]))
		}
	}
}
