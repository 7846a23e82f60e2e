package document

import (
	"strings"

	"dateline/geo"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// readMarkdown takes the words out of a Markdown text: its first heading is the
// title; lines of "key: value" between two lines "---" at its beginning give
// title, author, date, publisher and url.
func readMarkdown(data []byte) ([]geo.Report, error) {
	source := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	var r geo.Report
	if head, rest, ok := frontMatter(source); ok {
		source = rest
		for key, value := range head {
			switch key {
			case "title":
				r.Title = short(value)
			case "author", "by":
				r.Author = short(value)
			case "publisher", "source", "site":
				r.Publisher = short(value)
			case "url", "link":
				if u := webAddress(value); u != nil {
					r.URL = u.String()
				}
			case "date", "published":
				if day, err := geo.ParseDay(value[:min(len(value), 10)]); err == nil {
					r.Published = day
				}
			}
		}
	}
	var out strings.Builder
	src := []byte(shallow(source))
	err := ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				out.Write(n.Segment.Value(src))
				if n.SoftLineBreak() || n.HardLineBreak() {
					out.WriteString("\n")
				}
			}
		case *ast.String:
			if entering {
				out.Write(n.Value)
			}
		case *ast.AutoLink, *ast.RawHTML, *ast.HTMLBlock, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			if !entering && r.Title == "" && n.Level == 1 {
				r.Title = short(out.String())
			}
			out.WriteString("\n\n")
		default:
			if n.Type() == ast.TypeBlock {
				out.WriteString("\n\n")
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return nil, err
	}
	r.Text = withTitle(r.Title, tidy(out.String()))
	return []geo.Report{r}, nil
}

// maxNested bounds the quotes and lists that a line is in: each costs every line
// that is in it.
const maxNested = 50

// shallow takes away what would put a line into more than maxNested quotes and
// lists.
func shallow(source string) string {
	if len(source) <= maxNested {
		return source
	}
	var out strings.Builder
	for line := range strings.Lines(source) {
		markers, at, cut := 0, 0, -1
		for ; at < len(line) && strings.IndexByte(" \t>-*+0123456789.)", line[at]) >= 0; at++ {
			if c := line[at]; c == '>' || c == '-' || c == '*' || c == '+' || c == '.' || c == ')' {
				markers++
			}
			if markers == maxNested && cut < 0 {
				cut = at + 1
			}
		}
		if cut < 0 {
			cut = at
		}
		out.WriteString(line[:cut])
		out.WriteString(line[at:])
	}
	return out.String()
}

// frontMatter splits off the lines between two lines "---" at the beginning.
func frontMatter(source string) (head map[string]string, rest string, ok bool) {
	body, ok := strings.CutPrefix(source, "---\n")
	if !ok {
		return nil, source, false
	}
	lines, rest, ok := strings.Cut(body, "\n---\n")
	if !ok {
		return nil, source, false
	}
	head = map[string]string{}
	for _, line := range strings.Split(lines, "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok {
			head[strings.ToLower(strings.TrimSpace(key))] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return head, rest, true
}
