#!/usr/bin/env bash
# Makes the root file system of real guests: a small Debian with systemd, sshd and cloud-init, for systemd-nspawn to boot.
# Usage: make-root.sh FOLDER; the folder appears only when everything is in it.
set -euo pipefail
root=$1
new=$root.new
release=bookworm # the last one whose systemd boots under cgroup v1 as well as v2
# udev: without it cloud-init finds no network card. No netplan.io: it looks for a card's permanent MAC address, which a
# veth has not; without it cloud-init writes for ifupdown, which takes any.
base=systemd,systemd-sysv,dbus,udev,openssh-server,iproute2,iputils-ping,ca-certificates,sudo,python3,locales,ifupdown,isc-dhcp-client
# What a guest can install although it reaches no mirror.
offered=(nginx qemu-guest-agent)

mirror() { # of Debian, as apt on this machine is configured
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian|Debian|main|//p' | head -n 1
}

chrooted() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$new" "$@"; }

offer_packages() { # a repository in the guest's own file system
  mkdir -p "$new/srv/packages"
  chrooted apt-get clean
  chrooted apt-get install -y -q --no-install-recommends --download-only "${offered[@]}"
  mv "$new"/var/cache/apt/archives/*.deb "$new/srv/packages"
  (
    cd "$new/srv/packages"
    for package in *%3a*.deb; do mv "$package" "${package/_*%3a/_}"; done # the epoch of a version
    for package in *.deb; do
      dpkg-deb --field "$package"
      printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$package" "$(stat -c %s "$package")" \
        "$(sha256sum "$package" | cut -d' ' -f1)"
    done >../Packages
    mv ../Packages .
  )
}

settle() { # what an image brings along or must not, and what would only cost time
  echo 'deb [trusted=yes] file:/srv/packages ./' >"$new/etc/apt/sources.list"
  cat >"$new/etc/cloud/cloud.cfg.d/90_image.cfg" <<'CFG'
datasource_list: [NoCloud]
apt: {preserve_sources_list: true}
locale: C.UTF-8
ssh_genkeytypes: [ed25519, ecdsa]
CFG
  rm -rf "$new"/etc/ssh/ssh_host_* "$new"/var/lib/dbus/machine-id "$new"/var/lib/apt/lists/* "$new"/var/cache/apt/* \
    "$new"/etc/apt/apt.conf.d/99build "$new"/etc/hostname "$new"/usr/share/{doc,man,info}/*
  : >"$new/etc/machine-id" # each guest makes its own
  ln -sf /lib/systemd/system/multi-user.target "$new/etc/systemd/system/default.target"
  for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
    console-getty.service getty.target; do
    ln -sf /dev/null "$new/etc/systemd/system/$unit"
  done
}

source=$(mirror)
if [ -z "$source" ]; then
  echo "apt on this machine knows no Debian mirror" >&2
  exit 1
fi
rm -rf "$new"
mkdir -p "$new/etc/dpkg/dpkg.cfg.d"
echo force-unsafe-io >"$new/etc/dpkg/dpkg.cfg.d/unsafe-io" # a file system that can be made again need not be flushed
eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
export http_proxy=${http_proxy:-}
debootstrap --variant=minbase --include="$base" "$release" "$new" "$source"
apt-config dump Acquire --format '%F "%v";%n' | grep -E '^Acquire::(http|https|Check)' >"$new/etc/apt/apt.conf.d/99build" || true
chrooted apt-get update -q
offer_packages
# By apt, because debootstrap can't follow cloud-init's dependencies, some of which are virtual packages; and last, because
# resolvconf takes away the name servers that the steps before it use.
chrooted apt-get install -y -q --no-install-recommends cloud-init resolvconf
settle
chmod 755 "$new"
rm -rf "$root"
mv "$new" "$root"
