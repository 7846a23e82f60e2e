package query

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"

	"dateline/geo"
)

// maxCursor bounds a cursor's checksum and id, in bytes.
const maxCursor = 200

// checksum of the parameters that make the filter, in a canonical order.
func checksum(params url.Values) string {
	rest := url.Values{}
	for name, values := range params {
		if name != "limit" && name != "cursor" {
			rest[name] = values
		}
	}
	sum := sha256.Sum256([]byte(rest.Encode()))
	return hex.EncodeToString(sum[:6])
}

// Key stands for the filter and the order: pages of one query have the same.
func (r Request) Key() string { return r.sum }

// Next makes the cursor of the page after the incident with this id. It carries
// a checksum of the filter, so that it is refused under another one.
func (r Request) Next(id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(r.sum + id))
}

func (r Request) readCursor(cursor string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) <= len(r.sum) || len(raw) > maxCursor {
		return "", geo.Invalid("cursor", "not one that this server gave")
	}
	if string(raw[:len(r.sum)]) != r.sum {
		return "", geo.Invalid("cursor", "it belongs to another filter; start again without it")
	}
	return string(raw[len(r.sum):]), nil
}
