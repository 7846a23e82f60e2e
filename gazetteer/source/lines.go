package source

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine bounds a line of a source, in bytes.
const maxLine = 1 << 20

// lines calls use with each line that is neither empty nor a comment (#) and
// its number, from 1 on.
func lines(r io.Reader, use func(n int, text string) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 1<<16), maxLine)
	n := 0
	for scanner.Scan() {
		n++
		text := scanner.Text()
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if strings.IndexByte(text, 0) >= 0 {
			return fmt.Errorf("line %d: a NUL byte", n)
		}
		if err := use(n, text); err != nil {
			return err
		}
	}
	if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("line %d: longer than %d MiB", n+1, maxLine>>20)
	} else if err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}

// tsv calls use with the columns of each line. An error names the line.
func tsv(r io.Reader, columns int, use func(col []string) error) error {
	return lines(r, func(n int, text string) error {
		col := strings.Split(text, "\t")
		if len(col) < columns {
			return fmt.Errorf("line %d: %d columns, want %d", n, len(col), columns)
		}
		if err := use(col); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		return nil
	})
}
