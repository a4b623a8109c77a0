#!/bin/bash
# The embedded sandbox's namespaces and mounts, done by hand as one would at a prompt: what creation is measured against.
#   by-hand.sh ROOTFS COMMAND...      runs COMMAND in it; all is gone when that ends
if [[ ${INSIDE-} != yes ]]; then
  INSIDE=yes exec unshare --user --map-root-user --net --mount --pid --fork --uts --ipc --cgroup --kill-child=KILL \
    --propagation private bash "$0" "$@"
fi
set -e
rootfs=$1; shift
cd "$rootfs"
t=/tmp
mount -t tmpfs -o mode=755 by-hand "$t"
mkdir "$t"/{root,upper,work,run,tmp,shm}
mount -t overlay overlay -o "lowerdir=.,upperdir=$t/upper,workdir=$t/work,userxattr" "$t/root"
cd "$t/root"
mount --bind "$t/run" run
mount --bind "$t/tmp" tmp
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t sysfs sysfs .sys
mount -t cgroup2 cgroup2 sys/fs/cgroup 2> /dev/null || true
mount -t tmpfs -o mode=755,size=64k dev dev
for device in null zero full random urandom tty; do
  : > "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount --bind "$t/shm" dev/shm
hostname host
pivot_root . mnt
cd /
umount -l /mnt
ip link set lo up
exec "$@"
