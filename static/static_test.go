package static

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// The page is one HTML file, built or not; what it asks for is there, and
// nothing of it is on another host.
func TestFiles(t *testing.T) {
	files, built := Files()
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !built {
		if !strings.Contains(string(index), "make build") {
			t.Error("the page of a program without its page does not say how to build it")
		}
		return
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(string(index), -1) {
		address := m[1]
		if !strings.HasPrefix(address, "/assets/") {
			continue
		}
		if _, err := fs.Stat(files, strings.TrimPrefix(address, "/")); err != nil {
			t.Errorf("index.html asks for %s: %v", address, err)
		}
	}
	for _, inline := range []string{"<style", "style=", "onclick=", "<script>"} {
		if strings.Contains(string(index), inline) {
			t.Errorf("index.html has %s, which its policy blocks", inline)
		}
	}
}

// A file's name carries a hash, so that browsers may keep it.
func TestAssetNamesCarryAHash(t *testing.T) {
	files, built := Files()
	if !built {
		return
	}
	assets, err := fs.ReadDir(files, "assets")
	if err != nil {
		t.Fatal(err)
	}
	hashed := regexp.MustCompile(`-[0-9A-Za-z]{8,}[-.]`)
	for _, a := range assets {
		if !hashed.MatchString(a.Name()) {
			t.Errorf("%s carries no hash", a.Name())
		}
	}
}
