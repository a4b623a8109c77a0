#!/bin/bash
# build.sh OUT.box [WORKDIR]: makes a Debian box for Vagrant's provider libvirt out of packages alone: for places
# without a connection, and for tests. See README.md here.
#
# No loop device, no boot loader, no installer: mmdebstrap unpacks, provision.sh does the rest in a chroot, mke2fs -d
# makes the disk, and the box's own Vagrantfile boots its kernel directly. Root; needs mmdebstrap, e2fsprogs,
# qemu-utils, busybox-static, kmod, cpio, and package sources in apt's configuration (or DEBIAN_SOURCES, a file).
# About half a minute, 2 GB in WORKDIR.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
out=$(readlink -m "${1:?build.sh OUT.box [WORKDIR]}")
suite=${DEBIAN_SUITE:-$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")}
sources=${DEBIAN_SOURCES:-}
size=${BOX_SIZE:-6G}
case $(dpkg --print-architecture) in amd64) kernel=linux-image-cloud-amd64 ;; arm64) kernel=linux-image-cloud-arm64 ;; *) echo "build.sh: this processor is not supported" >&2; exit 1 ;; esac
if [[ -n ${2-} ]]; then work=$(readlink -m "$2"); mkdir -p "$work"; else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
root=$work/root
began=$SECONDS
step() { printf '%4ss  %s\n' "$((SECONDS - began))" "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
((EUID == 0)) || fail "run this as root (chroot, and files of other owners)"
for tool in mmdebstrap mke2fs qemu-img cpio depmod modprobe busybox; do command -v "$tool" > /dev/null || fail "$tool is not here: apt install mmdebstrap e2fsprogs qemu-utils cpio kmod busybox-static"; done
if [[ -z $sources ]]; then
  for sources in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do [[ -s $sources ]] && break; done
fi

step "packages"
mapfile -t listed < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$here/../packages.txt" | while read -r name; do
  case $name in *\?) apt-cache show "${name%\?}" > /dev/null 2>&1 && echo "${name%\?}" || true ;; *) echo "$name" ;; esac
done)
own=(systemd systemd-sysv udev dbus kmod openssh-server sudo acpid ca-certificates rsync e2fsprogs)
rm -rf --one-file-system "$root"
mmdebstrap --quiet --variant=minbase --include="$(IFS=,; echo "${own[*]},${listed[*]}")" \
  --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "3"' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/info/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt=force-unsafe-io "$suite" "$root" "$sources"

# The kernel is unpacked, not installed: its package would make an initrd for every machine there is.
step "kernel"
name=$(apt-cache depends "$kernel" | awk '/Depends: linux-image-/ { print $2; exit }')
version=${name#linux-image-}
[[ -n $version ]] || fail "apt knows no kernel for $kernel: apt-get update?"
mkdir -p "$work/kernel" && (cd "$work/kernel" && rm -rf ./*.deb x && apt-get -qq -o APT::Sandbox::User=root download "$name" && dpkg-deb -x ./*.deb x)
mkdir -p "$root/usr/lib/modules" && cp -a "$work/kernel/x/lib/modules/$version" "$root/usr/lib/modules/"
depmod -b "$root" "$version"
cp "$work/kernel/x/boot/vmlinuz-$version" "$work/vmlinuz"

step "initrd"
initrd=$work/initrd
rm -rf "$initrd" && mkdir -p "$initrd"/{bin,dev,new,modules}
cp "$(command -v busybox)" "$initrd/bin/busybox"
n=10
for module in virtio_pci virtio_mmio virtio_blk virtio_net virtio_rng; do
  modprobe -d "$root" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }' | while read -r file; do echo "$file"; done
done | awk '!seen[$0]++' | while read -r file; do cp "$file" "$initrd/modules/$((n++))-$(basename "$file")"; done
cp "$here/initrd" "$initrd/init" && chmod 755 "$initrd/init"
(cd "$initrd" && find . | cpio --quiet -o -H newc | gzip -1) > "$work/initrd.img"

step "setting up"
install -d "$root/tmp/sandbox" && cp -r "$here"/../{packages.txt,provision,images,tools,embedded} "$root/tmp/sandbox/"
chroot "$root" bash /tmp/sandbox/provision/provision.sh /tmp/sandbox > "$work/provision.log" 2>&1 || { tail -n 20 "$work/provision.log" >&2; fail "provision.sh failed in the new root"; }
rm -rf "$root/tmp/sandbox"
bash "$here/configure.sh" "$root"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*

step "disk"
rm -f "$work/disk.raw" && truncate -s "$size" "$work/disk.raw"
mke2fs -q -t ext4 -F -O ^has_journal -E lazy_itable_init=1,root_owner=0:0 -m 0 -L root -d "$root" "$work/disk.raw"
qemu-img convert -c -o compression_type=zstd -W -m 2 -O qcow2 "$work/disk.raw" "$work/box.img" && rm -f "$work/disk.raw"

step "box"
printf '{ "provider": "libvirt", "format": "qcow2", "virtual_size": %s }\n' "${size%G}" > "$work/metadata.json"
cp "$here/box.Vagrantfile" "$work/Vagrantfile"
mkdir -p "$(dirname "$out")"
tar -C "$work" -cf "$out.new" metadata.json Vagrantfile vmlinuz initrd.img box.img && mv "$out.new" "$out"
step "$out, $(du -h "$out" | cut -f1)"
