package format_test

import (
	"os"
	"strings"
	"testing"

	"dateline/geo/format"

	"github.com/google/go-cmp/cmp"
)

func TestFieldsDocument(t *testing.T) {
	const path = "../FIELDS.md"
	got := format.FieldsDocument()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("FIELDS.md is not the table's: go test ./geo/format -update\n%s", diff)
	}
}

// The README says every format that is written, with its ending.
func TestReadmeFormats(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range format.Formats {
		for _, want := range []string{"`" + f.Name + "`", "`." + f.Extension + "`"} {
			if !strings.Contains(string(readme), want) {
				t.Errorf("README.md doesn't say %s", want)
			}
		}
	}
}
