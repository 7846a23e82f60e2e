package document

import (
	"encoding/json"
	"strings"
	"time"

	"dateline/geo"

	"golang.org/x/net/html"
)

// maxDepth bounds how deep nodes of JSON-LD are looked for.
const maxDepth = 8

// linkedData is what a report's page says in JSON-LD: title, publisher and the day
// of publication.
func linkedData(doc *html.Node) geo.Report {
	var report geo.Report
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "script" || attribute(n, "type") != "application/ld+json" || n.FirstChild == nil {
			continue
		}
		var any any
		if json.Unmarshal([]byte(n.FirstChild.Data), &any) == nil {
			fillFrom(any, &report, 0)
		}
	}
	return report
}

// fillFrom looks for an article in a value of JSON-LD: a node, a list, a graph.
func fillFrom(value any, report *geo.Report, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			fillFrom(one, report, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			fillArticle(v, report)
		}
		fillFrom(v["@graph"], report, depth+1)
		fillFrom(v["mainEntity"], report, depth+1)
	}
}

// isArticle: NewsArticle, Article, ReportageNewsArticle and their kin.
func isArticle(kind any) bool {
	switch v := kind.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || v == "LiveBlogPosting" || v == "BlogPosting"
	case []any:
		for _, one := range v {
			if isArticle(one) {
				return true
			}
		}
	}
	return false
}

func fillArticle(node map[string]any, report *geo.Report) {
	if title, _ := node["headline"].(string); report.Title == "" {
		report.Title = short(title)
	}
	if report.Author == "" {
		report.Author = short(nameOf(node["author"]))
	}
	if report.Publisher == "" {
		report.Publisher = short(nameOf(node["publisher"]))
	}
	if published, _ := node["datePublished"].(string); report.Published == "" {
		report.Published = isoDay(published)
	}
}

// nameOf is the name of a person or organisation of JSON-LD.
func nameOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return nameOf(v[0])
		}
	case map[string]any:
		name, _ := v["name"].(string)
		return name
	}
	return ""
}

// isoDay is the civil day that a time of ISO 8601 is written with, empty where it
// is none.
func isoDay(s string) geo.Day {
	s = strings.TrimSpace(s)
	if len(s) < len(time.DateOnly) {
		return ""
	}
	day, err := geo.ParseDay(s[:len(time.DateOnly)])
	if err != nil {
		return ""
	}
	return day
}
