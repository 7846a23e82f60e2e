// Package document reads reports out of the files that people have them in: web
// pages, mails, Markdown, feeds and plain text. Nothing is fetched.
package document

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/geo"
)

// MaxBytes bounds a file: a page is larger than the text that it holds.
const MaxBytes = 16 << 20

// Format is a kind of file that holds reports.
type Format struct {
	Name       string   // as a person would say it
	Extensions []string // with the dot, in lower case
	MediaTypes []string // the first is its own
	Read       func(data []byte) ([]geo.Report, error)

	begins []string // how such a file begins, in lower case, white space aside
}

// Formats lists what can be read, the more particular first; the last is plain
// text, which anything is.
var Formats = []Format{
	{Name: "RSS or Atom feed", Extensions: []string{".rss", ".atom", ".xml"},
		MediaTypes: []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml", "text/xml"},
		Read:       readFeed, begins: []string{"<rss", "<feed", "<?xml", "<rdf:rdf"}},
	{Name: "web page", Extensions: []string{".html", ".htm", ".xhtml"}, MediaTypes: []string{"text/html", "application/xhtml+xml"},
		Read: readHTML, begins: []string{"<!doctype html", "<html", "<head", "<body", "<article", "<!--"}},
	{Name: "mail", Extensions: []string{".eml"}, MediaTypes: []string{"message/rfc822"}, Read: readMail},
	{Name: "Markdown", Extensions: []string{".md", ".markdown"}, MediaTypes: []string{"text/markdown"}, Read: readMarkdown},
	{Name: "plain text", Extensions: []string{".txt", ""}, MediaTypes: []string{"text/plain"}, Read: readText},
}

// Read reads the reports of a file, of a format that its media type, else its
// name, else its beginning tells. A page has one report, a feed one for each
// item. What the file says of its title, publisher, day and address is filled
// in. The error says what the file lacks; it is an ErrTooLarge of geo where the
// file is larger than MaxBytes.
func Read(name, mediaType string, r io.Reader) ([]geo.Report, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: %s has more than %d MiB", geo.ErrTooLarge, name, MaxBytes>>20)
	}
	f := formatOf(name, mediaType, data)
	reports, err := f.Read(data)
	if f.Name == Formats[len(Formats)-1].Name {
		return reports, err
	}
	if err != nil {
		return nil, fmt.Errorf("read as %s: %w", f.Name, err)
	}
	for k := range reports {
		if err := geo.CheckText(reports[k].Text); err != nil {
			return nil, fmt.Errorf("read as %s: report %d: %w", f.Name, k+1, err)
		}
	}
	return reports, nil
}

func formatOf(name, mediaType string, data []byte) Format {
	if media, _, err := mime.ParseMediaType(mediaType); err == nil {
		for _, f := range Formats {
			if slices.Contains(f.MediaTypes, media) {
				return f
			}
		}
	}
	last := Formats[len(Formats)-1]
	extension := strings.ToLower(filepath.Ext(name))
	for _, f := range Formats {
		if extension != "" && extension != ".txt" && slices.Contains(f.Extensions, extension) {
			return f
		}
	}
	if extension == ".txt" {
		return last
	}
	head := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 512)], " \t\r\n\ufeff")))
	for _, f := range Formats {
		if slices.ContainsFunc(f.begins, func(b string) bool { return strings.HasPrefix(head, b) }) {
			return f
		}
	}
	return last
}

// readText takes a text as it is.
func readText(data []byte) ([]geo.Report, error) {
	text, err := geo.ReadText(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return []geo.Report{{Text: text}}, nil
}

// tidy joins the lines of paragraphs' ends: at most one blank line between two
// paragraphs, no white space at the ends of lines.
func tidy(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var out []string
	for _, line := range lines {
		line = strings.TrimRight(strings.ReplaceAll(line, "\u00a0", " "), " \t")
		if strings.TrimSpace(line) == "" {
			if len(out) > 0 && out[len(out)-1] != "" {
				out = append(out, "")
			}
			continue
		}
		out = append(out, strings.TrimLeft(line, " \t"))
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// short cuts what a file gives as a title or a name to what a report keeps.
func short(s string) string {
	const most = 300
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most])
	}
	return s
}
