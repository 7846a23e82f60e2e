package document

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"dateline/geo"

	"github.com/mmcdole/gofeed"
)

// maxItems bounds the items of a feed.
const maxItems = 1000

// readFeed takes a report out of each item of a feed; the feed's title is the
// publisher. An item without words is left out.
func readFeed(data []byte) ([]geo.Report, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	if len(feed.Items) > maxItems {
		return nil, fmt.Errorf("%w: the feed has %d items, more than %d", geo.ErrTooLarge, len(feed.Items), maxItems)
	}
	var reports []geo.Report
	for _, item := range feed.Items {
		r := geo.Report{Title: short(plain(item.Title)), Publisher: short(feed.Title)}
		if len(item.Authors) > 0 {
			r.Author = short(item.Authors[0].Name)
		}
		if u := webAddress(item.Link); u != nil {
			r.URL = u.String()
		}
		for _, t := range []any{item.PublishedParsed, item.UpdatedParsed} {
			if r.Published == "" {
				r.Published = dayOf(t)
			}
		}
		r.Text = withTitle(r.Title, plain(cmp.Or(item.Content, item.Description)))
		if strings.TrimSpace(r.Text) != "" {
			reports = append(reports, r)
		}
	}
	if len(reports) == 0 {
		return nil, geo.Invalid("text", "no item of the feed has words")
	}
	return reports, nil
}
