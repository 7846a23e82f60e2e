package document_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/geo/document"
)

// hostile are files of about any size that have cost parsers more than their size.
var hostile = []struct {
	name, file string
	text       func(size int) string
}{
	{"text", "a.txt", func(size int) string { return repeated("A bomb exploded in Kabul.\n\n", size) }},
	{"text of one line", "a.txt", func(size int) string { return repeated("a b ", size) }},
	{"deep HTML", "a.html", func(size int) string {
		return repeated("<div>", size/2) + "A bomb exploded in Kabul." + repeated("</div>", size/2)
	}},
	{"open HTML", "a.html", func(size int) string { return repeated("<p><b><a href=x>word <table><tr><td>", size) }},
	{"formatting HTML", "a.html", func(size int) string { return repeated("<b><i>", size/2) + repeated("<p>x", size/2) }},
	{"paragraphs of HTML", "a.html", func(size int) string {
		return "<article>" + repeated("<p>A bomb exploded in <b>Kabul</b>, killing three people, police said.</p>\n", size)
	}},
	{"unclosed tag", "a.html", func(size int) string { return "<p title=\"" + repeated("x <", size) }},
	{"entities", "a.html", func(size int) string { return "<p>" + repeated("&amp;&nosuch;&#x41;", size) }},
	{"markdown", "a.md", func(size int) string { return repeated("# Head\n\n*A* [link](x) **bomb** exploded.\n\n", size) }},
	{"markdown quotes", "a.md", func(size int) string { return repeated("> ", size) }},
	{"markdown brackets", "a.md", func(size int) string { return repeated("[![", size) }},
	{"markdown stars", "a.md", func(size int) string { return repeated("*a **b _c ", size) }},
	{"mail of nested parts", "a.eml", func(size int) string { return nestedMail(size) }},
	{"mail of many parts", "a.eml", func(size int) string {
		return "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" +
			repeated("--b\nContent-Type: text/plain\n\nA bomb exploded in Kabul.\n\n", size) + "--b--\n"
	}},
	{"quoted mail", "a.eml", func(size int) string {
		return "Subject: x\nFrom: a@example.org\n\n" + repeated("> > > it was so\n", size)
	}},
	{"feed", "a.rss", func(size int) string {
		return "<rss version=\"2.0\"><channel><title>x</title>" + repeated("<item><title>t</title><description>A bomb exploded in Kabul.</description></item>", size) + "</channel></rss>"
	}},
}

func repeated(text string, size int) string { return strings.Repeat(text, size/len(text)+1) }

// nestedMail has a multipart in a multipart in a multipart.
func nestedMail(size int) string {
	const part = 64
	var b strings.Builder
	b.WriteString("Subject: x\nMIME-Version: 1.0\n")
	for k := range size / part {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", k, k)
	}
	b.WriteString("Content-Type: text/plain\n\nA bomb exploded in Kabul.\n")
	return b.String()
}

// BenchmarkLinear reads files of 1 kB to 10 MB and prints the time of each byte:
// it does not grow where a parser's time is that of the file's size. A file that
// is refused counts too.
func BenchmarkLinear(b *testing.B) {
	for _, h := range hostile {
		for _, size := range []int{1e3, 1e4, 1e5, 1e6, 1e7} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(h.name, " ", "_"), size), func(b *testing.B) {
				text := h.text(size)
				b.ResetTimer()
				refused := 0.0
				for b.Loop() {
					if _, err := document.Read(h.file, "", strings.NewReader(text)); err != nil {
						refused = 1
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
				b.ReportMetric(refused, "refused")
			})
		}
	}
}
