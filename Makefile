# Stylegraph: `make` goes from two pictures to a stylised one; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := all

PYTHON ?= python3
MVN ?= mvn
VENV := .venv
VENV_PYTHON := $(VENV)/bin/python
JAR := target/stylegraph.jar
PIP := $(VENV_PYTHON) -m pip --disable-pip-version-check install --quiet
EXPORT := PYTHONPATH=python-export $(VENV_PYTHON) -m stylegraph_export
VENV_TORCH := .venv-torch
VENV_SPARK := .venv-spark

# Where the backbone's weights come from: auto, imagenet, hed, random or a file (NAME= names its model).
WEIGHTS ?= auto
# The pictures; the default is our sample.
CONTENT ?= out/samples/content.png
STYLE ?= out/samples/style.png
OUTPUT ?= out/stylized.png
SHEET ?= out/sheet.png
# Settings of `stylize`; empty means the program's own default.
RECIPE ?=
SIZE ?=
STEPS ?=
CONTENT_WEIGHT ?=
STYLE_WEIGHT ?=
TV_WEIGHT ?=
LEARNING_RATE ?=
INIT ?=
DEVICE ?=
PRECISION ?=
# 1 takes the native library with CUDA (Linux x86-64).
GPU ?=

# Of `compare`: by default parts of the sample, since every recipe runs twice and small pictures show
# differences as well; with another SIZE the whole sample.
COMPARISONS ?= out/compare
COMPARE_DETAIL := $(if $(filter out/samples/content.pngout/samples/style.png96,$(CONTENT)$(STYLE)$(or $(SIZE),96)),-detail)
COMPARE_CONTENT := $(basename $(CONTENT))$(COMPARE_DETAIL)$(suffix $(CONTENT))
COMPARE_STYLE := $(basename $(STYLE))$(COMPARE_DETAIL)$(suffix $(STYLE))
COMPARE_SIZE := $(or $(SIZE),96)
COMPARE_STEPS := $(or $(STEPS),200)
# 1 also compares the PyTorch recipes with PyTorch itself.
TORCH ?=

# Of `bench`: SIZE is a width, with a height of three quarters of it, or both as in 512x384.
BENCH ?= out/bench
BENCH_SIZE := $(or $(SIZE),512)
BENCH_STEPS := $(or $(STEPS),10)
ROUNDS ?=
# 1 also measures the time to the loss of the published recipe after so many steps, for these recipes of
# the engine: names with options of `stylize`, between commas.
CONVERGENCE ?=
PUBLISHED_STEPS ?=
# 1 also measures the engine at sizes up to 2048.
GROWTH ?=
BENCH_RECIPES ?=
SAVE_EVERY ?=

# Of `film-bench`: how many frames; which films, by steps of a frame and temporal weight, and pictures one by one,
# in the time of the film before or in STEPS.
FRAMES ?= 8
FILM_SETTINGS ?= 20:10 time steps
FILM_RECIPE := $(or $(RECIPE),tf-eager)
FILM_SIZE := $(or $(SIZE),128)
FILM_STEPS := $(or $(STEPS),100)

# Of `gallery`: which of its six pairs, as in 1,4, the two recipes, as in fine,tf-eager, and a number
# that seeds the coin.
GALLERY ?= out/gallery
PAIRS ?=
GALLERY_RECIPES ?=
COIN ?=
GALLERY_SIZE := $(or $(SIZE),512)
GALLERY_STEPS := $(STEPS)

# Options of the simulation of a batch on a cluster; see `make simulate SIMULATION=--help`.
SIMULATION ?=

# The sample takes two or three minutes on two cores, by our best recipe unless another is named.
STYLIZE_RECIPE := $(RECIPE)
ifeq ($(CONTENT)$(STYLE),out/samples/content.pngout/samples/style.png)
SIZE := $(or $(SIZE),384)
ifeq ($(RECIPE),)
STYLIZE_RECIPE := fine
STEPS := $(or $(STEPS),120)
else
STEPS := $(or $(STEPS),160)
endif
endif

MODEL_imagenet := savedmodels/vgg19-imagenet
MODEL_hed := savedmodels/vgg16-hed
MODEL_random := savedmodels/vgg19-random
ifeq ($(WEIGHTS),auto)
MODEL :=
MANIFEST := $(or $(firstword $(wildcard $(MODEL_imagenet)/manifest.json $(MODEL_hed)/manifest.json)),export)
else
# A file's model is called as the file is, up to its first dot.
MODEL := $(or $(MODEL_$(WEIGHTS)),savedmodels/$(or $(NAME),$(firstword $(subst ., ,$(notdir $(WEIGHTS))))))
MANIFEST := $(or $(wildcard $(MODEL)/manifest.json),export)
endif

