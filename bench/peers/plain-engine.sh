#!/bin/bash
# A Docker as a plain machine has it: as root, not rootless, its daemon running and its images loaded, but in namespaces
# of its own, so that the machine's network and its own Docker are left alone. Its data lies on a tmpfs, as ours does.
#   plain-engine.sh IMAGE.tar...
# Then reads lines: `run` starts a container of nginx, `cold` ends the daemon and starts it anew before. Prints milliseconds.
if [[ ${INSIDE-} != yes ]]; then
  INSIDE=yes exec unshare --mount --net --pid --fork --uts --ipc --cgroup --mount-proc --kill-child=KILL --propagation private bash "$0" "$@"
fi
set -eu
mount -t tmpfs -o mode=755 engine /mnt
mkdir /mnt/{data,exec,run}
ip link set lo up
# the control groups that it makes are the machine's: they go with it
trap 'kill "$(cat /mnt/run/docker.pid)" && wait; rmdir /sys/fs/cgroup{,/*}/wirebook-bench 2> /dev/null' EXIT
export DOCKER_HOST=unix:///mnt/run/docker.sock
answers() { curl -s -o /dev/null -m 2 --unix-socket /mnt/run/docker.sock http://engine/_ping; }
up() {
  dockerd --data-root /mnt/data --exec-root /mnt/exec --pidfile /mnt/run/docker.pid -H "$DOCKER_HOST" --storage-driver overlay2 \
    --bip 172.18.0.1/16 --cgroup-parent wirebook-bench --log-level warn < /dev/null > /mnt/log 2>&1 &
  for _ in $(seq 600); do answers && return; sleep 0.02; done
  tail -n 5 /mnt/log >&2
  exit 1
}
now() { local t=$EPOCHREALTIME; echo $((${t/./} / 1000)); }
up
for image in "$@"; do docker load -q -i "$image" > /dev/null; done
echo ready
while read -r what; do
  began=$(now)
  if [ "$what" = cold ]; then
    kill "$(cat /mnt/run/docker.pid)"
    wait
    began=$(now)
    up
  fi
  docker run -d --name web nginx > /dev/null
  echo $(($(now) - began))
  docker rm -f web > /dev/null
done
