#!/bin/bash
# configure.sh ROOT: makes a Debian root file system one that Vagrant can use, and that starts in seconds.
set -euo pipefail
root=$1
put() { mkdir -p "$root$(dirname "$1")"; cat > "$root$1"; }

# the account that Vagrant expects, with its well-known key
chroot "$root" useradd -m -s /bin/bash -G sudo vagrant
chroot "$root" usermod -aG docker vagrant
put /etc/sudoers.d/vagrant <<< 'vagrant ALL=(ALL) NOPASSWD:ALL' && chmod 440 "$root/etc/sudoers.d/vagrant"
key=$(find /usr/share/rubygems-integration /opt/vagrant -path '*/keys/vagrant.pub' 2> /dev/null | head -n 1) || true
[[ -n $key ]] || { echo "configure.sh: Vagrant's public key is not here: apt install vagrant" >&2; exit 1; }
install -d -m 700 "$root/home/vagrant/.ssh" && install -m 600 "$key" "$root/home/vagrant/.ssh/authorized_keys"
chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh

put /etc/hostname <<< debian
printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n' | put /etc/hosts
: | put /etc/fstab # the initrd mounts /, and there is nothing else
: | put /etc/resolv.conf
: | put /etc/machine-id
# the first card is for Vagrant; it sets up the others
put /etc/systemd/network/10-first.network << 'X'
[Match]
Name=eth0
[Network]
DHCP=ipv4
LinkLocalAddressing=no
IPv6AcceptRA=no
[DHCPv4]
ClientIdentifier=mac
X
put /etc/ssh/sshd_config.d/vagrant.conf << 'X'
UseDNS no
PasswordAuthentication no
GSSAPIAuthentication no
PrintMotd no
# Vagrant's well-known key is RSA, and the default key exchange is slow in emulation.
PubkeyAcceptedAlgorithms +ssh-rsa
KexAlgorithms curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,diffie-hellman-group14-sha256
X
sed -i -E 's/^(session.*pam_(motd|mail|lastlog).*)/#\1/' "$root/etc/pam.d/sshd"
# When the machine stops, sessions end while the network is still there: or whoever waits for them waits for ever.
put /etc/systemd/system/ssh.service.d/sessions.conf <<< $'[Service]\nKillMode=mixed\nTimeoutStopSec=3'
put /etc/systemd/system.conf.d/stop.conf <<< $'[Manager]\nDefaultTimeoutStopSec=20s'
put /etc/systemd/journald.conf.d/volatile.conf <<< $'[Journal]\nStorage=volatile'
# the power button (`vagrant halt -f`); logind is off below
put /etc/acpi/events/power <<< $'event=button/power.*\naction=/sbin/poweroff'
put /etc/modules-load.d/button.conf <<< button
# only cards and disks are announced: the initrd has loaded their drivers
put /etc/systemd/system/systemd-udev-trigger.service.d/fast.conf << 'X'
[Service]
ExecStart=
ExecStart=udevadm trigger --action=add --subsystem-match=net --subsystem-match=block
X

chroot "$root" systemctl enable -q systemd-networkd ssh
ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
# what only costs time at the start of such a machine
for unit in e2scrub_reap.service e2scrub_all.timer apt-daily.timer apt-daily-upgrade.timer fstrim.timer dpkg-db-backup.timer \
  systemd-networkd-wait-online.service getty@tty1.service serial-getty@ttyS0.service systemd-firstboot.service \
  systemd-machine-id-commit.service systemd-logind.service systemd-journal-flush.service systemd-pstore.service \
  systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-random-seed.service systemd-boot-update.service \
  systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-sysusers.service kmod-static-nodes.service ldconfig.service \
  systemd-network-generator.service systemd-remount-fs.service modprobe@configfs.service modprobe@drm.service \
  modprobe@efi_pstore.service modprobe@fuse.service modprobe@dm_mod.service modprobe@loop.service dev-hugepages.mount \
  dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
