# The few commands of the project. `make` alone shows them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run train test check bench clean

PY := .venv/bin/python

help: ## Show the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: ## Make .venv and install everything from the lock (does nothing twice)
	@scripts/setup

run: setup ## Set up, train if needed, start; prints where to look
	@$(PY) -m bot train
	@$(PY) -m bot run

train: setup ## Train the assistant if something changed
	@$(PY) -m bot train

test: setup ## Run all tests (trains the assistant first if needed)
	@scripts/browser
	@$(PY) -m bot train
	@$(PY) -m pytest

check: setup ## Style, types, Rasa's data and the answers
	@scripts/check

bench: setup ## Measure against the stock pipeline (takes long)
	@$(PY) -m bench.nlu $(FILE)

clean: ## Remove what was made, except the databases
	@rm -rf .venv models .pytest_cache .mypy_cache .ruff_cache .rasa
