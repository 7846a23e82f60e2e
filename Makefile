# The house's commands. make run: start the program; make test: every test;
# make eval: accuracy on the development corpora; make gazetteer: build the
# embedded gazetteer again from its sources.

export CGO_ENABLED ?= 0
export npm_config_update_notifier = false

ADDR ?= 127.0.0.1:8080
DB ?= dateline.db
BIN := bin/dateline

FIT = ../shared/eval/corpora/places.lgl.jsonl ../shared/eval/corpora/places.geowebnews.jsonl --partial places.lgl.jsonl

.PHONY: all run build page test unit race browser gdal gdal-pages qgis conformance lint eval fit fit-sites ablate bench bench-million bench-page lighthouse fuzz gazetteer tools clean

all: build

## run: install what the page needs, build page and binary, start with the samples
run: build
	$(BIN) serve --sample --addr $(ADDR) --db $(DB)

## build: the page and the binary, bin/dateline
build: page
	go build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/dateline

## page: what the browser gets, static/dist
page: static/node_modules/.installed
	cd static && npm run --silent build

static/node_modules/.installed: static/package.json static/package-lock.json
	cd static && npm ci --no-audit --no-fund
	touch $@

## test: install what the tests need, then run every test
test: tools build lint unit race browser gdal conformance

## tools: what the tests need beside Go and Node.js
tools:
	.ci/tools

unit:
	go test ./...

race:
	CGO_ENABLED=1 go test -race ./geo/... ./web/... ./cmd/...

browser: build
	cd static && DATELINE_BIN=$(CURDIR)/$(BIN) npm test --silent

gdal: build
	.ci/gdal $(BIN)
	.ci/formats $(BIN)

## gdal-pages: GDAL pages through 100,000 features
gdal-pages:
	DATELINE_GDAL_PAGES=100000 go test ./web -run TestGDALPages -v -timeout 20m

## qgis: QGIS runs the README's example and pages through 100,000 features; it needs Debian's python3-qgis and qgis-providers
qgis:
	DATELINE_QGIS=1 DATELINE_GDAL_PAGES=100000 go test ./web -run 'TestGDALPages|TestReadmeExamples' -v -timeout 20m

## conformance: OGC's abstract tests against a running server, and its own suite where ETS=FILE or Maven has it
conformance: build
	.ci/conformance $(BIN)

lint: static/node_modules/.installed
	test -z "$$(gofmt -l cmd geo gazetteer web static/*.go)"
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	cd static && npm run --silent check

## eval: the scorers on every development corpus; stops where ../shared/eval is not
eval:
	go build -trimpath -o $(BIN) ./cmd/dateline
	python3 .ci/eval.py $(BIN)

## fit-sites: find the weights again by which the place of an event is chosen
fit-sites:
	.ci/fit_sites.py $(BIN) > geo/report/site.tsv.new
	mv geo/report/site.tsv.new geo/report/site.tsv

## fit: find the geoparser's weights again, fitted on each corpus and scored on the other
fit:
	go run ./cmd/fit $(FIT) > gazetteer/geoparse/weights.tsv.new
	mv gazetteer/geoparse/weights.tsv.new gazetteer/geoparse/weights.tsv

## ablate: what each of the geoparser's features brings
ablate:
	go run ./cmd/fit $(FIT) --ablate

## bench: the benchmarks behind BENCHMARKS.md
bench:
	go test -run '^$$' -bench . -benchmem ./...

## bench-million: a million made incidents (N), loaded, served, measured with wrk, imported and exported beside GDAL
bench-million: page
	go build -trimpath -o $(BIN) ./cmd/dateline
	go build -trimpath -o bin/bench ./cmd/bench
	.ci/million.py $(BIN) bin/bench $(firstword $(wildcard ../shared/data/gen_incidents.py)) bin/million $(N)
	.ci/exports.py $(BIN) bin/million/$(or $(N),1000000).csv bin/million/$(or $(N),1000000).db bin/million/exports

## bench-page: the page with N made incidents (a million) in Chromium: frames, tasks, time to interactive, typing
bench-page: build
	.ci/bench-page $(BIN) $(firstword $(wildcard ../shared/data/gen_incidents.py)) bin/million $(N)

## lighthouse: Lighthouse's desktop preset on the page with the samples, the median of five runs; fails below its marks
lighthouse: build
	cd static/lighthouse && npm ci --no-audit --no-fund && DATELINE_BIN=$(CURDIR)/$(BIN) node lighthouse.mjs

## fuzz: every fuzz test for FUZZTIME each (10m), or those of FUZZ, a list of folder:test
FUZZTIME ?= 10m
FUZZ ?= $(shell grep -rE '^func Fuzz' --include=*_test.go cmd gazetteer geo web | sed -E 's|/[^/]*:func (Fuzz[A-Za-z0-9]*).*|:\1|' | sort)
fuzz:
	set -e; for one in $(FUZZ); do echo "$$one"; go test -run '^$$' -fuzz "^$${one#*:}$$" -fuzztime $(FUZZTIME) ./$${one%:*}; done

## gazetteer: build gazetteer/world/world.gaz from its sources
gazetteer:
	go run ./cmd/dateline gazetteer build

clean:
	rm -rf bin static/dist
