#!/bin/bash
# make.sh ROOT OUT: makes the container images `nginx` and `pause` in OUT, out of the packages unpacked in ROOT.
#
# No registry and no compiler: nginx is Debian's nginx-light with the libraries it loads, pause is a busybox that waits.
# The same packages give the same bytes: names sorted, every time zero, every owner root, no compression.
# An archive has the form that `docker load` and `podman load` read (manifest.json, a config, one layer).
set -euo pipefail
umask 022
root=$(readlink -f "$1") out=$2
work=$(mktemp -d "${TMPDIR:-/tmp}/images.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

busybox=$root/usr/bin/busybox
applets=(cat echo grep hostname id ip kill ls mkdir mount nc nslookup ping ps pwd readlink rm sh sleep stat touch wget)
case $(od -An -tu1 -j18 -N1 "$busybox" | tr -d ' ') in # e_machine (elf(5)): 62 is x86-64, 183 is AArch64
  62) arch=amd64 ;;
  183) arch=arm64 ;;
  *) echo "make.sh: $busybox is for another processor" >&2; exit 1 ;;
esac

# An image is as old as the package that it is made of.
made=$(date -u -r "$root/usr/sbin/nginx" +%Y-%m-%dT%H:%M:%SZ)

base() { # base DIR: what every image has: busybox and the accounts of root
  mkdir -p "$1"/{bin,dev,etc,proc,run,sys,tmp,root}
  cp -L "$busybox" "$1/bin/busybox"
  for applet in "${applets[@]}"; do ln -s busybox "$1/bin/$applet"; done
  printf 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\n' > "$1/etc/passwd"
  printf 'root:x:0:\nwww-data:x:33:\n' > "$1/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' > "$1/etc/nsswitch.conf"
  chmod 1777 "$1/tmp"
}

pack() { # pack DIR FILE: a tar that depends on nothing but the content
  tar -C "$1" --sort=name --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$2" .
}

archive() { # archive NAME CONFIG: the layer of $work/NAME as an image; CONFIG is the JSON of its Config
  local name=$1 config=$2 image=$work/$1.image layer id
  mkdir -p "$image/layer"
  chmod -R u+rwX,go+rX "$work/$name"
  pack "$work/$name" "$image/layer/layer.tar"
  layer=$(sha256sum "$image/layer/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"%s","config":%s,"created":"%s","history":[{"created":"%s","created_by":"packages of Debian"}],"os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$arch" "$config" "$made" "$made" "$layer" > "$image/config.json"
  id=$(sha256sum "$image/config.json" | cut -d' ' -f1)
  mv "$image/config.json" "$image/$id.json"
  printf '[{"Config":"%s.json","RepoTags":["%s:latest"],"Layers":["layer/layer.tar"]}]' "$id" "$name" > "$image/manifest.json"
  pack "$image" "$out/$name.tar"
}

# nginx: the server, what its own loader says that it loads, and one page
n=$work/nginx
base "$n"
loader=$(find "$root/usr/lib" "$root/usr/lib64" -name 'ld-linux*.so.?' | sort | head -n 1)
libraries=$(dirname "$(find "$root/usr/lib" -name libc.so.6 | sort | head -n 1)")
mkdir -p "$n"/{usr/sbin,lib64,lib,etc/nginx,usr/share/nginx/html,var/log/nginx,var/lib/nginx}
cp "$root/usr/sbin/nginx" "$n/usr/sbin/nginx"
"$loader" --library-path "$libraries" --list "$n/usr/sbin/nginx" | sed -n 's/.*=> \([^ ]*\) .*/\1/p' | while read -r library; do
  case $library in "$root"/*/ld-linux*) ;; "$root"/*) cp -L "$library" "$n/lib/" ;; *) echo "make.sh: $library is not in $root" >&2; exit 1 ;; esac
done
# where the program looks for its loader (its PT_INTERP), which takes /lib without a cache
if [ "$arch" = amd64 ]; then cp -L "$loader" "$n/lib64/ld-linux-x86-64.so.2"; else cp -L "$loader" "$n/lib/ld-linux-aarch64.so.1"; fi
cp -L "$libraries/libnss_files.so.2" "$libraries/libnss_dns.so.2" "$n/lib/" 2>/dev/null || true # part of libc.so.6 since glibc 2.34
ln -s /dev/stdout "$n/var/log/nginx/access.log"
ln -s /dev/stderr "$n/var/log/nginx/error.log"
cat > "$n/etc/nginx/nginx.conf" <<'CONF'
user root; # where a sandbox has one user id there is no other to change to
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 64; }
http {
  default_type text/html;
  access_log /var/log/nginx/access.log;
  server {
    listen 80;
    root /usr/share/nginx/html;
  }
}
CONF
cat > "$n/usr/share/nginx/html/index.html" <<'PAGE'
<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes out of a container.</p>
</body>
</html>
PAGE
path='"Env":["PATH=/usr/sbin:/bin"]'
archive nginx "{\"Cmd\":[\"nginx\",\"-g\",\"daemon off;\"],$path,\"ExposedPorts\":{\"80/tcp\":{}},\"StopSignal\":\"SIGQUIT\"}"

# pause: holds its namespaces, does nothing else, and ends when it is told to
p=$work/pause
base "$p"
printf '#!/bin/busybox sh\ntrap "exit 0" INT TERM\nbusybox sleep 2147483647 &\nwait\n' > "$p/pause"
chmod 755 "$p/pause"
archive pause "{\"Entrypoint\":[\"/pause\"],$path}"
