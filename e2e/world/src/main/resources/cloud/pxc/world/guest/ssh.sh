#!/bin/sh
# Logs in to a guest of this world, with the world's own key: ssh.sh VMID USER [COMMAND…]
folder=$(dirname "$0")
if [ $# -lt 2 ] || [ ! -e "$folder/$1/ssh-port" ]; then
  echo "usage: $0 VMID USER [COMMAND…]; these have been started: $(ls "$folder" | grep -x '[0-9]*' | tr '\n' ' ')" >&2
  exit 2
fi
port=$(cat "$folder/$1/ssh-port") user=$2
shift 2
exec ssh -p "$port" -i "$folder/key" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
  "$user@127.0.0.1" "$@"
