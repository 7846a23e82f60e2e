// Command fit finds the weights of the geoparser on corpora of texts whose
// places are known. It fits on each corpus and scores on the others, prints both
// directions, then fits on all together and prints the table of weights.
//
//	go run ./cmd/fit A.jsonl B.jsonl > weights.tsv
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/geoparse/fit"
	"dateline/gazetteer/world"
	"dateline/geo/lexicon"

	"github.com/alecthomas/kong"
)

type commandLine struct {
	Corpora []string `arg:"" help:"Corpora: JSON lines of {text, country?, toponyms: [{start, end, lat?, lon?, geonameid?}]}." type:"existingfile"`
	Rounds  int      `help:"Rounds of fitting on what the parser with the last weights weighed." default:"4"`
	Pull    float64  `help:"How hard the weights are held near those that they start from." default:"20"`
	Partial []string `help:"Corpora, by file name, whose gold leaves place names of the texts out."`
	Ablate  bool     `help:"Print instead what each feature brings: the scores with its weight at zero."`
	Score   bool     `help:"Print only the scores of the weights as they are."`
}

func main() {
	var line commandLine
	kong.Parse(&line, kong.Name("fit"), kong.Description("Fit the weights of the geoparser."))
	if err := run(line, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fit: error:", err)
		os.Exit(1)
	}
}

func run(line commandLine, stdout, stderr io.Writer) error {
	p, err := parser()
	if err != nil {
		return err
	}
	var corpora []fit.Corpus
	for _, name := range line.Corpora {
		c, err := read(name)
		if err != nil {
			return err
		}
		c.Partial = slices.Contains(line.Partial, c.Name)
		corpora = append(corpora, c)
	}
	now := geoparse.OwnWeights()
	for _, c := range corpora {
		printScore(stderr, "as they are", c.Name, fit.Measure(p, c))
	}
	o := fit.Options{Rounds: line.Rounds, Pull: line.Pull}
	switch {
	case line.Score:
		return nil
	case line.Ablate:
		for _, a := range fit.Ablate(p, now, corpora) {
			printScore(stdout, a.Part+" "+a.Feature, a.Corpus, a.Score)
		}
		return nil
	}
	for k, c := range corpora {
		w := fit.Fit(p, now, corpora[k:k+1], o)
		for _, other := range corpora {
			printScore(stderr, "fitted on "+c.Name, other.Name, fit.Measure(p.WithWeights(w), other))
		}
	}
	w := fit.Fit(p, now, corpora, o)
	for _, c := range corpora {
		printScore(stderr, "fitted on all", c.Name, fit.Measure(p.WithWeights(w), c))
	}
	_, err = io.WriteString(stdout, w.Table())
	return err
}

func read(name string) (fit.Corpus, error) {
	f, err := os.Open(name)
	if err != nil {
		return fit.Corpus{}, err
	}
	defer f.Close()
	return fit.Read(filepath.Base(name), f)
}

func parser() (*geoparse.Parser, error) {
	layer, err := world.Open()
	if err != nil {
		return nil, err
	}
	language, err := lexicon.For("en")
	if err != nil {
		return nil, err
	}
	return geoparse.New(gazetteer.Stack(layer), language), nil
}

func printScore(w io.Writer, weights, corpus string, s fit.Score) {
	fmt.Fprintf(w, "%-40s %-26s acc %.1f  F1 %.1f  spans %.1f  recognition %.1f  ECE %.3f  sure %.1f\n",
		weights, corpus, 100*s.Acc, 100*s.F1, 100*s.Spans, 100*s.Found, s.ECE, 100*s.Sure)
}
