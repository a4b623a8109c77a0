/** Of the exercises of lessons 5 to 7. */
import type { Wrong } from './wrong.ts';

export const CONTAINERS: Readonly<Record<string, readonly Wrong[]>> = {
  '05-container-exercise': [
    {
      what: 'the ports the other way round',
      answers: { one: 'docker run -d --name {{one}} --rm -p 80:{{port}} nginx' },
      lost: ['one-page', 'hand-first'],
      points: 4,
    },
    {
      what: 'a DNAT rule for everybody, in FORWARD in place of DOCKER-USER',
      answers: {
        hand: `docker run -d --name {{two}} --rm nginx
TWO=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' {{two}})
iptables -t nat -A PREROUTING -p tcp --dport {{other}} -j DNAT --to-destination $TWO:80
iptables -I FORWARD -d $TWO -p tcp --dport 80 -j ACCEPT`,
      },
      lost: ['hand-others', 'hand-user'],
      points: 3,
    },
  ],
  '05-container-trouble': [
    {
      what: 'the right rule behind the wrong one',
      answers: {
        stale:
          'STALE=172.18.0.{{gone}}; iptables -t nat -A PREROUTING -d 172.17.0.33 -p tcp --dport {{port}} -j DNAT --to-destination $SHOP_IP:80',
      },
      lost: ['stale-gone', 'gate-page'],
      points: 6,
    },
    {
      what: 'the rule of security is removed',
      answers: {
        gate: 'iptables -F DOCKER-USER; iptables -A DOCKER-USER -i eth0 -d $SHOP_IP -p tcp --dport 80 -j ACCEPT',
      },
      lost: ['gate-security'],
      points: 2,
    },
  ],
  '06-cni-exercise': [
    {
      what: 'no masquerading',
      answers: {
        attach: `cat > /root/net.conf <<END
{ "cniVersion": "1.0.0", "name": "{{net}}", "type": "bridge", "bridge": "{{bridge}}", "isGateway": true,
  "ipam": { "type": "host-local", "subnet": "{{lan}}", "routes": [ { "dst": "0.0.0.0/0" } ] } }
END
ip netns add {{box}}
export CNI_PATH=/usr/lib/cni CNI_IFNAME={{ifname}} CNI_CONTAINERID={{box}} CNI_NETNS=/var/run/netns/{{box}}
CNI_COMMAND=ADD /usr/lib/cni/bridge < /root/net.conf > /root/result.json`,
      },
      lost: ['attach-world'],
      points: 2,
    },
    {
      what: 'a rule by hand in place of portmap',
      answers: {
        publish:
          'iptables -t nat -A PREROUTING -p tcp --dport {{port}} -j DNAT --to-destination {{first}}:80',
        clear: 'CNI_COMMAND=DEL /usr/lib/cni/bridge < /root/net.conf',
      },
      lost: ['publish-conf', 'publish-chain', 'clear-ports'],
      points: 6,
    },
    {
      what: 'only the interface is taken away',
      answers: { clear: 'ip -n {{box}} link del {{ifname}}' },
      lost: ['clear-address', 'clear-ports'],
      points: 3,
    },
  ],
  '06-cni-trouble': [
    {
      what: 'another way: the files of those who are gone are removed',
      answers: {
        leak: 'cd /var/lib/cni/networks/pods; for file in *.*.*.*; do grep -q job- $file && rm $file; done; cd; true',
      },
      lost: [],
      points: 0,
    },
    {
      what: 'all books are burnt',
      answers: { leak: 'rm /var/lib/cni/networks/pods/*.*.*.*' },
      lost: ['leak-kept'],
      points: 2,
    },
    {
      what: 'one is freed, and the trouble put off',
      answers: {
        leak: 'CNI_CONTAINERID=job-1 CNI_NETNS=/var/run/netns/job-1 CNI_COMMAND=DEL /usr/lib/cni/bridge < /etc/cni/net.d/10-pods.conf',
      },
      lost: ['leak-6', 'leak-3', 'leak-5'],
      points: 5,
    },
    {
      what: 'a rule by hand; the next one will have the trouble again',
      answers: { out: 'iptables -t nat -A POSTROUTING -s {{data}} -j MASQUERADE' },
      lost: ['out-conf'],
      points: 2,
    },
  ],
  '07-pod-exercise': [
    {
      what: 'the ipc namespaces are not shared',
      answers: {
        two: `docker run -d --name {{web}} --rm --network container:{{pod}} nginx
docker run -d --name {{side}} --rm --network container:{{pod}} nginx sleep {{seconds}}
for name in {{pod}} {{web}} {{side}}; do readlink /proc/$(docker inspect -f '{{.State.Pid}}' $name)/ns/ipc; done`,
      },
      lost: ['two-ipc'],
      points: 2,
    },
    {
      what: 'nothing was replaced',
      answers: { replace: "BEFORE=$(docker inspect -f '{{.Id}}' {{web}}); AFTER=$BEFORE" },
      lost: ['replace-after'],
      points: 2,
    },
    {
      what: 'the helper goes into the wrong Pod',
      answers: {
        helper:
          'docker rm -f other-side; docker run -d --name other-side --rm --network container:{{pod}} nginx sleep 20000',
      },
      lost: ['helper-shares', 'helper-sleeps'],
      points: 3,
    },
  ],
};
