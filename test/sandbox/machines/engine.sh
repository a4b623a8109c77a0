#!/bin/bash
# engine.sh DIR: a real dockerd for the tests, as root, in mount, pid and network namespaces of its own: its bridges and
# rules are nobody else's. Its socket is DIR/docker.sock. Prints "ready", and ends with its standard input: whatever it
# started ends with it (pid_namespaces(7)).
set -u
dir=$1
if [ "${2-}" != --inside ]; then
  mkdir -p "$dir"
  unshare --mount --pid --net --fork --kill-child=KILL --propagation private "$0" "$dir" --inside
  status=$?
  # cgroups outlive their namespaces
  find /sys/fs/cgroup -depth -type d -path "*/wirebook-test-${dir##*/}*" -exec rmdir {} \; 2> /dev/null
  exit "$status"
fi
mount -t proc proc /proc
mount -t sysfs sysfs /sys 2> /dev/null
mount -t tmpfs -o mode=755 run /run
# a mix of old and new control groups is more than runc takes
if awk '$1 == "memory" && $2 > 0 { exit 1 }' /proc/cgroups; then mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs cgroup /sys/fs/cgroup
  for c in $(awk '$4 == 1 { print $1 }' /proc/cgroups); do
    mkdir "/sys/fs/cgroup/$c" && mount -t cgroup -o "$c" cgroup "/sys/fs/cgroup/$c" 2> /dev/null || rmdir "/sys/fs/cgroup/$c"
  done
fi
ip link set lo up
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/libexec/docker
dockerd --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/docker.pid" -H "unix://$dir/docker.sock" \
  --cgroup-parent "wirebook-test-${dir##*/}" --log-level warn < /dev/null > "$dir/log" 2>&1 &
for _ in $(seq 300); do
  docker -H "unix://$dir/docker.sock" version > /dev/null 2>&1 && { echo ready; break; }
  kill -0 $! 2> /dev/null || { tail -n 5 "$dir/log" >&2; exit 1; }
  sleep 0.1
done
cat > /dev/null
# containers first, so that their file systems are not busy
docker -H "unix://$dir/docker.sock" ps -q | xargs -r docker -H "unix://$dir/docker.sock" rm -f > /dev/null 2>&1
kill %1; wait
