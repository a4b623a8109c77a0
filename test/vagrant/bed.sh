#!/bin/bash
# A bed for real machines: libvirt in namespaces of its own (network, mounts, processes), without systemd, so that
# nothing of it touches this machine and all of it ends with one process.
#
#   bed.sh up DIR BOX          starts it, with its files in DIR, and adds BOX under the public box's name
#   bed.sh run DIR COMMAND...  runs a command in it: vagrant, ssh, virsh, tests
#   bed.sh down DIR            ends every process of it and removes DIR
#
# Root. In the bed there is no way to any network but those that libvirt makes for its machines.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command=${1:?bed.sh up|run|down DIR ...} dir=$(readlink -m "${2:?bed.sh $1 DIR}")
shift 2
holder() { local pid; read -r pid 2> /dev/null < "$dir/pid" && [[ $(tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null) == *wirebook-bed* ]] && echo "$pid"; }
# The machines' notes go with the bed: those that a checkout or a user has are not these.
environment=(WIREBOOK_TEST_BED="$dir" HOME="$dir/home" VAGRANT_HOME="$dir/vagrant" VAGRANT_DOTFILE_PATH="$dir/dot" XDG_STATE_HOME="$dir/state" VAGRANT_DEFAULT_PROVIDER=libvirt VAGRANT_CHECKPOINT_DISABLE=1 WIREBOOK_VIRT="${WIREBOOK_VIRT-qemu}"
  XDG_CACHE_HOME="${XDG_CACHE_HOME:-$HOME/.cache}" LIBVIRT_DEFAULT_URI=qemu:///system)
enter() { local pid; pid=$(holder) || { echo "bed.sh: there is no bed in $dir" >&2; exit 1; }; nsenter -t "$pid" -m -n -p --wd="$PWD" -- env "${environment[@]}" "$@"; }

up() {
  local box=${1:?bed.sh up DIR BOX}
  ((EUID == 0)) || { echo "bed.sh: libvirt's own machines need root" >&2; exit 1; }
  for tool in vagrant libvirtd virtlogd virsh qemu-img nsenter; do command -v "$tool" > /dev/null || { echo "bed.sh: $tool is not here" >&2; exit 1; }; done
  holder > /dev/null && { echo "bed.sh: there is a bed in $dir already" >&2; exit 1; }
  mkdir -p "$dir"/{etc,lib,cache,log,run,home,vagrant}
  cp -r /etc/libvirt/. "$dir/etc/"
  rm -f "$dir"/etc/qemu/networks/autostart/*
  cat > "$dir/etc/qemu.conf" << 'X'
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
security_default_confined = 0
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
X
  printf 'unix_sock_group = "root"\nauth_unix_ro = "none"\nauth_unix_rw = "none"\n' > "$dir/etc/libvirtd.conf"
  # its pid 1: when it ends, so does everything in it
  setsid unshare --mount --net --pid --fork --kill-child --mount-proc --propagation private -- \
    bash "$here/bed-inside.sh" wirebook-bed "$dir" < /dev/null > "$dir/log/bed" 2>&1 &
  local outer=$! try
  for try in $(seq 300); do
    [[ -e $dir/ready ]] && break
    kill -0 "$outer" 2> /dev/null || { cat "$dir/log/bed" >&2; exit 1; }
    sleep 0.1
  done
  [[ -e $dir/ready ]] || { cat "$dir/log/bed" >&2; kill "$outer"; exit 1; }
  pgrep -P "$outer" > "$dir/pid"
  # Under the public box's name and with a version, the Vagrantfile is used as it is.
  printf '{ "name": "debian/bookworm64", "versions": [{ "version": "1.0.0", "providers": [{ "name": "libvirt", "url": "file://%s" }] }] }\n' \
    "$(readlink -f "$box")" > "$dir/catalogue.json"
  enter vagrant box add --no-tty "$dir/catalogue.json" --provider libvirt > "$dir/log/box" 2>&1 || { tail -n 5 "$dir/log/box" >&2; exit 1; }
}

down() {
  local pid
  if pid=$(holder); then
    kill -9 "$pid"
    while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
  fi
  rm -rf "$dir"
}

case $command in
  up) up "$@" ;;
  run) enter "$@" ;;
  down) down ;;
  *) echo "bed.sh: up, run or down, not $command" >&2; exit 2 ;;
esac
