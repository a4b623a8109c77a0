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
  blackhole,
  forwardingOff,
  loop,
  noDefault,
  noReturnRoute,
  policyRule,
  reversePath,
  wrongGateway,
} from './faults/route.ts';
import type { FaultMaker } from './model.ts';

export const CATALOGUE: readonly FaultMaker[] = [
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
