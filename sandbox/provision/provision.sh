#!/bin/bash
# provision.sh [SANDBOX]: makes a Debian or Ubuntu machine (a virtual machine, a container image, a box in the making)
# into one that lessons can run on, with the same packages, tools and images as the embedded sandbox. SANDBOX is this
# repository's folder sandbox/ (default: where the script lies). Run as root; a second run changes nothing.
#
# What is there already is not done again: where everything is (a box of our own), no connection is needed.
# Provisioning leaves the machine's network as it found it; what lessons need is arranged when one begins.
set -euo pipefail
umask 022
sandbox=$(readlink -f "${1:-$(dirname "$0")/..}")
export DEBIAN_FRONTEND=noninteractive
made=/usr/lib/wirebook/provisioned
recipe=$(cd "$sandbox" && find packages.txt provision images tools embedded/engine/docker -type f | LC_ALL=C sort | xargs cat | sha256sum)
[[ -e $made && $(< "$made") == "$recipe" ]] && exit 0

missing() { # of the list, what is not installed
  local name
  sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$sandbox/packages.txt" | while read -r name; do
    case $(dpkg-query -W -f '${db:Status-Status} ' "${name%\?}" 2> /dev/null) in installed*) ;; *) echo "$name" ;; esac
  done
}

# A name with a question mark is taken where there is such a package; what apt does not know at all is not missed.
wanted() { for name in "$@"; do
  case $name in *\?) apt-cache show "${name%\?}" > /dev/null 2>&1 && echo "${name%\?}" ;; *) echo "$name" ;; esac
done; true; }

install_packages() {
  local names
  names=($(missing))
  [[ -z $(printf '%s ' "${names[@]%%*\?}" | tr -d ' ') ]] && return # only what need not be there
  apt-get -q -o Acquire::Retries=3 update
  names=($(wanted "${names[@]}"))
  apt-get -qy -o APT::Install-Recommends=0 -o Dpkg::Options::=--force-unsafe-io install "${names[@]}"
}

# Nothing listens and nothing forwards until a lesson asks: so `docker` starts the engine, and nginx is started by hand.
quieten() {
  local unit
  command -v systemctl > /dev/null || return 0
  for unit in nginx.service docker.service docker.socket containerd.service nftables.service apt-daily.timer apt-daily-upgrade.timer; do
    systemctl disable -q "$unit" 2> /dev/null || true
    [ ! -d /run/systemd/system ] || systemctl stop -q "$unit" 2> /dev/null || true
  done
}

put_tools() {
  install -d /usr/lib/wirebook /usr/lib/wirebook/engine
  install -m 755 "$sandbox"/tools/probe-* /usr/lib/wirebook/
  install -m 755 "$sandbox"/provision/wire /usr/lib/wirebook/wire
  install -m 755 "$sandbox"/provision/engine/start /usr/lib/wirebook/engine/start
  install -m 755 "$sandbox"/embedded/engine/docker /usr/local/bin/docker
  bash "$sandbox/images/make.sh" / /usr/lib/wirebook/images
  # a sandbox has its own root: these are where it mounts (sandbox/embedded/mounts.pl)
  install -d /.old /.sys
}

# The engine of a person who logs in and follows a tutorial by hand has the same addresses as that of a lesson.
configure_engine() {
  install -d /etc/docker
  [ -e /etc/docker/daemon.json ] || printf '{ "bip": "172.18.0.1/16" }\n' > /etc/docker/daemon.json
}

# What is found at the next start is loaded now: a lesson's kernel has it already.
kernel_modules() {
  printf '%s\n' br_netfilter 8021q overlay > /etc/modules-load.d/wirebook.conf
  [ ! -d /run/systemd/system ] || xargs -n 1 modprobe -q < /etc/modules-load.d/wirebook.conf || true
}

install_packages
quieten
put_tools
configure_engine
kernel_modules
printf '%s\n' "$recipe" > "$made"
