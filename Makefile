# Two commands do everything on a fresh machine: `make demo` and `make test`.
SWIFT ?= swift
RELEASE = --configuration release --static-swift-stdlib -Xlinker -s

.PHONY: demo test test-durability test-server lint format build install setup score check-formats clean

demo: build            ## build, import example incidents, diagnose a real capture, serve the API
	@LEAKBOOK=$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook Scripts/demo.sh

test:                  ## run every test
	@Scripts/setup.sh --tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip RealAlertmanagerTests
	@# The real Alertmanager gives an answer 10 s, which a server among a thousand other tests may need.
	$(SWIFT) test --skip-build --filter RealAlertmanagerTests

test-durability: build ## kill, starve and damage databases; each gate prints its figure (3 minutes)
	@Scripts/test-durability.sh "$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook" $(GATES)

test-server: build     ## attack, kill and question the release server (needs Python; about 5 minutes)
	@Scripts/setup.sh --tests
	@binary="$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook"; \
	  Scripts/server/metrics.sh "$$binary" && \
	  Scripts/server/kill.py "$$binary" 20 && \
	  Scripts/server/attacks.py "$$binary" && \
	  Scripts/server/schemathesis.sh "$$binary" 5 7

build: setup           ## build the release binary
	$(SWIFT) build $(RELEASE) --product leakbook

install: build         ## copy the binary to PREFIX/bin (default /usr/local)
	install -D -m 755 "$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook" "$(DESTDIR)$(or $(PREFIX),/usr/local)/bin/leakbook"

lint:                  ## check the formatting of all sources
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format:                ## format all sources
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

score: build           ## measure the diagnosis on labelled captures: make score CASES=../shared/lab
	Scripts/score.sh "$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook" "$(CASES)"

check-formats: build   ## compare what is recognised with the committed table: make check-formats SAMPLES=../shared
	Scripts/check-formats.py "$$($(SWIFT) build $(RELEASE) --show-bin-path)/leakbook" \
	  $(SAMPLES)/field $(SAMPLES)/lab $(SAMPLES)/profiles/files

setup:                 ## install what the system lacks
	@Scripts/setup.sh

clean:
	$(SWIFT) package clean
	rm -rf .demo
