# Everything a developer or CI does. `make` alone prints what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Exact versions: the same commit gives the same verdict tomorrow. Both are built from source by `go run`, once.
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
BENCHSTAT     := golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

# Narrow a run from the command line: make test PKG=./models/... ARGS='-run Invite'
PKG      ?= ./...
ARGS     ?=
FUZZTIME ?= 20s
ROOMS    := bot cmd config dialog models
SERVICES := deploy/test-services run --
# A test that hangs says where it hangs before CI loses patience. -count=1: a result from a cache proves nothing today.
GO_TEST  := go test -count=1 -timeout 25m
# The race detector watches everything but SQLite itself, C translated to Go: watching it takes four fifths of the time
# of the tests that use it, and what it guards is its own. The same goes for the checks of its pointers, which come
# with the detector. A process that ends need not wait a second for reports: a test that raced has failed before.
RACE     := -race '-gcflags=modernc.org/...=-race=false -d=checkptr=0'

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build, then the bot with a demo village and a phone page in the browser; needs only Go
	./bin/huhuqing demo

.PHONY: build
build: ## the one binary, without cgo: bin/huhuqing
	CGO_ENABLED=0 go build -trimpath -o bin/huhuqing ./cmd/huhuqing

.PHONY: test
test: ## every test, with the race detector, on private MariaDB, Redis and Chromium (installs what is missing)
	CGO_ENABLED=1 GORACE=atexit_sleep_ms=0 $(SERVICES) $(GO_TEST) $(RACE) $(ARGS) $(PKG)

.PHONY: check
check: test lint ## what has to be green before a commit leaves: test and lint

.PHONY: race
race: ## the rooms where things run beside each other, five times in random order
	CGO_ENABLED=1 $(SERVICES) go test $(RACE) -count=5 -shuffle=on -timeout 30m $(ARGS) ./bot/... ./dialog/... ./cmd/...

.PHONY: quarter
quarter: ## a county's quarter on real servers: 20,000 households, every fault; HHQ_COUNTY_HOUSEHOLDS and _DAYS make it smaller
	CGO_ENABLED=0 HHQ_COUNTY_HOUSEHOLDS=$${HHQ_COUNTY_HOUSEHOLDS:-20000} HHQ_COUNTY_DAYS=$${HHQ_COUNTY_DAYS:-91} \
		$(SERVICES) go test -count=1 -timeout 3h -v -run TestACountysQuarter ./cmd/huhuqing

.PHONY: cover
cover: ## how much of each room the tests reach: .test/cover.html
	@mkdir -p .test
	$(SERVICES) $(GO_TEST) -coverpkg=./... -coverprofile=.test/cover.out $(ARGS) $(PKG)
	@go tool cover -html=.test/cover.out -o .test/cover.html
	@go tool cover -func=.test/cover.out | tail -n 1

.PHONY: bench
bench: ## Go benchmarks, then the real callback under load; compare with BASE=.bench/older.txt
	BENCHSTAT=$(BENCHSTAT) deploy/test-services run --durable -- deploy/bench

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME each (20s)
	@$(SERVICES) go test -list '^Fuzz' $(PKG) \
		| awk '/^Fuzz/ { name[++n] = $$1 } /^ok/ { for (i = 1; i <= n; i++) print $$2, name[i]; n = 0 }' \
		| while read -r pkg name; do go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) "$$pkg"; done

.PHONY: lint
lint: ## formatting, vet and the rules of .golangci.yml, each with its reason there
	@unformatted=$$(gofmt -l $(ROOMS)); \
		[ -z "$$unformatted" ] || { printf 'not formatted (make fmt does it):\n%s\n' "$$unformatted" >&2; exit 1; }
	CGO_ENABLED=0 go vet ./...
	CGO_ENABLED=0 go run $(GOLANGCI_LINT) run --timeout 10m

.PHONY: fmt
fmt: ## formats every Go file
	@gofmt -w $(ROOMS)

.PHONY: generate
generate: ## rewrites what is made from the code: deploy/huhuqing.env.example
	go generate ./...

.PHONY: clean
clean: ## removes what was built and measured; the data folder stays
	rm -rf bin .test .bench
