package format

import (
	"bufio"
	"bytes"
)

// What stands between and behind the features of a collection that
// CollectionHead begins.
const (
	FeatureSeparator = ",\n"
	CollectionTail   = "\n]}\n"
)

// CollectionHead begins a FeatureCollection whose features are written already:
// the bytes up to the first one.
func CollectionHead(members []Member) ([]byte, error) {
	var out bytes.Buffer
	b := bufio.NewWriter(&out)
	b.WriteString(`{"type":"FeatureCollection"`)
	if err := writeMembers(b, members); err != nil {
		return nil, err
	}
	b.WriteString(",\"features\":[\n")
	err := b.Flush()
	return out.Bytes(), err
}

// FeatureWith is a feature that is written already with further members at its
// end, and a line break.
func FeatureWith(feature []byte, members []Member) ([]byte, error) {
	out := bytes.NewBuffer(make([]byte, 0, len(feature)+512))
	b := bufio.NewWriter(out)
	b.Write(bytes.TrimSuffix(feature, []byte("}")))
	if err := writeMembers(b, members); err != nil {
		return nil, err
	}
	b.WriteString("}\n")
	err := b.Flush()
	return out.Bytes(), err
}
