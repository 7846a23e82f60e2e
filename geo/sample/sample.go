// Package sample holds the sample reports: our own words about real, public
// events, so that a first start shows a map with something on it.
package sample

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"net/textproto"
	"strings"

	"dateline/geo"
)

// Publisher of every sample report, by which they are found and taken out again.
const Publisher = "Dateline sample"

//go:embed *.txt
var files embed.FS

// Reports gives the sample reports, by file name. Each file begins with a
// header (Title, Publisher, Published, Url), an empty line, then the text.
func Reports() ([]geo.Report, error) {
	names, err := fs.Glob(files, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("list samples: %w", err)
	}
	reports := make([]geo.Report, 0, len(names))
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read sample %s: %w", name, err)
		}
		report, err := parse(string(data))
		if err != nil {
			return nil, fmt.Errorf("sample %s: %w", name, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

func parse(data string) (geo.Report, error) {
	head, text, ok := strings.Cut(data, "\n\n")
	if !ok {
		return geo.Report{}, geo.Invalid("header", "no empty line ends it")
	}
	header, err := textproto.NewReader(bufio.NewReader(strings.NewReader(head + "\n\n"))).ReadMIMEHeader()
	if err != nil {
		return geo.Report{}, fmt.Errorf("header: %w", err)
	}
	published, err := geo.ParseDay(header.Get("Published"))
	if err != nil {
		return geo.Report{}, err
	}
	text = strings.TrimSpace(text) + "\n"
	return geo.Report{
		ID: geo.ReportID(text), Version: 1, SHA256: geo.TextSHA256(text),
		Title: header.Get("Title"), Publisher: header.Get("Publisher"), URL: header.Get("Url"),
		Published: published, Text: text,
	}, nil
}
