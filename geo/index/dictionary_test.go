package index

import (
	"fmt"
	"slices"
	"testing"
)

// A dictionary numbers as a map would, and sorts as strings do.
func TestDictionary(t *testing.T) {
	var d dictionary
	want := map[string]uint32{}
	for k := range 30_000 {
		text := fmt.Sprintf("text %d", k*k%7919)
		if k%5 == 0 {
			text = text[:k%6]
		}
		code := d.code(text)
		if before, ok := want[text]; ok && before != code || !ok && code != uint32(len(want)) {
			t.Fatalf("%q has the number %d, of %d texts", text, code, len(want))
		}
		want[text] = code
		if string(d.list.get(code)) != text {
			t.Fatalf("number %d is %q, want %q", code, d.list.get(code), text)
		}
	}
	if _, _, _, ok := d.find("text -1"); ok || d.list.len() != len(want) {
		t.Errorf("%d texts, want %d", d.list.len(), len(want))
	}
	var got, texts []string
	for text := range want {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	var ordered textList
	for _, code := range d.list.sorted() {
		got = append(got, string(d.list.get(code)))
		ordered.add(got[len(got)-1])
	}
	if !slices.Equal(got, texts) {
		t.Error("the texts are not in their order")
	}
	if d.list.ascends() || !ordered.ascends() {
		t.Errorf("ascends is %v before and %v after sorting", d.list.ascends(), ordered.ascends())
	}
}

// A codeList gives back what was added, however wide.
func TestCodeList(t *testing.T) {
	for _, largest := range []uint32{0, 200, 300, 70_000, 1<<32 - 1} {
		var l codeList
		var want []uint32
		for k := range uint32(1000) {
			code := k % 7
			switch {
			case k == 400:
				code = min(largest, 60_000)
			case k == 700:
				code = largest
			}
			l.add(code)
			want = append(want, code)
		}
		if l.len() != len(want) {
			t.Fatalf("%d codes, want %d", l.len(), len(want))
		}
		for k, code := range want {
			if l.get(k) != code {
				t.Fatalf("up to %d: code %d is %d, want %d", largest, k, l.get(k), code)
			}
		}
	}
}
