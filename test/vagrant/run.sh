#!/bin/bash
# run.sh [REPORT.json]: the tests of the vagrant driver on real virtual machines: builds the box (kept in the cache), makes
# a bed (bed.sh), runs test/sandbox/vagrant in it, takes it down. Nothing of it is left. Ends with status 77 and one line
# where it cannot be done here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
export PATH=$PWD/node_modules/.bin:$PATH
skip() { printf 'skipped: %s\n' "$*"; exit 77; }

packages=(vagrant vagrant-libvirt libvirt-daemon-system libvirt-clients dnsmasq-base qemu-system-x86 qemu-utils mmdebstrap
  busybox-static kmod cpio e2fsprogs rsync openssh-client iproute2 iptables)
if [[ ${1-} == --packages ]]; then printf '%s\n' "${packages[@]}"; exit; fi
((EUID == 0)) || skip "virtual machines under a libvirt of our own need root"
[[ $(uname -m) == x86_64 ]] || skip "the tests' machines are x86-64"
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
((${#missing[@]} == 0)) || skip "not installed: ${missing[*]}"
unshare --net --mount --pid --fork true 2> /dev/null || skip "no namespaces may be made here"

# The box depends on what it is made from; a change of a package alone does not make it anew.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wirebook
key=$(find sandbox/packages.txt sandbox/provision sandbox/vagrant sandbox/images sandbox/tools sandbox/embedded/engine/docker -type f |
  LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16)
box=$cache/boxes/$key.box
if [[ ! -e $box ]]; then
  mkdir -p "$cache/boxes"
  rm -f "$cache"/boxes/*.box
  apt-get -qq update || true # the kernel's name is asked of apt
  sandbox/vagrant/build.sh "$box.$$"
  mv "$box.$$" "$box"
fi

bed=$(mktemp -d "${TMPDIR:-/tmp}/wirebook-bed.XXXXXX")
rmdir "$bed"
down() { bash "$here/bed.sh" down "$bed"; }
trap down EXIT
bash "$here/bed.sh" up "$bed" "$box"
# in emulation, on a machine that may have other things to do
reporters=(--reporter=verbose --testTimeout=180000 --hookTimeout=600000 --retry=1)
[[ -z ${1-} ]] || reporters+=(--reporter=json "--outputFile.json=$1")
bash "$here/bed.sh" run "$bed" vitest run test/sandbox/vagrant --no-file-parallelism "${reporters[@]}"
