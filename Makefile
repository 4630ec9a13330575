# Two commands matter: `make demo` and `make test`. Both install what is missing first.
.PHONY: help demo test check bench bench-full lint

help:
	@echo "make demo   build and show the whole story in a minute"
	@echo "make test   build once, then run every suite of tests"
	@echo "make check  the linter, the import check and the tests"
	@echo "make bench  figures, as ratios against a peer or a bound; make bench-full the large ones"
	@echo "make lint   format and documentation"

demo:
	@Scripts/demo.sh

test:
	@Scripts/setup.sh --tests
	@Scripts/python-env.sh
	swift build -c release --build-tests
	@Scripts/test.sh

lint:
	@Scripts/setup.sh
	swift format lint --strict --recursive Sources Tests Package.swift

check: lint
	@Scripts/setup.sh --tests
	@Scripts/python-env.sh
	swift build -c release --build-tests --explicit-target-dependency-import-check error
	@Scripts/test.sh

bench:
	@Scripts/setup.sh
	swift build -c release --product sluice
	swift build -c release --product sluice-bench
	.build/release/sluice-bench delivery-memory
	.build/release/sluice-bench governance $(BENCH)

# The deployment of 10,000,000 deliveries is built once and kept.
bench-full:
	@$(MAKE) bench BENCH="--full --home .cache/bench"
