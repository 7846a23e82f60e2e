package storetest

import (
	"context"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

// testResembler: reports are found by the keys of their newest text, those that
// share most first.
func testResembler(t *testing.T, store geo.Store) {
	ctx := context.Background()
	like, ok := store.(geo.Resembler)
	if !ok {
		return
	}
	add := func(id, text string, keys ...int64) {
		t.Helper()
		if _, err := store.Add(ctx, geo.Submission{Report: geo.Report{ID: id, Text: text}, Keys: keys, By: "test"}); err != nil {
			t.Fatal(err)
		}
	}
	add("one", "the first text", 1, 2, 3)
	add("two", "the second text", 3, 4, -5)
	for _, c := range []struct {
		keys []int64
		want []string
	}{
		{nil, nil},
		{[]int64{9}, nil},
		{[]int64{1}, []string{"one"}},
		{[]int64{3, 4, -5}, []string{"two", "one"}},
	} {
		got, err := like.Resembling(ctx, c.keys)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("keys %v: %s", c.keys, diff)
		}
	}
	add("one", "the first text, edited", 7)
	if got, err := like.Resembling(ctx, []int64{1, 7}); err != nil || len(got) != 1 || got[0] != "one" {
		t.Errorf("after a new version: %v, %v", got, err)
	}
	if got, err := like.Resembling(ctx, []int64{2}); err != nil || len(got) != 0 {
		t.Errorf("keys of an old version still find it: %v, %v", got, err)
	}
}
