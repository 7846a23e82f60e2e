package document

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"dateline/geo"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// readHTML takes the article out of a web page, without menus and notices, with
// the title, the publisher, the day and the address that the page gives.
func readHTML(data []byte) ([]geo.Report, error) {
	r, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	doc, err := html.Parse(r)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	address, said := canonical(doc), linkedData(doc) // before the article is cut out of the page
	article, err := readability.FromDocument(doc, address)
	if err != nil {
		return nil, fmt.Errorf("find the article: %w", err)
	}
	var text strings.Builder
	if article.Node == nil || article.RenderText(&text) != nil || strings.TrimSpace(text.String()) == "" {
		return nil, geo.Invalid("text", "no article was found in the page")
	}
	report := geo.Report{Title: short(article.Title()), Author: short(article.Byline()), Publisher: short(article.SiteName())}
	if address != nil {
		report.URL = address.String()
	}
	if t, err := article.PublishedTime(); err == nil {
		report.Published = geo.DayOf(t)
	}
	report.Title, report.Publisher = cmp.Or(report.Title, said.Title), cmp.Or(report.Publisher, said.Publisher)
	report.Author = cmp.Or(said.Author, report.Author)
	report.Published = cmp.Or(report.Published, said.Published)
	report.Text = withTitle(report.Title, tidy(text.String()))
	return []geo.Report{report}, nil
}

// withTitle puts a headline before a text that does not begin with it: what
// happened is often told there alone.
func withTitle(title, text string) string {
	if title == "" || strings.HasPrefix(strings.ToLower(text), strings.ToLower(title)) {
		return text
	}
	return title + "\n\n" + text
}

// canonical is the address that a page gives as its own, nil where it gives none.
func canonical(n *html.Node) *url.URL {
	if n.Type == html.ElementNode {
		switch {
		case n.Data == "link" && attribute(n, "rel") == "canonical":
			return webAddress(attribute(n, "href"))
		case n.Data == "meta" && attribute(n, "property") == "og:url":
			return webAddress(attribute(n, "content"))
		case n.Data == "body":
			return nil
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if u := canonical(c); u != nil {
			return u
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func webAddress(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// plain is the text of a fragment of HTML, its blocks apart.
func plain(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return tidy(fragment)
	}
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return tidy(fragment)
	}
	var out strings.Builder
	write(&out, doc)
	return tidy(out.String())
}

// blocks are the elements that begin a line of their own.
var blocks = map[string]bool{"p": true, "div": true, "br": true, "li": true, "ul": true, "ol": true, "h1": true, "h2": true, "h3": true, "h4": true,
	"h5": true, "h6": true, "tr": true, "table": true, "blockquote": true, "section": true, "article": true, "header": true, "footer": true, "figure": true, "pre": true}

func write(out *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		out.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		return
	case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "head"):
		return
	}
	if blocks[n.Data] {
		out.WriteString("\n\n")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		write(out, c)
	}
	if blocks[n.Data] && n.Data != "br" {
		out.WriteString("\n\n")
	}
}
