/** All faults that a drill may put into a network. */
import { duplicateAddress, wrongAddress, wrongNeighbour, wrongPrefix } from './faults/address.ts';
import { asymmetricRoute, noHairpin } from './faults/detour.ts';
import {
  answerDropped,
  forwardPolicy,
  forwardRule,
  inputRule,
  loopbackOnly,
  masqueradeElsewhere,
  nftTable,
  noDnat,
  noMasquerade,
  outputRule,
  pingsIgnored,
  smallMtu,
  wrongDnat,
} from './faults/filter.ts';
import { bridgeDown, interfaceDown, portMissing } from './faults/link.ts';
import {
  dnsDropped,
  gatewayOff,
  nameServerCutOff,
  nameServerDown,
  nameServerGone,
  nameServerGuarded,
  wrongNameServer,
  wrongRecord,
} from './faults/names.ts';
import {
  blackhole,
  forwardingOff,
  loop,
  noDefault,
  noReturnRoute,
  policyRule,
  reversePath,
  wrongGateway,
} from './faults/route.ts';
import { sixDuplicate, sixInterfaceDown, sixNeighbour, sixPrefix, sixTurnedOff } from './faults/six.ts';
import {
  advertisementsDropped,
  deafRouter,
  discoveryBlocked,
  onFourAlone,
  sixAnswerDropped,
  sixForwardPolicy,
  sixGuard,
  sixInputRule,
  sixPingsIgnored,
  sixSmallMtu,
} from './faults/six-filter.ts';
import {
  deafToRouters,
  sixBlackhole,
  sixForwardingOff,
  sixNoRoute,
  sixPolicyRule,
  sixWrongRoute,
} from './faults/six-route.ts';
import type { FaultMaker, Network } from './model.ts';

const FOUR: readonly FaultMaker[] = [
  interfaceDown,
  portMissing,
  bridgeDown,
  wrongPrefix,
  wrongAddress,
  duplicateAddress,
  wrongNeighbour,
  noDefault,
  wrongGateway,
  noReturnRoute,
  loop,
  blackhole,
  policyRule,
  forwardingOff,
  reversePath,
  forwardPolicy,
  forwardRule,
  answerDropped,
  inputRule,
  outputRule,
  nftTable,
  noMasquerade,
  masqueradeElsewhere,
  wrongDnat,
  noDnat,
  loopbackOnly,
  pingsIgnored,
  smallMtu,
  noHairpin,
  asymmetricRoute,
];

const SIX: readonly FaultMaker[] = [
  sixInterfaceDown,
  sixTurnedOff,
  sixPrefix,
  sixNoRoute,
  sixWrongRoute,
  sixForwardingOff,
  sixPolicyRule,
  sixDuplicate,
  sixNeighbour,
  deafToRouters,
  sixForwardPolicy,
  sixAnswerDropped,
  discoveryBlocked,
  sixInputRule,
  sixGuard,
  onFourAlone,
  sixPingsIgnored,
  sixSmallMtu,
  sixBlackhole,
  deafRouter,
  advertisementsDropped,
];

const NAMES: readonly FaultMaker[] = [
  nameServerGone,
  dnsDropped,
  wrongNameServer,
  wrongRecord,
  nameServerCutOff,
  nameServerDown,
  nameServerGuarded,
  gatewayOff,
];

/** Each has a place in networks of its kind alone. */
const inKind = (kind: NonNullable<Network['kind']>, makers: readonly FaultMaker[]): FaultMaker[] =>
  makers.map(
    (maker) => (network, random) => ((network.kind ?? 'four') === kind ? maker(network, random) : undefined),
  );

export const CATALOGUE: readonly FaultMaker[] = [
  ...inKind('four', FOUR),
  ...inKind('six', SIX),
  ...inKind('names', NAMES),
];
