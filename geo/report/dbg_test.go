package report

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo"
	"dateline/geo/lexicon"
)

func TestDbg(t *testing.T) {
	b, _ := os.ReadFile("/tmp/e/dbg.txt")
	r := dbgReader(t)
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		mentions := r.parser.Parse(geoparse.Document{Text: line})
		d := newDoc(geo.Report{Text: line, Published: "2016-10-10", ID: "x"}, r.language, mentions)
		fmt.Println("##", line)
		for _, m := range mentions {
			ok := m.Location != nil
			fmt.Println("   place", m.Text, m.Kind, ok)
		}
		for k := range d.trigger.all {
			m := &d.trigger.all[k]
			tl, ok := d.telling(m)
			mod, silent := d.modalityOf(m.span)
			fmt.Println("   ", d.w[m.i:m.j], m.v.Sense, m.v.Strength, m.v.Noun, "kind", tl.kind, "sense", d.senseOf(m), "ok", ok, "company", d.company(m), "mod", mod, silent, "inname", d.inName(m.span), "play", d.play(m.i), d.domains(d.sentence(m.i)))
		}
	}
}

func dbgReader(t *testing.T) *Reader {
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return New(geoparse.New(gazetteer.Stack(layer), l), l)
}
