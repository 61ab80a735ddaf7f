#!/bin/sh
# Boots a guest in namespaces of its own. What is mounted and which network cards there are belongs to these namespaces, so
# nothing of it is left when the first process here ends, however it ends.
#   boot.sh outside FOLDER BASE NAME LAN
# FOLDER has: nics (name, MAC, bridge, port, MTU or -, up or down; one a line), cgroups (one a line), files (to be put into
# its root), disk (what differs from BASE; stays for the next boot). LAN is the network namespace with the bridges.
set -eu
stage=$1 folder=$2 base=$3 name=$4 lan=$5
shift

if [ "$stage" = outside ]; then
  while read -r group; do echo $$ >"$group/cgroup.procs"; done <"$folder/cgroups"
  exec 9<"$lan" # inside, its path in /proc is not to be seen
  exec unshare --net --mount --pid --fork --kill-child --mount-proc sh "$0" inside "$@"
fi

on_lan() { nsenter --net=/proc/self/fd/9 "$@"; }

root=$folder/root
mkdir -p "$folder/disk/upper" "$folder/disk/work" "$root" "$folder/cgroup"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/disk/upper,workdir=$folder/disk/work" "$root"
# cloud-init looks for network cards in /sys, which shows those of the namespace it was mounted in.
mount --rbind /sys/fs/cgroup "$folder/cgroup"
mount -t sysfs sysfs /sys
mount --rbind "$folder/cgroup" /sys/fs/cgroup
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn # locks by name: another world may have a guest of this one

rm -rf "$root/var/lib/cloud/seed"
cp -r --remove-destination --no-target-directory "$folder/files" "$root"
if [ -e "$root/etc/cloud/cloud-init.disabled" ] && [ ! -e "$root/etc/ssh/ssh_host_ed25519_key" ]; then
  chroot "$root" ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key # else cloud-init makes them
fi

while read -r nic mac bridge port mtu state; do
  ip link add name "$nic" address "$mac" type veth peer name "$port" netns /proc/self/fd/9
  if [ "$mtu" != - ]; then
    ip link set dev "$nic" mtu "$mtu"
    on_lan ip link set dev "$port" mtu "$mtu"
  fi
  on_lan ip link set dev "$port" master "$bridge" "$state"
done <"$folder/nics"
exec 9<&-

exec systemd-nspawn --quiet --directory="$root" --boot --machine="$name" --hostname=localhost --register=no --keep-unit \
  --capability=CAP_NET_ADMIN --resolv-conf=off --link-journal=no --console=pipe
