#!/usr/bin/python3
"""by-mininet.py ROUTERS NAMESPACES: the network of bench/topology.ts in Mininet (Linux bridges as switches); prints milliseconds."""
import logging
import sys
import time

from mininet.log import setLogLevel
from mininet.net import Mininet
from mininet.node import Node
from mininet.nodelib import LinuxBridge

setLogLevel('critical')
routers, spaces = int(sys.argv[1]), int(sys.argv[2])
began = time.monotonic()
net = Mininet(controller=None, switch=LinuxBridge, waitConnected=False)
nodes, switches = [], []
for r in range(routers):
    router = net.addHost('r%d' % r, ip='10.%d.0.1/24' % r)
    switch = net.addSwitch('s%d' % r)
    net.addLink(router, switch, params1={'ip': '10.%d.0.1/24' % r})
    nodes.append(router)
    switches.append(switch)
for r in range(routers - 1):
    net.addLink(nodes[r], nodes[r + 1], params1={'ip': '10.9.%d.1/24' % r}, params2={'ip': '10.9.%d.2/24' % r})
for n in range(spaces):
    r = n % routers
    host = net.addHost('n%d' % n, ip='10.%d.0.%d/24' % (r, 10 + n), defaultRoute='via 10.%d.0.1' % r)
    net.addLink(host, switches[r])
net.start()
for router in nodes:
    router.cmd('sysctl -qw net.ipv4.ip_forward=1')
print((time.monotonic() - began) * 1000)
sys.stdout.flush()
net.stop()