# Speed is the same with any weights, the time to a loss is not.
BENCH_MODEL := $(or $(MODEL),$(if $(CONVERGENCE),$(MODEL_hed),$(MODEL_random)))
BENCH_MANIFEST := $(or $(wildcard $(BENCH_MODEL)/manifest.json),$(if $(MODEL),$(MANIFEST),$(BENCH_MODEL)/manifest.json))
SOAK_MODEL := $(or $(MODEL),$(MODEL_hed))

option = $(if $($(1)),--$(2) '$($(1))')
OPTIONS = $(strip $(call option,MODEL,model) $(call option,STYLIZE_RECIPE,recipe) $(call option,SIZE,size) \
  $(call option,STEPS,steps) $(call option,CONTENT_WEIGHT,content-weight) \
  $(call option,STYLE_WEIGHT,style-weight) $(call option,TV_WEIGHT,tv-weight) \
  $(call option,LEARNING_RATE,learning-rate) $(call option,INIT,init) \
  $(call option,DEVICE,device) $(call option,PRECISION,precision))
BENCH_OPTIONS = $(strip --size $(BENCH_SIZE) --steps $(BENCH_STEPS) $(call option,RECIPE,recipe) $(call option,ROUNDS,rounds) --output $(BENCH) \
  $(if $(TORCH),--torch $(VENV_TORCH)/bin/python) $(if $(CONVERGENCE),--convergence) $(if $(GROWTH),--growth) \
  $(call option,PUBLISHED_STEPS,published-steps) $(call option,BENCH_RECIPES,recipes) \
  $(call option,SAVE_EVERY,save-every))
GALLERY_OPTIONS = $(strip --size $(GALLERY_SIZE) --output '$(GALLERY)' $(call option,MODEL,model) \
  $(call option,GALLERY_STEPS,steps) $(call option,GALLERY_RECIPES,recipes) $(call option,PAIRS,pairs) \
  $(call option,COIN,coin) $(call option,PRECISION,precision))

