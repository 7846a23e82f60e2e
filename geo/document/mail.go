package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dateline/geo"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // the encodings that mails come in
	"github.com/emersion/go-message/mail"
)

// dayOf is the day of a time, empty where there is none.
func dayOf(t any) geo.Day {
	if t, ok := t.(*time.Time); ok && t != nil && !t.IsZero() {
		return geo.DayOf(*t)
	}
	return ""
}

// maxMultiparts bounds the parts of a mail that have parts: each is read through
// all that it is in.
const maxMultiparts = 100

// readMail takes the first text out of a mail, else the article of its first
// page; the subject is the title, the sender's name the publisher. Attachments
// are not read.
func readMail(data []byte) ([]geo.Report, error) {
	if n := bytes.Count(bytes.ToLower(data), []byte("multipart/")); n > maxMultiparts {
		return nil, geo.Invalid("parts", "the mail has %d parts that have parts, more than %d", n, maxMultiparts)
	}
	m, err := mail.CreateReader(bytes.NewReader(data))
	if m == nil || err != nil && !message.IsUnknownCharset(err) {
		return nil, fmt.Errorf("parse: %w", err)
	}
	var r geo.Report
	if title, err := m.Header.Subject(); err == nil {
		r.Title = short(title)
	}
	if from, err := m.Header.AddressList("From"); err == nil && len(from) > 0 {
		r.Publisher = short(from[0].Name)
	}
	if t, err := m.Header.Date(); err == nil {
		r.Published = dayOf(&t)
	}
	var page string
	for {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if part == nil || err != nil && !message.IsUnknownCharset(err) {
			return nil, fmt.Errorf("part: %w", err)
		}
		header, ok := part.Header.(*mail.InlineHeader)
		if !ok {
			continue
		}
		media, _, _ := header.ContentType()
		body, err := io.ReadAll(part.Body)
		if err != nil {
			return nil, fmt.Errorf("part: %w", err)
		}
		switch {
		case media == "text/html" && page == "":
			page = string(body)
		case strings.HasPrefix(media, "text/") && media != "text/html" && r.Text == "":
			r.Text = tidy(string(body))
		}
	}
	if strings.TrimSpace(r.Text) == "" {
		r.Text = plain(page)
	}
	if r.Text == "" {
		return nil, geo.Invalid("text", "the mail has no text")
	}
	r.Text = withTitle(r.Title, r.Text)
	return []geo.Report{r}, nil
}
