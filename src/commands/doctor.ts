/** `wirebook doctor`: what works on this machine, why not, and the exact remedy. */

import { existsSync } from 'node:fs';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import { textWidth } from '../page/text/width.ts';
import type { Availability, SandboxDriver } from '../sandbox/contract.ts';
import { chooseCgroup } from '../sandbox/embedded/cgroup.ts';
import { embeddedProgram } from '../sandbox/embedded/launch.ts';
import { knownTroubles } from '../sandbox/embedded/remedies.ts';
import { FEATURES, probeFeatures } from '../sandbox/features.ts';
import { driverNames, getDriver } from '../sandbox/registry.ts';
import { chooseIds } from '../sandbox/rootfs/ids.ts';
import { readyRootfs } from '../sandbox/rootfs/rootfs.ts';
import { inventoryNames } from '../sandbox/ssh/inventory.ts';
import { sayLines } from './help.ts';
import type { ExitCode, Io } from './io.ts';
import type { DoctorOptions } from './options.ts';

const STATES = ['ok', 'limited', 'no'] as const;

interface Finding {
  name: string;
  /** `no`: lessons cannot run; `limited`: some cannot. */
  state: 'ok' | 'limited' | 'no';
  found: string;
  next: readonly string[];
}

export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const findings = [node(), ids(), memory(), rootfs()];
  for (const trouble of knownTroubles(embeddedProgram())) {
    findings.push({ name: trouble.code, state: 'no', found: trouble.summary, next: trouble.next });
  }
  const available = await options.driver.available();
  findings.push(finding(options.driver, available, 'no'));
  // a machine of the user's is not entered for this question
  if (available.ok && !options.driver.risks && readyRootfs()) findings.push(...(await kernel(options)));
  findings.push(...(await otherDrivers(options.driver.name)));
  if (options.json) io.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else {
    const say = await commandSay(options.lang, io.env);
    for (const finding of findings) io.stdout.write(line(finding, say));
  }
  return available.ok ? 0 : 3;
}

function finding(
  driver: SandboxDriver,
  { ok, summary, next }: Availability,
  state: 'limited' | 'no',
): Finding {
  return { name: `sandbox ${driver.name}`, state: ok ? 'ok' : state, found: summary, next };
}

/** Each driver that was not asked for, each sandbox of the inventory: without them lessons still run. */
async function otherDrivers(asked: string): Promise<Finding[]> {
  const names = driverNames.flatMap((name) => (name === 'ssh' ? inventoryNames() : [name]));
  const drivers = await Promise.all(names.filter((name) => name !== asked).map(getDriver));
  return Promise.all(drivers.map(async (driver) => finding(driver, await driver.available(), 'limited')));
}

function line(finding: Finding, say: Say): string {
  const mark = { ok: '✓', limited: '-', no: '✗' }[finding.state];
  // The widest of the words in its language.
  const wide = Math.max(...STATES.map((state) => textWidth(say(state))));
  const word = say(finding.state);
  const pad = ' '.repeat(wide - textWidth(word));
  const found = sayLines(finding.found, say).replaceAll('\n', '\n          ');
  const next = finding.next.map((one) => `            ${say(one)}\n`).join('');
  return `${mark} ${word}${pad} ${say(finding.name)}: ${found}\n${next}`;
}

function node(): Finding {
  return {
    name: 'node',
    state: 'ok',
    found: `${process.version}, ${process.platform}-${process.arch}`,
    next: [],
  };
}

function ids(): Finding {
  const map = chooseIds();
  if (map.ids === 'root')
    return {
      name: 'ids',
      state: 'ok',
      found: `you are root; inside is ids ${map.uid} and up, never the machine's root`,
      next: [],
    };
  if (map.ids === 'full')
    return { name: 'ids', state: 'ok', found: `a full map (${map.subuid} of /etc/subuid)`, next: [] };
  return {
    name: 'ids',
    state: 'limited',
    found: 'one id: files inside can belong to root alone',
    next: [
      'For a full map: install the package uidmap, and sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $USER',
    ],
  };
}

function memory(): Finding {
  const cgroup = chooseCgroup();
  if (cgroup)
    return {
      name: 'memory',
      state: 'ok',
      found: `a cgroup (version ${cgroup.version}) of its own holds a sandbox`,
      next: [],
    };
  return {
    name: 'memory',
    state: 'limited',
    found:
      'no cgroup was given to you: a look every 0.4 s ends the largest process of a sandbox that is over its limit',
    next: existsSync('/run/systemd/system') ? ['systemd-run --user --scope wirebook'] : [],
  };
}

function rootfs(): Finding {
  const ready = readyRootfs();
  if (!ready)
    return {
      name: 'root file system',
      state: 'limited',
      found: 'not made yet',
      next: ['wirebook sandbox prepare'],
    };
  if (ready.own)
    return {
      name: 'root file system',
      state: 'limited',
      found: "none: this machine's own tools are used, read-only",
      next: ['Set WIREBOOK_IMAGE to an archive made with `wirebook sandbox image`.'],
    };
  return { name: 'root file system', state: 'ok', found: ready.path, next: [] };
}

async function kernel(options: DoctorOptions): Promise<Finding[]> {
  await using sandbox = await options.driver.create({ hosts: [{ name: 'host' }] });
  const there = await probeFeatures(sandbox, 'host', Object.keys(FEATURES));
  return Object.entries(FEATURES).map(([name, feature]) => ({
    name: `kernel ${name}`,
    state: there[name] ? ('ok' as const) : ('limited' as const),
    found: there[name]
      ? feature.summary
      : `not here: ${feature.summary}; lessons that need it skip those cells`,
    next: there[name] ? [] : feature.next,
  }));
}