# Rewrites a file only when its text changes, so that what depends on a setting is made again.
remember = $(shell mkdir -p $(dir $(1)) && { [ "$$(cat $(1) 2>/dev/null)" = "$(2)" ] || echo "$(2)" > $(1); })
$(call remember,out/.settings/build,GPU=$(GPU))
$(call remember,out/.settings/stylize,$(subst ",,$(CONTENT) $(STYLE) $(OUTPUT) $(SHEET) $(OPTIONS)))

##@ The main job

# The stamp stands for a result that was finished: one that Ctrl-C cut short stays on disk, and the next
# `make` makes it again. A picture that is missing is the program's to report, not make's.
STYLIZED := out/.settings/stylized
PICTURES := $(filter out/samples/%,$(CONTENT) $(STYLE)) $(wildcard $(CONTENT) $(STYLE))

.PHONY: all FORCE
all: $(STYLIZED)  ## Set up, build, export, and stylise the sample (or CONTENT= STYLE= OUTPUT= SIZE= STEPS= RECIPE= ...)

$(STYLIZED): $(PICTURES) $(JAR) $(MANIFEST) out/.settings/stylize $(if $(wildcard $(OUTPUT)),,FORCE)
	@echo "== stylising $(CONTENT) in the style of $(STYLE)"
	@mkdir -p '$(dir $(OUTPUT))'
	java -jar $(JAR) stylize --content '$(CONTENT)' --style '$(STYLE)' --output '$(OUTPUT)' \
	  --sheet '$(SHEET)' $(OPTIONS)
	@touch $@

# All are written at once, those that are missing.
out/samples/%.png: | $(VENV)/.ready
	@echo "== preparing the sample pictures"
	$(EXPORT).samples --output out/samples

##@ Parts of it

.PHONY: build
build: $(JAR)  ## Build target/stylegraph.jar (GPU=1: with CUDA)

$(JAR): pom.xml out/.settings/build $(shell find src/main -type f)
	@echo "== building $(JAR)"
	$(MVN) -q -B -ntp $(if $(GPU),-Pgpu) package -DskipTests
	@touch $@

.PHONY: export
export: $(VENV)/.ready  ## Export a backbone to savedmodels/ (WEIGHTS=auto|imagenet|hed|random|FILE, NAME= for a file)
	@echo "== exporting the backbone ($(WEIGHTS) weights)"
	$(EXPORT).export --weights '$(WEIGHTS)' $(if $(NAME),--name '$(NAME)') --output savedmodels

$(MODEL_hed)/manifest.json $(MODEL_random)/manifest.json: | $(VENV)/.ready
	@echo "== exporting the backbone $(@D)"
	$(EXPORT).export --weights $(if $(filter $(MODEL_hed)/%,$@),hed,random) --output savedmodels

.PHONY: samples
samples: out/samples/content.png out/samples/style.png  ## Prepare the sample pictures in out/samples

.PHONY: venv
venv: $(VENV)/.ready  ## Create the virtual environment of the export

$(VENV)/.ready: python-export/requirements.txt python-export/requirements-hed.txt
	@echo "== creating the virtual environment $(VENV) (downloads TensorFlow)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r python-export/requirements.txt
	$(PIP) --require-hashes --no-deps -r python-export/requirements-hed.txt
	@touch $@

$(VENV)/.ready-dev: python-export/requirements-dev.txt $(VENV)/.ready
	@echo "== adding the tools for tests and checks to $(VENV)"
	$(PIP) --require-hashes -r python-export/requirements-dev.txt
	@touch $@

.PHONY: spark
spark: $(VENV_SPARK)/.ready  ## Get an Apache Spark for `batch --master` (430 MB)

$(VENV_SPARK)/.ready: python-export/requirements-spark.txt
	@echo "== creating the virtual environment $(VENV_SPARK) (downloads Spark)"
	$(PYTHON) -m venv $(VENV_SPARK)
	$(VENV_SPARK)/bin/python -m pip --disable-pip-version-check install --quiet --no-cache-dir \
	  --require-hashes --no-deps -r python-export/requirements-spark.txt
	@ln -sfn "$$($(VENV_SPARK)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pyspark" \
	  $(VENV_SPARK)/spark
	@touch $@

##@ Comparing

.PHONY: compare
compare: $(filter out/samples/%,$(COMPARE_CONTENT) $(COMPARE_STYLE)) $(JAR) $(MANIFEST) $(VENV)/.ready $(if $(TORCH),$(VENV_TORCH)/.ready)  ## Hold recipes against Python (RECIPE=NAME|all CONTENT= STYLE= SIZE= STEPS= TORCH=1); writes out/compare
	$(EXPORT).compare --recipe '$(or $(RECIPE),all)' $(call option,MODEL,model) --content '$(COMPARE_CONTENT)' \
	  --style '$(COMPARE_STYLE)' --size $(COMPARE_SIZE) --steps $(COMPARE_STEPS) --output $(COMPARISONS) --jar $(JAR) \
	  $(if $(TORCH),--torch $(VENV_TORCH)/bin/python)

.PHONY: bench
bench: $(filter out/samples/%,$(CONTENT) $(STYLE)) $(JAR) $(BENCH_MANIFEST) $(VENV)/.ready $(if $(TORCH),$(VENV_TORCH)/.ready)  ## Time it beside TensorFlow's tutorial (SIZE=512x384 RECIPE=tf-eager ROUNDS=5 STEPS=10 MODEL= TORCH=1 CONVERGENCE=1 GROWTH=1); writes out/bench
	$(EXPORT).bench --model '$(BENCH_MODEL)' --content '$(CONTENT)' --style '$(STYLE)' --jar $(JAR) $(BENCH_OPTIONS)

.PHONY: gallery
gallery: $(JAR) $(MANIFEST) $(VENV)/.ready  ## Six pairs of pictures by two recipes in equal time, to judge blind (PAIRS=1,4 SIZE=512 STEPS= COIN=1 GALLERY_RECIPES=fine,tf-eager); writes out/gallery
	$(EXPORT).gallery --jar $(JAR) $(GALLERY_OPTIONS)

.PHONY: simulate
simulate: $(VENV)/.ready  ## Simulate 10,000 jobs on 100 executors (SIMULATION='--jobs 500 --executors 8 ...'); see docs/scale.md
	@$(EXPORT).scale $(SIMULATION)

$(VENV_TORCH)/.ready: $(VENV)/.ready python-export/requirements-torch.txt
	@echo "== creating the virtual environment $(VENV_TORCH) (downloads PyTorch)"
	$(PYTHON) -m venv $(VENV_TORCH)
	$(VENV_TORCH)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes \
	  -r python-export/requirements.txt
	$(VENV_TORCH)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps \
	  -r python-export/requirements-torch.txt
	@touch $@

##@ For developers

.PHONY: microbench
microbench:  ## Time the L-BFGS update and the pictures' coding with JMH (BENCHMARKS=Lbfgs); writes out/microbench
	@echo "== compiling the micro-benchmarks"
	@mkdir -p out/microbench
	$(MVN) -q -B -ntp -Pjmh test-compile exec:exec $(if $(BENCHMARKS),-Dmicrobench='$(BENCHMARKS)')

.PHONY: test
test: $(VENV)/.ready-dev  ## Run the tests of Java and Python
	@echo "== Java tests"
	$(MVN) -B -ntp package
	@echo "== Python tests"
	cd python-export && ../$(VENV_PYTHON) -m pytest

.PHONY: verify
verify: $(VENV_SPARK)/.ready  ## Run also the tests that take minutes, and compare all recipes on small pictures
	$(MVN) -B -ntp verify
	$(MAKE) compare RECIPE=all SIZE=96 STEPS=15 COMPARISONS=target/compare

.PHONY: profile
profile: $(BENCH_MANIFEST)  ## Where the time of a step goes, op by op (SIZE=512 MODEL=...); see docs/profile.md
	@$(MVN) -q -B -ntp package -DskipTests
	@TF_ENABLE_ONEDNN_OPTS=1 TF_CPP_MIN_LOG_LEVEL=3 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_ARENA_MAX=1 \
	  java -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -cp 'target/classes:target/test-classes:target/lib/*' \
	  io.stylegraph.engine.StepProfile '$(BENCH_MODEL)' $(firstword $(subst x, ,$(BENCH_SIZE)))

.PHONY: soak
soak: $(SOAK_MODEL)/manifest.json  ## Many jobs of all kinds in one process, and what it holds (JOBS=500 MODEL=...); see docs/reliability.md
	@$(MVN) -q -B -ntp package -DskipTests
	@mkdir -p target/soak
	@TF_ENABLE_ONEDNN_OPTS=1 TF_CPP_MIN_LOG_LEVEL=3 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_ARENA_MAX=1 \
	  java -Xmx512m -Djava.io.tmpdir=target/soak -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
	  -cp 'target/classes:target/test-classes:target/lib/*' \
	  io.stylegraph.Soak '$(SOAK_MODEL)' $(or $(JOBS),500)

.PHONY: gradient-survey
gradient-survey:  ## Try which ops TensorFlow can differentiate; writes the list that models are checked by
	@$(MVN) -q -B -ntp package -DskipTests
	@TF_CPP_MIN_LOG_LEVEL=3 java -cp 'target/classes:target/test-classes:target/lib/*' \
	  io.stylegraph.backbone.GradientSurvey src/main/resources/io/stylegraph/backbone/differentiable-ops.txt

# The command line sets the same for itself.
TEST_JAVA := TF_ENABLE_ONEDNN_OPTS=1 TF_CPP_MIN_LOG_LEVEL=3 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_ARENA_MAX=1 \
  java -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "target/classes:target/test-classes:$$(cat target/test-classpath)"
TEST_CLASSES := $(MVN) -q -B -ntp package -DskipTests dependency:build-classpath \
  -Dmdep.outputFile=target/test-classpath

.PHONY: load
load: $(MODEL_hed)/manifest.json  ## Eight clients at `serve` for SECONDS=300 on loopback; ends with 1 when anything broke
	@$(TEST_CLASSES)
	@$(TEST_JAVA) io.stylegraph.service.Load $(MODEL_hed) $(or $(SECONDS),300)

.PHONY: film-bench
film-bench: out/samples/content.png $(MODEL_hed)/manifest.json  ## How much a film flickers beside pictures painted one by one in the same time (SIZE=128 FRAMES=8 RECIPE= STEPS=100 FILM_SETTINGS="20:10 time steps"); see docs/film.md
	@$(TEST_CLASSES)
	@$(TEST_JAVA) io.stylegraph.film.FilmBench $(MODEL_hed) out/samples/content.png out/samples/style.png \
	  $(FILM_SIZE) $(FRAMES) $(FILM_RECIPE) $(FILM_STEPS) out/film-bench $(FILM_SETTINGS)

.PHONY: page-picture
page-picture: out/samples/content.png $(MODEL_hed)/manifest.json  ## Draw docs/page.png anew, in Chromium
	@$(TEST_CLASSES)
	@$(TEST_JAVA) io.stylegraph.service.PagePicture $(MODEL_hed) out/samples/content.png out/samples/style.png 130 docs/page.png

.PHONY: check
check: $(VENV)/.ready-dev  ## Check formatting, Error Prone, NullAway, the rooms, and ruff
	$(MVN) -q -B -ntp spotless:check
	$(MVN) -q -B -ntp -Pjmh,check test -Dtest=ArchitectureTest
	$(VENV)/bin/ruff check --config python-export/pyproject.toml python-export src/test/resources
	$(VENV)/bin/ruff format --check --config python-export/pyproject.toml python-export src/test/resources

.PHONY: format
format: $(VENV)/.ready-dev  ## Format Java and Python
	$(MVN) -q -B -ntp spotless:apply
	$(VENV)/bin/ruff check --fix --config python-export/pyproject.toml python-export src/test/resources
	$(VENV)/bin/ruff format --config python-export/pyproject.toml python-export src/test/resources

.PHONY: clean
clean:  ## Remove what was built and made; models and the virtual environment stay
	rm -rf target out

.PHONY: clean-all
clean-all: clean  ## Remove also the models and the virtual environment
	rm -rf $(VENV) $(VENV_TORCH) $(VENV_SPARK) savedmodels/*/

.PHONY: help
help:  ## List the targets
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*##/ {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
