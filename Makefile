# Everything starts here; the logic stands in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test setup lock lint bench clean

help:  ## what can be made (有哪些命令)
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: setup  ## set up and run everything with sample data (一键运行；PORT=8000 DATA_DIR=var)
	@exec env $(if $(PORT),PORT="$(PORT)") $(if $(DATA_DIR),DATA_DIR="$(DATA_DIR)") .venv/bin/python -m scripts.run

test:  ## set up and check everything (全部检查；FULL=1 不许跳过；ARGS="-k scan")
	@exec env $(if $(FULL),FANGXIN_FULL="$(FULL)") scripts/check $(ARGS)

setup:  ## virtual environment from the lock file (安装依赖)
	@python=$$(scripts/find-python) && exec "$$python" -m scripts.set_up

lock:  ## compile the lock files from setup.cfg (更新锁文件；ARGS=--upgrade)
	@exec scripts/lock $(ARGS)

lint:  ## style, types, imports, without the tests (只做静态检查)
	@exec scripts/check --lint

bench:  ## measure speed, minutes (性能测量；ARGS="scan --database postgresql")
	@python=$$(scripts/find-python) && "$$python" -m scripts.set_up --bench && exec .venv/bin/python -m benchmarks $(ARGS)

clean:  ## remove what was built; DATA_DIR is kept (清理；不删数据)
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
