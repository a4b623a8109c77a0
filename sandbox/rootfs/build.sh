#!/bin/bash
# build.sh DEST PACKAGES TOOLS: makes the sandbox's root file system in DEST out of .deb packages, as an ordinary user.
#
# apt resolves the dependencies against an empty status file, so that the result is the same whatever this machine has
# installed; no maintainer script runs, so what they would do (merged /usr, alternatives, accounts) is done here.
# Prints lines `progress FRACTION MESSAGE` on stdout. Needs apt-get, dpkg-deb, tar and a package source in apt's own
# configuration; nothing is installed on the machine.
set -euo pipefail
umask 022
dest=$1 list=$2 tools=$3
sandbox=$(cd "$(dirname "$0")/.." && pwd)
work=$dest.work
say() { printf 'progress %s %s\n' "$1" "$2"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

command -v apt-get >/dev/null || fail "apt-get is not on this machine"
command -v dpkg-deb >/dev/null || fail "dpkg-deb is not on this machine"
rm -rf "$dest" "$work"
mkdir -p "$dest" "$work"/{lists/partial,archives/partial,log}
: > "$work/status"
trap 'rm -rf "$work"' EXIT

mapfile -t packages < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$list")
apt=(apt-get -q -o Dir::State::Lists="$work/lists" -o Dir::State::Status="$work/status"
     -o Dir::State::extended_states="$work/extended" -o Dir::Cache::Archives="$work/archives"
     -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log="$work/log" -o Debug::NoLocking=1
     -o APT::Install-Recommends=0 -o APT::Sandbox::User= -o Acquire::Languages=none
     -o Acquire::Retries=3)

say 0.02 "reading the package lists"
"${apt[@]}" update > "$work/log/update" 2>&1 || fail "apt-get update failed:
$(tail -n 5 "$work/log/update")"
for i in "${!packages[@]}"; do
  [[ ${packages[i]} == *\? ]] || continue
  packages[i]=${packages[i]%\?}
  candidate=$(apt-cache "${apt[@]:1}" policy "${packages[i]}" 2> /dev/null | sed -n 's/^ *Candidate: //p')
  [[ -n $candidate && $candidate != '(none)' ]] || unset "packages[i]"
done
say 0.15 "fetching packages"
"${apt[@]}" install -y --download-only "${packages[@]}" > "$work/log/fetch" 2>&1 || fail "apt-get could not fetch the packages:
$(grep -E '^(E:|Err|W:)|Unable|unmet|Depends' "$work/log/fetch" | head -n 8)"
shopt -s nullglob
debs=("$work"/archives/*.deb)
(( ${#debs[@]} > 20 )) || fail "apt-get fetched only ${#debs[@]} packages:
$(tail -n 5 "$work/log/fetch")"

# Merged /usr, as every current Debian and Ubuntu has it; tar then follows the links that are already there.
mkdir -p "$dest"/usr/{bin,sbin,lib,lib64}
for d in bin sbin lib lib64; do ln -s "usr/$d" "$dest/$d"; done

say 0.55 "unpacking ${#debs[@]} packages"
excludes=(--exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./usr/share/info
          --exclude=./usr/share/lintian --exclude=./usr/share/bug --exclude=./lib/systemd --exclude=./usr/lib/systemd
          --exclude=./usr/share/zoneinfo --exclude=./dev
          # of the container engine: tools for its own developers, and shims that nothing here asks for
          --exclude=./usr/bin/dnet --exclude=./usr/sbin/ovrouter --exclude=./usr/bin/ctr --exclude=./usr/bin/containerd-stress
          --exclude=./usr/bin/containerd-shim --exclude=./usr/bin/containerd-shim-runc-v1 --exclude=./usr/share/docker.io)
n=0
for deb in "${debs[@]}"; do
  dpkg-deb --fsys-tarfile "$deb" |
    tar -C "$dest" -xf - --no-same-owner --keep-directory-symlink "${excludes[@]}" 2>> "$work/log/tar" ||
    fail "unpacking $(basename "$deb") failed: $(tail -n 2 "$work/log/tar")"
  n=$((n + 1))
  (( n % 25 == 0 )) && say "0.$((55 + n * 40 / ${#debs[@]}))" "unpacking ${#debs[@]} packages"
done

say 0.96 "finishing"
cd "$dest"
mkdir -p dev proc sys .sys run tmp root home mnt srv etc usr/local/{bin,sbin} var/{lib,log,cache,tmp,spool} .old
rm -rf var/run var/lock; ln -s /run var/run; ln -s /run/lock var/lock
for link in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do ln -sf xtables-nft-multi usr/sbin/$link; done
for link in arptables arptables-save arptables-restore ebtables ebtables-save ebtables-restore; do
  [ -e usr/sbin/$link ] || ln -sf xtables-nft-multi usr/sbin/$link
done
[ -e usr/bin/sh ] || ln -s dash usr/bin/sh
[ -e usr/bin/awk ] || ln -s gawk usr/bin/awk
[ -e usr/bin/nc ] || ln -s nc.openbsd usr/bin/nc
[ -e usr/bin/vi ] || ln -s vim.tiny usr/bin/vi
[ -e usr/bin/vim ] || ln -s vim.tiny usr/bin/vim
[ -e usr/bin/editor ] || ln -s nano usr/bin/editor
[ -e usr/bin/pager ] || ln -s less usr/bin/pager
[ -e usr/bin/traceroute ] || ln -s traceroute.db usr/bin/traceroute
[ -e usr/bin/which ] || { [ -e usr/bin/which.debianutils ] && ln -s which.debianutils usr/bin/which; } || true
# nginx: the default site with its welcome page, as its package's own script would leave it
mkdir -p var/www/html var/log/nginx var/lib/nginx etc/nginx/sites-enabled
ln -sf /etc/nginx/sites-available/default etc/nginx/sites-enabled/default
cp usr/share/nginx/html/index.html var/www/html/index.nginx-debian.html
rm -f etc/nginx/modules-enabled/* # dynamic modules need load_module lines that match the binary
mkdir -p usr/lib/wirebook
cp "$tools"/probe-* usr/lib/wirebook/ 2>/dev/null || true
chmod 755 usr/lib/wirebook/* 2>/dev/null || true
# the container engine: `docker` starts it when it is first needed, and its images are there already
mkdir -p usr/lib/wirebook/engine
cp "$sandbox"/embedded/engine/* usr/lib/wirebook/engine/
chmod 755 usr/lib/wirebook/engine/*
cp usr/lib/wirebook/engine/docker usr/local/bin/docker
"$sandbox/images/make.sh" "$dest" "$dest/usr/lib/wirebook/images" || fail "the container images could not be made"
printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n' > etc/passwd
printf 'root:x:0:\nnogroup:x:65534:\n' > etc/group
printf 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n' > etc/nsswitch.conf
printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n' > etc/hosts
printf 'sandbox\n' > etc/hostname
: > etc/resolv.conf
printf 'export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nexport LANG=C.UTF-8\n' > etc/profile
printf "PS1='\\\\h:\\\\w# '\nalias ls='ls --color=auto' ip='ip -color=auto'\n" > root/.bashrc
printf '. ~/.bashrc\n' > root/.profile
ldconfig -r "$dest" 2>/dev/null || /sbin/ldconfig -r "$dest" 2>/dev/null || fail "ldconfig failed on the new root file system"
chmod -R u+rwX,go+rX "$dest"
find "$dest" -xdev -perm /6000 -type f -exec chmod u-s,g-s {} + # inside, everybody who could use them is root already
say 1 "the root file system is ready"
