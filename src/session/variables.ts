/**
 * `$WEB_IP` in a check is a variable of a lesson's shell: that of the check's host if it is set there, else that of the
 * cell's host (a page asked for from node01 at an address that was noted on host).
 */
import type { Check, Need } from '../check/model.ts';
import type { Cell } from '../lesson/model.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import type { Values } from './engine.ts';

/** @param known what the cell's run reported of the shell of the cell's host; absent: it is asked for here. */
export async function readVariables(
  sandbox: Pick<Sandbox, 'observe'>,
  cell: Cell,
  known: Values | undefined,
): Promise<(check: Check) => Values> {
  const needs = new Map<string, Need>();
  for (const check of cell.expects)
    for (const name of check.variables)
      for (const host of new Set([check.host, cell.host]))
        if (host !== cell.host || known === undefined || !Object.hasOwn(known, name))
          needs.set(`${host}\0${name}`, { read: 'env', host, name });
  const env = needs.size === 0 ? {} : (await sandbox.observe([...needs.values()])).hosts;
  const value = (host: string, name: string): string | null =>
    (host === cell.host && known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined) ??
    env[host]?.env[name] ??
    null;
  return (check) =>
    Object.fromEntries(
      check.variables.map((name) => [name, value(check.host, name) ?? value(cell.host, name)]),
    );
}
