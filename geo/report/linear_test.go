package report_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/geo"
)

// hostile are texts of any length that have cost readers more than their length.
var hostile = []struct {
	name string
	text func(k int) string // of the k-th part
}{
	{"prose", func(k int) string {
		return fmt.Sprintf("A bomb exploded in Kabul on Tuesday, killing %d people, police said. The governor of Herat, Ahmad Karimi, denied it.\n\n", k%40+2)
	}},
	{"nested quotes", func(k int) string { return strings.Repeat([]string{`"`, "“", "'", "‘", "«"}[k%5]+"he said ", 3) }},
	{"closed quotes", func(int) string { return `"we saw" 'it' “burn” ` }},
	{"capitalised words", func(k int) string {
		return []string{"Karim ", "Baghdad ", "Street ", "North ", "Anvil ", "Mosul "}[k*7%6]
	}},
	{"no full stop", func(k int) string {
		return []string{"killing people and ", "wounding them near the river, ", "while shells fell on houses, ", "they said, "}[k%4]
	}},
	{"numbers", func(k int) string { return fmt.Sprint(k, " and twenty ", k%7, ", ") }},
	{"places of one sentence", func(k int) string {
		return []string{"between Kabul and Herat, ", "10 km north of Mosul, ", "near Basra, ", "in Aleppo, "}[k%4]
	}},
	{"full stops", func(int) string { return "U.S. a. . Mr. 3.5 ... " }},
	{"lines", func(int) string { return "a\n\n" }},
	{"capitals", func(k int) string {
		return []string{"KABUL WAS HIT ", "BY ROCKETS ", "TODAY. ", "SEVEN DIED "}[k%4]
	}},
	{"parentheses", func(int) string { return "(Kabul (in (the north " }},
	{"letters", func(int) string { return "aaaaaaaaaaaaaaaa" }},
}

func hostileText(text func(int) string, size int) string {
	var b strings.Builder
	for k := 0; b.Len() < size; k++ {
		b.WriteString(text(k))
	}
	return b.String()[:b.Len()]
}

// BenchmarkLinear reads texts of 1 kB to 10 MB, ten times what a report may have,
// and prints the time of each byte: it does not grow where the reader's time is
// that of the text's length.
func BenchmarkLinear(b *testing.B) {
	reader := newReader(b)
	for _, h := range hostile {
		for _, size := range []int{1e3, 1e4, 1e5, 1e6, 1e7} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(h.name, " ", "_"), size), func(b *testing.B) {
				text := hostileText(h.text, size)
				b.ResetTimer()
				for b.Loop() {
					reader.ReadAny(geo.Report{ID: "r", Version: 1, Text: text, Published: "2024-01-05"})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
			})
		}
	}
}
