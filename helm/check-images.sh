#!/usr/bin/env bash
# Proves the container images where neither a registry nor a container engine can be reached: makes a small base image from
# this machine's JDK, builds both images on it by Jib, unpacks them, and starts what is in them as their user, in their root.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/pxc-images.XXXXXX")
process=
options=(-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow)
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

end() {
  [ -z "$process" ] || stop
  "${as_root[@]}" rm -rf "$work"
}
trap end EXIT

stop() { # as Kubernetes does: it is asked, and killed if it does not go
  "${as_root[@]}" kill "$process" || true
  for _ in $(seq 20); do
    [ -d "/proc/$process" ] || break
    sleep 0.5
  done
  "${as_root[@]}" kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || true
  process=
}

fail() { # what is wrong
  echo "check-images: $1" >&2
  exit 1
}

base_image() { # file: a JRE, the C library it needs, and nothing else
  local java jre=$work/base/opt/java
  java=$("$root/mvnw" --version | sed -n 's/.*runtime: //p')
  mkdir -p "$work/base/tmp"
  chmod 1777 "$work/base/tmp"
  "$java/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.naming.dns,jdk.zipfs,jdk.management,jdk.net \
    --strip-debug --no-header-files --no-man-pages --output "$jre"
  find "$jre" -type f \( -name '*.so' -o -name java \) -exec env "LD_LIBRARY_PATH=$jre/lib:$jre/lib/server" ldd {} + |
    grep -oE '/[^ ]+\.so[^ ]*' | grep -v "^$work" | sort -u |
    while read -r library; do
      mkdir -p "$work/base$(dirname "$library")"
      cp -L "$library" "$work/base$library"
    done
  mkdir "$work/archive"
  tar -C "$work/base" --owner=0 --group=0 --numeric-owner -cf "$work/archive/layer.tar" .
  cat >"$work/archive/config.json" <<JSON
{"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/opt/java/bin"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(sha256sum <"$work/archive/layer.tar" | cut -d' ' -f1)"]}}
JSON
  echo '[{"Config": "config.json", "RepoTags": ["base:local"], "Layers": ["layer.tar"]}]' >"$work/archive/manifest.json"
  tar -C "$work/archive" -cf "$1" manifest.json config.json layer.tar
}

unpack() { # module, image: what is in the archive, as a container would have it; prints its root
  local archive=$root/$1/target/$2.tar unpacked=$work/$2 config wanted layer
  mkdir -p "$unpacked/archive" "$unpacked/root"
  tar -C "$unpacked/archive" -xf "$archive"
  config=$(cat "$unpacked/archive/config.json")
  for wanted in '"User":"10001:10001"' "\"Entrypoint\":[\"java\",\"${options[0]}\",\"${options[1]}\",\"-jar\",\"/opt/pxc/quarkus-run.jar\"]" \
    "\"org.opencontainers.image.title\":\"$2\"" '"org.opencontainers.image.licenses":"Apache-2.0"'; do
    grep -qF "$wanted" <<<"$config" || fail "$archive has no $wanted in its configuration: $config"
  done
  for layer in $(grep -oE '"Layers":\[[^]]*' "$unpacked/archive/manifest.json" | grep -oE '[^"]+\.tar(\.gz)?'); do
    "${as_root[@]}" tar --warning=no-unknown-keyword -C "$unpacked/root" -xf "$unpacked/archive/$layer"
  done
  [ -z "$(find "$unpacked/root" -name '*.class' | head -1)" ] || fail "$archive holds loose classes beside the packaged application"
  echo "$unpacked/root"
}

run() { # root, port: the entrypoint as the image's user, told of a database and a cluster that are not there
  "${as_root[@]}" mkdir -p "$1/proc" "$1/dev"
  # What a container engine gives too; gone with the process.
  # shellcheck disable=SC2016
  "${as_root[@]}" unshare --mount sh -c 'mount --bind /proc "$1/proc" && mount --bind /dev "$1/dev" && shift && exec "$@"' sh "$1" \
    env -i PATH=/opt/java/bin PXC_HTTP_PORT="$2" PXC_WEBHOOK_PORT=$(($2 + 1)) KUBECONFIG=/nowhere \
    PXC_DATABASE_URL=jdbc:postgresql://127.0.0.1:1/pxc \
    "$(PATH=$PATH:/usr/sbin command -v chroot)" --userspec=10001:10001 "$1" java "${options[@]}" -jar /opt/pxc/quarkus-run.jar >"$work/log" 2>&1 &
  process=$!
}

await() { # what is awaited, a command that says whether it is so
  local what=$1
  shift
  for _ in $(seq 240); do
    if "$@"; then
      stop
      return
    fi
    [ -d "/proc/$process" ] || break
    sleep 0.5
  done
  fail "$what did not come true; its log says: $(tail -5 "$work/log")"
}

is_live() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /q/health/live HTTP/1.0\r\n\r\n' >&3 && grep -q '200 OK' <&3) 2>/dev/null
}

asks_for_its_database() { grep -q '127.0.0.1:1 refused' "$work/log"; }

base_image "$work/base.tar"
echo "base image              $(du -h "$work/base.tar" | cut -f1), a JRE by jlink and the libraries it needs"
make -s -C "$root" images BASE="tar://$work/base.tar"
port=$((20000 + RANDOM % 10000))
run "$(unpack admission-webhook pxc-admission-webhook)" "$port"
await "the webhook being alive" is_live "$port"
echo "pxc-admission-webhook   starts as user 10001, alive without cluster and database"
run "$(unpack operator pxc-operator)" "$port"
await "the operator asking for its database" asks_for_its_database
echo "pxc-operator            starts as user 10001, and asks for its database"
