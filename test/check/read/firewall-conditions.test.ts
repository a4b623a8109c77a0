import { expect, it } from 'vitest';
import { readNft } from '../../../src/check/read/firewall/nft.ts';

it('a condition that is none of the known properties is told, so that its rule is not taken for one without', () => {
  const rule = (expr: unknown[]) => ({ rule: { family: 'ip', table: 't', chain: 'c', handle: 4, expr } });
  const ruleset = {
    nftables: [
      { table: { family: 'ip', name: 't', handle: 1 } },
      { chain: { family: 'ip', table: 't', name: 'c', handle: 1 } },
      rule([
        {
          match: { op: '==', left: { payload: { protocol: 'icmp', field: 'type' } }, right: 'echo-request' },
        },
        { drop: null },
      ]),
      rule([{ match: { op: '==', left: { ct: { key: 'direction' } }, right: 'reply' } }, { accept: null }]),
    ],
  };
  const rules = readNft(JSON.stringify(ruleset))![0]!.chains[0]!.rules;
  expect(rules.map((each) => each.conditions)).toEqual([['icmp type'], ['ct direction']]);
  expect(rules[0]!.line).toBe('if icmp type drop');
});
