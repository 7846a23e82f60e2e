package document_test

import (
	"errors"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/document"

	"github.com/google/go-cmp/cmp"
)

const paragraph = "Officials said on Tuesday that two people were killed and five were hurt when a bridge over the river fell down in the storm, and that divers were looking for a third. "

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, file, media, text string
		want                    []geo.Report
	}{
		{"text", "a.txt", "", "Two people died.\n", []geo.Report{{Text: "Two people died.\n"}}},
		{"text that begins like a page is one by its name", "a.txt", "", "<html>", []geo.Report{{Text: "<html>"}}},
		{"markdown", "a.md", "", "---\ntitle: \"Bridge falls\"\ndate: 2024-03-26T10:00:00Z\nurl: https://example.org/a\nauthor: Jo Reed\npublisher: The Bugle\n---\n\n## Baltimore\n\nA *bridge* fell [today](https://example.org).\n\n```\ncode\n```\n",
			[]geo.Report{{Title: "Bridge falls", Published: "2024-03-26", URL: "https://example.org/a", Author: "Jo Reed", Publisher: "The Bugle", Text: "Bridge falls\n\nBaltimore\n\nA bridge fell today."}}},
		{"markdown with its title as heading", "a.md", "", "# Bridge falls\n\nIt fell.\n", []geo.Report{{Title: "Bridge falls", Text: "Bridge falls\n\nIt fell."}}},
		{"mail", "a.eml", "", "From: \"The Bugle\" <news@example.org>\nSubject: =?utf-8?q?Br=C3=BCcke?= falls\nDate: Tue, 26 Mar 2024 10:00:00 +0000\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>no</p>\n--x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nDie Br=FCcke fell.\n--x--\n",
			[]geo.Report{{Title: "Brücke falls", Publisher: "The Bugle", Published: "2024-03-26", Text: "Brücke falls\n\nDie Brücke fell."}}},
		{"mail with a page alone", "a.eml", "", "Subject: S\nContent-Type: text/html\n\n<div>A<br>B</div><script>no</script>\n", []geo.Report{{Title: "S", Text: "S\n\nA\n\nB"}}},
		{"feed", "a.rss", "", `<rss version="2.0"><channel><title>The Bugle</title><item><title>One</title><link>https://example.org/1</link><pubDate>Tue, 26 Mar 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;It fell.&lt;/p&gt;</description></item><item></item></channel></rss>`,
			[]geo.Report{{Title: "One", Publisher: "The Bugle", URL: "https://example.org/1", Published: "2024-03-26", Text: "One\n\nIt fell."}}},
		{"feed by its beginning", "", "", "\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>B</title><entry><title>T</title><author><name>Jo Reed</name></author><updated>2024-03-26T00:00:00Z</updated><content>It fell.</content></entry></feed>",
			[]geo.Report{{Title: "T", Author: "Jo Reed", Publisher: "B", Published: "2024-03-26", Text: "T\n\nIt fell."}}},
		{"page", "", "text/html; charset=utf-8", `<!doctype html><html><head><title>Bridge falls in storm</title><link rel="canonical" href="https://example.org/b"><meta property="og:site_name" content="The Bugle"><meta name="author" content="Jo Reed"><meta property="article:published_time" content="2024-03-26T08:00:00Z"></head><body><nav>Home | Sport | Weather</nav><article><h1>Bridge falls in storm</h1>` + strings.Repeat("<p>"+paragraph+"</p>", 4) + `</article><footer>All rights reserved</footer></body></html>`,
			[]geo.Report{{Title: "Bridge falls in storm", Author: "Jo Reed", Publisher: "The Bugle", URL: "https://example.org/b", Published: "2024-03-26",
				Text: "Bridge falls in storm\n\n" + strings.TrimSpace(strings.Repeat(strings.TrimSpace(paragraph)+"\n\n", 4))}}},
		{"page whose day stands in JSON-LD", "b.html", "", `<html><head><title>Bridge falls in storm</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"Bridge falls in storm","datePublished":"2024-03-26T23:30:00-05:00","author":[{"@type":"Person","name":"Jo Reed"}],"publisher":{"@type":"Organization","name":"The Bugle"}}]}</script></head><body><div>` + strings.Repeat("<p>"+paragraph+"</p>", 4) + `</div></body></html>`,
			[]geo.Report{{Title: "Bridge falls in storm", Author: "Jo Reed", Publisher: "The Bugle", Published: "2024-03-26",
				Text: "Bridge falls in storm\n\n" + strings.TrimSpace(strings.Repeat(strings.TrimSpace(paragraph)+"\n\n", 4))}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := document.Read(c.file, c.media, strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text string }{
		{"empty page", "a.html", "<html></html>"},
		{"no feed", "a.rss", "<rss><channel>"},
		{"feed without words", "a.rss", "<rss version=\"2.0\"><channel><item></item></channel></rss>"},
		{"empty text", "a.txt", " "},
		{"binary", "a.txt", "a\x00b"},
		{"empty mail", "a.eml", "Subject:\n\n"},
		{"no mail", "a.eml", "\x01\x02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := document.Read(c.file, "", strings.NewReader(c.text)); err == nil {
				t.Errorf("read %v, want an error", got)
			}
		})
	}
	_, err := document.Read("a.html", "", strings.NewReader(strings.Repeat("x", document.MaxBytes+1)))
	if !errors.Is(err, geo.ErrTooLarge) {
		t.Errorf("a file over the limit: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"<html><p>a", "---\na: b\n---\n# c", "Subject: a\n\nb", "<rss version=\"2.0\"><channel><item><title>a</title></item></channel></rss>"} {
		for _, name := range []string{"a.html", "a.md", "a.eml", "a.rss", ""} {
			f.Add(name, s)
		}
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		reports, err := document.Read(name, "", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range reports {
			if err := geo.CheckText(r.Text); err != nil {
				t.Error(err)
			}
		}
	})
}

// What is nested deep is refused or read as less deep, in the time of its size.
func TestNestedDeep(t *testing.T) {
	reports, err := document.Read("a.md", "", strings.NewReader(strings.Repeat("> ", 100_000)+"A bomb exploded in Kabul.\n\n- one\n  - two\n\n----\n\n> quoted"))
	if err != nil || len(reports) != 1 || reports[0].Text != "A bomb exploded in Kabul.\n\none\n\ntwo\n\nquoted" {
		t.Errorf("quotes: %+v, %v", reports, err)
	}
	if _, err := document.Read("a.eml", "", strings.NewReader(nestedMail(100_000))); !errors.Is(err, geo.ErrInvalid) || !strings.Contains(err.Error(), "parts") {
		t.Errorf("a mail of nested parts: %v", err)
	}
	if _, err := document.Read("a.eml", "", strings.NewReader(nestedMail(640))); errors.Is(err, geo.ErrInvalid) && strings.Contains(err.Error(), "parts") {
		t.Errorf("a mail of 10 nested parts: %v", err)
	}
}
