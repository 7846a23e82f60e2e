package geo

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flatNames are the JSON names that flatIncident reads.
func flatNames(t reflect.Type) []string {
	var names []string
	for k := range t.NumField() {
		f := t.Field(k)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && tag == "" {
			names = append(names, flatNames(f.Type)...)
		} else {
			names = append(names, tag)
		}
	}
	return names
}

// What is read back is every column but those that follow from others.
func TestFlatIncidentAgreesWithFields(t *testing.T) {
	var want []string
	derived := []string{"group"}
	for _, f := range siteFields {
		derived = append(derived, f.Name)
	}
	for _, f := range Columns() {
		if !slices.Contains(derived, f.Name) {
			want = append(want, f.Name)
		}
	}
	if diff := cmp.Diff(want, flatNames(reflect.TypeFor[flatIncident]())); diff != "" {
		t.Errorf("(-columns +flatIncident):\n%s", diff)
	}
}

// The kind of every column is that of its values.
func TestKinds(t *testing.T) {
	for _, f := range Fields {
		if (f.Kind == KindEnum) != (f.Enum != nil) {
			t.Errorf("%s is of kind %s and has values %v", f.Name, f.Kind, f.Enum != nil)
		}
		if f.Value == nil && f.Values == nil {
			t.Errorf("%s has no values", f.Name)
		}
		if f.Kind == KindList && f.Filterable {
			t.Errorf("%s is a list that a filter may ask", f.Name)
		}
	}
}
