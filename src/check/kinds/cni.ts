/** `cni`: what a CNI plugin has answered, in a file or on the cell's standard output. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail } from '../define.ts';
import { hasVariable, matching, name } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';
import type { Judgement, Look } from '../model.ts';
import { findHost } from '../place.ts';
import { readCni } from '../read/cni.ts';

const FIELDS = ['version', 'ip', 'gateway', 'route', 'interface', 'code', 'message'] as const;

const schema = () =>
  z.strictObject({
    cni: name('The file that holds it; or `output` for what the cell printed.', '/root/result.json').refine(
      (value) => value === 'output' || value.startsWith('/') || hasVariable(value),
      'A path begins with `/`; what the cell printed is `output`.',
    ),
    version: matching('Its `cniVersion`.', '0.4.0').optional(),
    ip: matching('An address that was given, with its prefix.', '10.0.10.2/24').optional(),
    gateway: matching('A gateway.', '10.0.10.1').optional(),
    route: matching('A route: `DESTINATION`, or `DESTINATION via GATEWAY`.', '0.0.0.0/0').optional(),
    interface: matching('The name of an interface that was made.', 'eth10').optional(),
    code: matching('The code of an error; without this field there must be none.', 7).optional(),
    message: matching('The words of an error.', { contains: 'version' }).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec): string {
  const what = spec.code === undefined && spec.message === undefined ? 'a CNI result' : 'a CNI error';
  const parts = FIELDS.flatMap((field) => {
    const wanted = spec[field];
    return wanted === undefined ? [] : `${field} ${describeMatcher(wanted)}`;
  });
  const place = spec.cni === 'output' ? 'the cell printed' : `${spec.cni} holds`;
  return `${place} ${what}${parts.length > 0 ? ` with ${parts.join(', ')}` : ''}`;
}

/** The text to read, or why there is none. */
function textOf(spec: Spec, look: Look, expected: string): string | Judgement {
  if (spec.cni === 'output')
    return look.cell?.stdout ?? { ...fail(expected, 'no cell has run yet'), final: true };
  const host = findHost(look, expected);
  if (!host.ok) return host.judgement;
  const { files } = host.value;
  const found = Object.hasOwn(files, spec.cni) ? files[spec.cni] : undefined;
  if (found === undefined) return broken(expected, `${spec.cni} was not looked at.`);
  if (!found.exists)
    return found.failure === undefined
      ? fail(expected, `${spec.cni} is not there`)
      : broken(expected, `${spec.cni} could not be looked at: ${found.failure}`);
  return found.content ?? '';
}

export const cni = defineKind({
  name: 'cni',
  summary: 'What a CNI plugin has answered: addresses, routes, interfaces, or an error.',
  example: 'cni: /root/result.json\nip: 10.0.10.2/24\ngateway: 10.0.10.1',
  schema,
  describe,
  needs: (spec, { host }) => (spec.cni === 'output' ? [] : [{ read: 'file', host, path: spec.cni }]),
  judge(spec, look) {
    const expected = describe(spec);
    const text = textOf(spec, look, expected);
    if (typeof text !== 'string') return text;
    const result = readCni(text);
    if (typeof result === 'string') return fail(expected, result);
    const { code, message } = result;
    if (code !== undefined && spec.code === undefined && spec.message === undefined)
      return fail(expected, `it is an error: ${message} (code ${code})`);
    // of nothing even `not` is not true
    const some = (values: readonly string[]) => (values.length > 0 ? values : undefined);
    const differences = differencesOf([
      { field: 'version', expected: spec.version, found: result.version },
      { field: 'ip', expected: spec.ip, found: some(result.ips) },
      { field: 'gateway', expected: spec.gateway, found: some(result.gateways) },
      { field: 'route', expected: spec.route, found: some(result.routes) },
      { field: 'interface', expected: spec.interface, found: some(result.interfaces) },
      { field: 'code', expected: spec.code, found: code },
      { field: 'message', expected: spec.message, found: message },
    ]);
    const evidence =
      code === undefined
        ? `addresses ${result.ips.join(', ') || 'none'}, routes ${result.routes.join(', ') || 'none'}`
        : `error ${code}: ${message}`;
    return judgeBy(expected, differences, evidence);
  },
});
