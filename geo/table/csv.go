package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"dateline/geo"
)

// gdeltColumns is the width of GDELT 2.0's event files, which have no header.
const gdeltColumns = 61

// maxRowBytes bounds a row of a text file.
const maxRowBytes = 4 << 20

// openCSV reads comma, semicolon or tab separated values (RFC 4180), whichever
// its first line holds most of. A second row of HXL hashtags is taken for a
// header that says more.
func openCSV(_ string, file *os.File) (*Table, error) {
	in := bufio.NewReaderSize(file, 1<<16)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	head, err := in.Peek(1 << 15)
	if len(head) == 0 {
		return nil, errors.Join(geo.Invalid("file", "it is empty"), ignoreEOF(err))
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, geo.Invalid("file", "it holds NUL bytes: this is no text")
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	comma := separator(line)
	kept := &recorder{source: &lineReader{in: in}}
	r := csv.NewReader(kept)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, comma == '\t', true
	if comma == '\t' && len(bytes.Split(line, []byte("\t"))) == gdeltColumns && allDigits(line[:max(0, bytes.IndexByte(line, '\t'))]) {
		return &Table{Header: gdeltHeader(), Rows: csvRows(r, csvState{kept: kept})}, nil
	}
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	names := cleaned(header)
	state := csvState{kept: kept, own: isOwn(names)}
	kept.take(r.InputOffset())
	first, err := r.Read()
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
	case err != nil && !errors.As(err, &parse):
		return nil, err
	case err == nil && isHXL(cleaned(first)):
		names = withTags(names, cleaned(first))
		kept.take(r.InputOffset())
	default:
		row, err := state.row(r, first, err)
		state.pending, state.failed = &row, err
	}
	return &Table{Header: names, Rows: csvRows(r, state)}, nil
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// separator of a header line.
func separator(line []byte) rune {
	best, most := ',', 0
	for _, c := range []rune{',', '\t', ';'} {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

func cleaned(record []string) []string {
	out := make([]string, len(record))
	for k, cell := range record {
		out[k] = strings.TrimSpace(strings.ToValidUTF8(cell, "\ufffd"))
	}
	return out
}

// csvState is a table under way.
type csvState struct {
	kept    *recorder
	own     bool // an export of ours, whose texts stay as they are but for the apostrophe before a formula
	pending *Row // read already
	failed  error
}

// csvRows yields the rows; one that is broken is an error, and the rest go on.
func csvRows(r *csv.Reader, s csvState) func(func(Row, error) bool) {
	return func(yield func(Row, error) bool) {
		if s.pending != nil && !yield(*s.pending, s.failed) {
			return
		}
		for {
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			var parse *csv.ParseError
			ends := err != nil && !errors.As(err, &parse)
			row, err := s.row(r, record, err)
			if !yield(row, err) || ends {
				return
			}
		}
	}
}

// row makes a row of a record, or an error of what csv says is none.
func (s csvState) row(r *csv.Reader, record []string, err error) (Row, error) {
	row := Row{Raw: s.kept.take(r.InputOffset())}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		row.Number = parse.StartLine
		return row, geo.Invalid("row", "%v", parse.Err)
	}
	if err != nil {
		return row, err
	}
	row.Number, _ = r.FieldPos(0)
	for k, cell := range record {
		if !utf8.ValidString(cell) {
			return row, geo.Invalid(fmt.Sprintf("column %d", k+1), "the text is not UTF-8; save the file as UTF-8")
		}
	}
	row.Cells = cleaned(record)
	if s.own {
		for k, cell := range record {
			row.Cells[k] = strings.TrimPrefix(cell, "'")
		}
	}
	return row, nil
}

// recorder keeps what was read until it is taken, so that a rejected row stands
// as it stood.
type recorder struct {
	source io.Reader
	kept   bytes.Buffer
	taken  int64 // bytes taken since the beginning
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	r.kept.Write(p[:n])
	return n, err
}

// take gives what stands between the last take and an offset, without the
// line's end.
func (r *recorder) take(offset int64) string {
	text := string(r.kept.Next(int(offset - r.taken)))
	r.taken = offset
	return strings.ToValidUTF8(strings.TrimRight(text, "\r\n"), "\ufffd")
}

// joined writes a record as a line again.
func joined(record []string, comma rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	_ = w.Write(record) // a strings.Builder takes everything
	w.Flush()
	return strings.TrimRight(b.String(), "\r\n")
}

// lineReader refuses a line beyond maxRowBytes, so that a file without line
// breaks is not read whole.
type lineReader struct {
	in  io.Reader
	run int
}

func (l *lineReader) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	if k := bytes.LastIndexByte(p[:n], '\n'); k >= 0 {
		l.run = n - k
	} else {
		l.run += n
	}
	if l.run > maxRowBytes {
		return 0, geo.Invalid("row", "a line is over %d MiB", maxRowBytes>>20)
	}
	return n, err
}

// isHXL reports whether a row holds hashtags: some cells, and all of them one.
func isHXL(row []string) bool {
	tags := 0
	for _, cell := range row {
		if cell == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(cell); first != '#' || len(cell) < 3 {
			return false
		}
		tags++
	}
	return tags >= 2
}

// withTags puts the hashtags behind the names.
func withTags(names, tags []string) []string {
	out := make([]string, max(len(names), len(tags)))
	for k := range out {
		if k < len(names) {
			out[k] = names[k]
		}
		if k < len(tags) && tags[k] != "" {
			out[k] = strings.TrimSpace(out[k] + " " + tags[k])
		}
	}
	return out
}
