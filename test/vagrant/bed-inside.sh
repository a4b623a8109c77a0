#!/bin/bash
# bed-inside.sh NAME DIR: pid 1 of the bed (bed.sh): libvirt's folders are the bed's, then libvirt starts, then it waits.
set -euo pipefail
dir=$2
for place in etc:/etc/libvirt lib:/var/lib/libvirt cache:/var/cache/libvirt log:/var/log/libvirt run:/run/libvirt; do
  mkdir -p "${place#*:}" "$dir/${place%%:*}"
  mount --bind "$dir/${place%%:*}" "${place#*:}"
done
mount -t sysfs sysfs /sys # this namespace's cards
mkdir -p /var/log/libvirt/qemu
ip link set lo up
# a machine that is gone is noticed in seconds, not in a quarter of an hour
echo 5 > /proc/sys/net/ipv4/tcp_retries2
virtlogd -p "$dir/run/virtlogd.pid" &
libvirtd -p "$dir/run/libvirtd.pid" &
for _ in $(seq 200); do virsh -c qemu:///system version > /dev/null 2>&1 && break; sleep 0.1; done
virsh -c qemu:///system version
virsh -q -c qemu:///system net-define /dev/stdin << 'X'
<network><name>wirebook-management</name><forward mode='nat'/><bridge name='virbr-manage' stp='off' delay='0'/>
<ip address='192.168.121.1' netmask='255.255.255.0'><dhcp><range start='192.168.121.2' end='192.168.121.254'/></dhcp></ip></network>
X
virsh -q -c qemu:///system net-start wirebook-management
touch "$dir/ready"
# pid 1 takes in those whose parents are gone; `wait` reaps them
while :; do wait -n 2> /dev/null || sleep 1; done
