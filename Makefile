# The front door. `make` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test world bench images fmt clean

SUITE ?= all
# What demo, world and bench run on: the e2e module and everything it needs.
CLASSES = e2e/target/classpath
JAVA = $$(./mvnw --version 2>/dev/null | sed -n 's/.*runtime: //p')/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow

help: ## lists what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: ## installs and builds what the project runs on here (BIND, control plane, ACME CA, Helm); once
	@e2e/world/setup.sh

build: setup ## compiles and packages everything, without tests
	@echo "building the project…"
	@./mvnw -q -B package -DskipTests

demo: build ## a whole cloud on this machine, explained as it comes up; ONCE=1 stops by itself
	@exec $(JAVA) -cp "$$(cat $(CLASSES)):e2e/target/classes" -Dpxc.root=$(CURDIR) cloud.pxc.e2e.Demo $(if $(ONCE),--once)

world: build ## the same cloud, empty, for your own kubectl
	@exec $(JAVA) -cp "$$(cat $(CLASSES)):e2e/target/classes" -Dpxc.root=$(CURDIR) cloud.pxc.e2e.EmptyWorld

test: setup ## everything that is tested, against the real components
	./mvnw -B verify

bench: build ## measures; SUITE=name for one suite, OPTIONS=-Dpxc.bench.… to change one: docs/benchmarks.md
	@exec $(JAVA) -cp "$$(cat $(CLASSES)):e2e/target/classes" -Dpxc.root=$(CURDIR) $(OPTIONS) cloud.pxc.e2e.Bench $(SUITE)

images: ## container images as */target/*.tar; BASE=image or tar:///file to build on, REPOSITORY=registry/path to push to instead
	@./mvnw -q -B -Pimages -pl operator,admission-webhook -am package -DskipTests $(if $(BASE),-Dpxc.image.base=$(BASE)) \
		$(if $(REPOSITORY),-Dpxc.image.repository=$(REPOSITORY) -Dpxc.image.goal=build)

fmt: ## formats the sources, renews generated files
	./mvnw -q -B spotless:apply
	./mvnw -q -B -pl crds -am test -Dpxc.renew=true -Dtest=GeneratedCrdsTest,ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false

clean: ## removes what was built, keeps the cache of set-up
	./mvnw -q -B clean
