# Bare `make` lists what there is. Python 3.11 or newer, make and git are all a machine needs.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
FORMAT ?= text

.PHONY: help site serve check format-check fix test screens measure watch watch-issues snapshot snapshot-request propose propose-request lock clean

help:
	@echo "make site     检查数据，生成网站 site/"
	@echo "make serve    在本机预览，改动自动更新（http://127.0.0.1:8000/）"
	@echo "make check    只检查数据"
	@echo "make fix      改正写法上有把握的问题，整理版式，再检查；内容不改"
	@echo "make test     运行全部测试（需要 Chromium，没有就尝试安装）"
	@echo "make screens  给每类页面截图，放进 build/screens/"
	@echo "make measure  测量速度、查找、网页评分和 HTML 规范，结果写进 benchmarks/"
	@echo "make watch    打开各政策文件的公开网址，与存档的原文比对，结果写进 build/watch/"
	@echo "make snapshot 把现在的数据存成固定版本 data/snapshots/日期/"
	@echo "make lock     重新锁定依赖"
	@echo "make clean    删除 build/ 和 site/"

site: $(VENV)/publish.stamp
	$(RUN) -m scripts site $(if $(ADDRESS),--address $(ADDRESS))

serve: $(VENV)/site.stamp
	$(RUN) -m scripts serve

check: $(VENV)/site.stamp
	$(RUN) -m scripts check --format $(FORMAT)

# What `make fix` would lay out otherwise is named, nothing is written.
format-check: $(VENV)/site.stamp
	$(RUN) -m scripts format --check

fix: $(VENV)/site.stamp
	$(RUN) -m scripts check --fix

test: $(VENV)/test.stamp
	$(VENV)/bin/ruff check --quiet
	$(VENV)/bin/ruff format --check --quiet
	$(RUN) tests/chromium.py
	$(RUN) tests/at_once.py

screens: $(VENV)/test.stamp site
	$(RUN) benchmarks/screens.py

measure: $(VENV)/test.stamp site
	$(RUN) benchmarks/build.py
	$(RUN) benchmarks/search.py
	$(RUN) benchmarks/engines.py
	$(RUN) benchmarks/markup.py
	$(RUN) -m pytest tests/test_browser.py -k axe --every-window
	$(RUN) benchmarks/firefox.py
	$(RUN) benchmarks/lighthouse.py
	$(RUN) benchmarks/examples.py
	$(RUN) benchmarks/bad_inputs.py
	$(RUN) benchmarks/importer.py
	$(RUN) benchmarks/damaged.py
	$(RUN) benchmarks/fuzz.py
	$(RUN) benchmarks/mutation.py
	$(RUN) benchmarks/downloads.py
	$(RUN) benchmarks/opendata.py

# What was found goes into issues. Only a comparison that did not come to its end is a failure here.
watch: $(VENV)/site.stamp
	rm -rf build/watch
	$(RUN) -m scripts watch || test -e build/watch/.made-by-policy-ledger

watch-issues: $(VENV)/site.stamp
	$(RUN) .github/watch-issues.py build/watch

snapshot: $(VENV)/site.stamp
	$(RUN) -m scripts snapshot

# A branch and a pull request with the new copy; nothing where there is none.
snapshot-request:
	test -z "$$(git status --porcelain data/snapshots)" || { \
		day=$$(git status --porcelain data/snapshots | grep -o '[0-9-]\{10\}' | tail -1) && \
		git switch --create "snapshot-$$day" && git add data/snapshots && \
		git -c user.name=snapshot -c user.email=snapshot@users.noreply.github.com commit --quiet -m "固定版本 $$day" && \
		git push origin "snapshot-$$day" && gh pr create --fill; }

# An issue on a form that was approved. GITHUB_EVENT_PATH is the file of the event: its words pass through no shell.
propose: $(VENV)/site.stamp
	$(RUN) .github/issue-to-change.py change "$$GITHUB_EVENT_PATH"

propose-request: $(VENV)/site.stamp
	$(RUN) .github/issue-to-change.py request "$$GITHUB_EVENT_PATH"

# Locks every dependency for all systems, with hashes; the files name no package index.
lock: $(VENV)/lock.stamp
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --upgrade -o requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra publish --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --constraint requirements.txt -o requirements-publish.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra publish --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --constraint requirements-publish.txt -o requirements-test.txt

clean:
	rm -rf build site .site.new .site.old

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "需要 Python 3.11 或更新的版本，现在是 $$($(PYTHON) --version)。请安装新版，再用 make PYTHON=python3.11 运行。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

$(VENV)/publish.stamp: requirements-publish.txt $(VENV)/site.stamp
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-publish.txt
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/publish.stamp
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-test.txt
	@touch $@

$(VENV)/lock.stamp: | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'
	@touch $@
