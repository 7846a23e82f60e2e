package geoparse_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/gazetteer/geoparse"
)

// news is a report in the style of an agency, of our own making.
const news = `BEIRUT (AP) — An explosion in the southern suburbs of Beirut killed two people on Monday, Lebanese officials said.

It came a day after Israeli aircraft struck a convoy 10 km north of Homs, in central Syria, and hours after Washington said that its troops in Iraq had been fired on. Gen. Michael Jordan of the U.S. Army told reporters in Baghdad that nobody was hurt.

In Tripoli, Lebanon, about 80 kilometres away, shops on Palestine Street closed early. The road between Damascus and Homs was shut, and the Nasser Hospital in Khan Younis, in the Gaza Strip, asked for fuel. "We have nothing left," a doctor said.

Residents of Mosul and Tikrit heard planes. The province of Homs, near the border with Lebanon, was calm by evening, the Syrian state agency reported.

`

func BenchmarkParse(b *testing.B) {
	p := parser(b)
	for _, size := range []int{1 << 10, 10 << 10, 100 << 10, 1 << 20} {
		text := strings.Repeat(news, size/len(news)+1)[:size]
		b.Run(fmt.Sprintf("%dkB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				p.Parse(geoparse.Document{Text: text})
			}
		})
	}
}

// Texts made to be slow take time in proportion to their length too.
func BenchmarkHostile(b *testing.B) {
	p := parser(b)
	for name, unit := range map[string]string{
		"names": "Paris, Texas, ", "capitals": "Aa ", "dots": "U.S.", "streets": "Baghdad Street ", "hyphens": "Syria-Iraq-", "brackets": "(12 (", "al": "al-",
	} {
		text := strings.Repeat(unit, 300_000/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				p.Parse(geoparse.Document{Text: text})
			}
		})
	}
}

func BenchmarkLocate(b *testing.B) {
	p := parser(b)
	for b.Loop() {
		p.Locate("Palestine Street, Baghdad", "")
	}
}
