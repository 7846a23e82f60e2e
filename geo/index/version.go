package index

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"dateline/geo"
)

// codeVersion changes with what the code here writes.
const codeVersion = 2

// fieldsChecksum changes with the code, the table of fields, the folding of text
// and the table of event types, and so with what the columns hold.
func fieldsChecksum() string {
	h := sha256.New()
	fmt.Fprintln(h, codeVersion, geo.FoldVersion)
	for _, f := range geo.Fields {
		if f.Filterable {
			fmt.Fprintln(h, f.Name, f.Kind)
		}
	}
	for _, t := range geo.EventTypes {
		fmt.Fprintln(h, t.Code, t.Group)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
