package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"dateline/geo"
)

// maxLineBytes bounds a line of JSON: a report's text at its most escaped.
const maxLineBytes = 8 * geo.MaxReportBytes

// eachLine decodes each line of stdin into a T and writes what answer gives for
// it as a line to stdout. A bad line is reported with its number and the rest
// go on; the error then counts them.
func eachLine[T any](a *app, answer func(T) (any, error)) error {
	in := bufio.NewReaderSize(a.stdin, 1<<16)
	out := bufio.NewWriter(a.stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	failed := 0
	for n := 1; a.ctx.Err() == nil; n++ {
		line, err := readLine(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err == nil {
			err = answerLine(line, answer, encoder)
		}
		if err != nil {
			failed++
			fmt.Fprintf(a.stderr, "dateline: error: line %d: %v\n", n, err)
		}
	}
	if err := errors.Join(out.Flush(), a.ctx.Err()); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d lines failed", failed)
	}
	return nil
}

func answerLine[T any](line []byte, answer func(T) (any, error), encoder *json.Encoder) error {
	var in T
	if err := json.Unmarshal(line, &in); err != nil {
		return err
	}
	out, err := answer(in)
	if err != nil {
		return err
	}
	return encoder.Encode(out)
}

// readLine reads up to the next line feed; a line over maxLineBytes is read to
// its end and refused.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line) <= maxLineBytes {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
			return nil, err
		}
		if len(line) > maxLineBytes {
			return nil, fmt.Errorf("over %d MiB long", maxLineBytes>>20)
		}
		return line, nil
	}
}
