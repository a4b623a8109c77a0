/** A captured frame, with or without Ethernet. Pure. */
import type { RawFrame, TraceSpace } from '../capture.ts';
import { type Packet, readBody, readFrame } from './packet.ts';

/** ARPHRD_ETHER, ARPHRD_LOOPBACK (linux/if_arp.h); VXLAN, GENEVE and VRFs give themselves out for the first. */
const WITH_ETHERNET = [1, 772];

/** Whether it begins with IP: tunnels of IP in IP, GRE, tun. What was recorded before the kernel was asked shows it by its bytes. */
export function isBare({ protocol, index }: RawFrame, data: Buffer, space: TraceSpace | undefined): boolean {
  const hardware = space?.hardware?.[index];
  if (hardware !== undefined) return !WITH_ETHERNET.includes(hardware);
  const hasType = data.length >= 14 && [protocol, 0x8100, 0x88a8].includes(data.readUInt16BE(12));
  const version = (data[0] ?? 0) >> 4;
  return (
    !hasType &&
    ((protocol === 0x0800 && version === 4 && data.length >= 20) || (protocol === 0x86dd && version === 6))
  );
}

/** ARPHRD_IPGRE, ARPHRD_IP6GRE */
const GRE = [778, 823];

/** With many other ends, the tunnel's own header is what Ethernet's is elsewhere: half written when it is sent, gone when it is taken out. */
function withoutOwnHeader(packet: Packet, { index }: RawFrame, space: TraceSpace | undefined): Packet {
  const isGre = GRE.includes(space?.hardware?.[index] ?? 0) && space?.remotes?.[index] === undefined;
  const { transport } = packet.ip ?? {};
  const isHeader = isGre && transport?.name === 'other' && transport.number === 47;
  return isHeader && packet.inner ? packet.inner.packet : packet;
}

export function decoded(frame: RawFrame, space: TraceSpace | undefined): Packet {
  const data = Buffer.from(frame.data, 'base64');
  if (!isBare(frame, data, space)) return readFrame(data);
  const type = data[0]! >> 4 === 6 ? 0x86dd : 0x0800;
  return withoutOwnHeader(readBody(type, data), frame, space);
}
