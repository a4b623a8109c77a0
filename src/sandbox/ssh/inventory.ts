/** The machines that the user has, by sandbox and by the host's name in a lesson: ~/.config/wirebook/machines.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatDiagnostics } from '../../lesson/diagnostic.ts';
import { Faults } from '../../lesson/faults.ts';
import { issuesToFaults } from '../../lesson/issues.ts';
import type { Diagnostic } from '../../lesson/model.ts';
import { readYaml } from '../../lesson/yaml.ts';
import { InputError } from '../../lib/errors.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { suggest } from '../../lib/suggest.ts';
import { decodeText } from '../../lib/text.ts';

const destination = z
  .string()
  .trim()
  .regex(/^[^-\s]\S*$/, 'This is no destination of ssh, as `ann@lab1` and `ssh://ann@lab1:2222` are.');

const machineFields = z.strictObject({
  ssh: destination,
  sudo: z.boolean().default(true),
  address: z.ipv4('This is no IPv4 address, as `192.0.2.7` is.').optional(),
  options: z.array(z.string()).default([]),
});

const machineSchema = z.union(
  [
    destination.transform((ssh): Machine => ({ ssh, sudo: true, options: [], address: undefined })),
    machineFields,
  ],
  'A machine is a destination of ssh, or a map with `ssh`, `sudo`, `address`, `options`.',
);

const sandboxName = z.string().regex(/^[\w.-]+$/, 'A sandbox’s name has letters, digits, `.`, `_` and `-`.');
const hostsSchema = z
  .record(z.string(), machineSchema)
  .refine((hosts) => Object.keys(hosts).length > 0, 'A sandbox has at least one machine.');

const inventorySchema = z.record(sandboxName, hostsSchema);

/** A machine as the inventory has it. */
export interface Machine {
  ssh: string;
  sudo: boolean;
  address?: string | undefined;
  options: readonly string[];
}

/** By the host's name in a lesson. */
export type Machines = Readonly<Record<string, Machine>>;

const EXAMPLE = `
# ~/.config/wirebook/machines.yaml: lessons run on these with --sandbox ssh:lab
lab:
  host: root@lab1          # the host's name in a lesson: a destination of ssh
  node01:
    ssh: ann@lab2          # with sudo, unless she is root
    address: 192.0.2.7     # by which the others reach it (default: what the machine says)
    options: [-o, ProxyJump=bastion]`.trim();

export function inventoryPath(): string {
  return join(wirebookPaths().config, 'machines.yaml');
}

/** Pure: the text of an inventory to its sandboxes, or to its faults. */
export function parseInventory(
  file: string,
  text: string,
): { sandboxes?: Readonly<Record<string, Machines>>; diagnostics: Diagnostic[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const faults = new Faults(file, lines);
  const tree = readYaml({ lines, line: 1 }, faults);
  const parsed = tree && inventorySchema.safeParse(tree.value ?? {});
  if (tree && parsed && !parsed.success) {
    const fields = () => Object.keys(machineFields.shape);
    for (const fault of issuesToFaults(parsed.error, tree.value, fields, {}))
      faults.error(fault.code, tree.span(fault.path, fault.atKey), fault.message, fault.instead);
  }
  return { ...(parsed?.success ? { sandboxes: parsed.data } : {}), diagnostics: faults.inOrder() };
}

/** `ssh:NAME` of each sandbox in it; `ssh` when there is none, or one with faults, which `machinesOf` then tells. */
export function inventoryNames(): readonly string[] {
  const file = inventoryPath();
  const { sandboxes = {} } = existsSync(file) ? parseInventory(file, decodeText(readFileSync(file))) : {};
  const names = Object.keys(sandboxes);
  return names.length > 0 ? names.map((name) => `ssh:${name}`) : ['ssh'];
}

class FaultyInventory extends InputError {
  readonly #head: string;
  readonly #diagnostics: readonly Diagnostic[];

  constructor(file: string, diagnostics: readonly Diagnostic[]) {
    const head = `${file} has faults, so none of its machines is used.`;
    super('inventory-faulty', `${head}\n\n${formatDiagnostics(diagnostics)}`);
    this.#head = head;
    this.#diagnostics = diagnostics;
  }

  override told(say: (sentence: string) => string): string {
    return `${say(this.#head)}\n\n${formatDiagnostics(this.#diagnostics, { say })}`;
  }
}

/** @throws InputError when there is none, it has faults, or it does not know the name. */
export function machinesOf(name: string): Machines {
  const file = inventoryPath();
  if (!existsSync(file)) {
    throw new InputError('no-inventory', `There is no inventory of your machines: ${file}.`, [
      'Write one:',
      ...EXAMPLE.split('\n'),
    ]);
  }
  const { sandboxes, diagnostics } = parseInventory(file, decodeText(readFileSync(file)));
  if (!sandboxes) throw new FaultyInventory(file, diagnostics);
  const known = Object.keys(sandboxes);
  if (name === '' && known.length === 1) return sandboxes[known[0]!]!;
  if (Object.hasOwn(sandboxes, name)) return sandboxes[name]!;
  const meant = suggest(name, known);
  throw new InputError(
    'unknown-machines',
    name === ''
      ? 'Which machines? The inventory has more than one sandbox.'
      : `The inventory has no sandbox called ${name}.`,
    [
      ...(meant ? [`Did you mean ssh:${meant}?`] : []),
      `In ${file}: ${known.map((each) => `ssh:${each}`).join(', ')}.`,
    ],
  );
}
