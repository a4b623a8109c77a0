/** A fault put into a network of the drills, on a real sandbox: what stops, what is named as the cause, what mends it. */
import { confirmNeedsOf, explainCheck, explainNeedsOf, judgeCheck, needsOf } from '../../src/check/judge.ts';
import type { Check } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { CATALOGUE } from '../../src/drill/catalogue.ts';
import type { Fault, Network } from '../../src/drill/model.ts';
import { NETWORKS } from '../../src/drill/networks.ts';
import { goTogether } from '../../src/drill/pairs.ts';
import { randomOf } from '../../src/drill/random.ts';
import { topologySchema } from '../../src/lesson/topology/schema.ts';
import { topologyScript } from '../../src/lesson/topology/script.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { mergeObservations } from '../../src/session/merge-observations.ts';

export interface Case {
  seed: string;
  network: Network;
  faults: readonly Fault[];
}

export interface Outcome extends Case {
  /** Flows that did not work before the fault: then nothing is measured. */
  before: readonly string[];
  /** Flows that did not work with it. */
  stopped: readonly string[];
  /** Flows that still did not work when it was mended. */
  after: readonly string[];
  /** By stopped flow: what the explanation named. */
  causes: Readonly<Record<string, string>>;
  /** Of two faults, once the one that was named first for most flows is mended: what was named for the rest. */
  then?: Readonly<{ left: Fault; causes: Readonly<Record<string, string>> }>;
}

const ALL = Object.keys(NETWORKS);

/** A network and one or two of its faults, by the seed alone. Two faults are such as go together. */
export function caseOf(seed: string, count: 1 | 2, among: readonly string[] = ALL): Case {
  for (let turn = 0; ; turn++) {
    const random = randomOf(`${seed}/${turn}`);
    const network = NETWORKS[random.pick(among)]!(random);
    const makers = random.several(CATALOGUE, CATALOGUE.length);
    const faults: Fault[] = [];
    for (const maker of makers) {
      const fault = faults.length < count ? maker(network, random) : undefined;
      if (fault && faults.every((other) => goTogether(other, fault))) faults.push(fault);
    }
    if (faults.length === count) return { seed, network, faults };
  }
}

/** A named fault, in the first network by the seed that has a place for it. */
export function caseWith(seed: string, id: string): Case {
  for (let turn = 0; turn < 500; turn++) {
    const random = randomOf(`${seed}/${turn}`);
    const network = NETWORKS[random.pick(Object.keys(NETWORKS))]!(random);
    for (const maker of CATALOGUE) {
      const fault = maker(network, random);
      if (fault?.id === id) return { seed, network, faults: [fault] };
    }
  }
  throw new Error(`There is no place for the fault ${id}.`);
}

/** Every fault in every network that has a place for it, some times over. */
export function everyCase(seed: string, times: number, among: readonly string[] = ALL): Case[] {
  const cases: Case[] = [];
  for (let time = 0; time < times; time++)
    for (const id of among)
      for (const [at, maker] of CATALOGUE.entries()) {
        const name = `${seed}/${time}/${id}/${at}`;
        const random = randomOf(name);
        const network = NETWORKS[id]!(random);
        // some have no place by the luck of the draw
        for (let turn = 0; turn < 8; turn++) {
          const fault = maker(network, random);
          if (fault === undefined) continue;
          cases.push({ seed: name, network, faults: [fault] });
          break;
        }
      }
  return cases;
}

export function checkOf(network: Network, id: string): Check {
  const flow = network.flows.find((each) => each.id === id)!;
  const [kind] = Object.keys(flow.check);
  const parsed = vocabulary.parse(kind!, flow.check);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return {
    id,
    kind: kind!,
    host: 'host',
    netns: flow.from,
    withinMs: 0,
    holdsMs: 0,
    not: false,
    points: 0,
    invariant: false,
    spec: parsed.spec,
    variables: [],
    place: { file: '', line: 1, column: 1 },
  };
}

async function failing(sandbox: Sandbox, network: Network) {
  const checks = network.flows.map(({ id }) => checkOf(network, id));
  const observation = await sandbox.observe(needsOf(checks, sandbox.hosts));
  const verdicts = checks.map((check) => judgeCheck(check, observation));
  const broken = verdicts.find(({ state }) => state === 'broken');
  if (broken) throw new Error(`broken: ${broken.found}`);
  return { observation, checks: checks.filter((_, i) => verdicts[i]!.state === 'fail') };
}

const LOOKS = 4;

/** What works once works: on a machine that is busy with other things a probe may come too late. */
async function surelyFailing(sandbox: Sandbox, network: Network, expected: ReadonlySet<string>) {
  let seen = await failing(sandbox, network);
  for (let look = 1; look < LOOKS && seen.checks.some(({ id }) => !expected.has(id)); look++) {
    const again = await failing(sandbox, network);
    const still = new Set(again.checks.map(({ id }) => id));
    seen = { observation: again.observation, checks: seen.checks.filter(({ id }) => still.has(id)) };
  }
  return seen;
}

/** What the explanation names for each check that fails, as a session asks for it: confirmed by a trace where it is unsure. */
async function explained(sandbox: Sandbox, seen: Awaited<ReturnType<typeof failing>>) {
  const needs = explainNeedsOf(seen.checks, sandbox.hosts);
  const observation = mergeObservations(
    seen.observation,
    needs.length > 0 ? await sandbox.observe(needs) : undefined,
  );
  const causes: Record<string, string> = {};
  for (const check of seen.checks) {
    const first = explainCheck(check, observation);
    const more = first?.unsure ? await sandbox.observe(confirmNeedsOf([check], sandbox.hosts)) : undefined;
    const last = more ? explainCheck(check, mergeObservations(observation, more)) : first;
    causes[check.id] = last?.cause ?? '(nothing)';
  }
  return causes;
}

const idsOf = (checks: readonly Check[]) => checks.map(({ id }) => id);
const stopsOf = (faults: readonly Fault[]) => new Set(faults.flatMap(({ stops }) => stops));

export async function measure(one: Case): Promise<Outcome> {
  await using sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
  const run = async (text: string) => {
    const result = await sandbox.run('host', text, { timeoutMs: 20_000 });
    if (result.exit !== 0 || result.stderr !== '')
      throw new Error(`${text}\n${result.stderr} (${result.exit})`);
  };
  const { network, faults } = one;
  await run(topologyScript(topologySchema.parse(network.topology)));
  await run(network.more);
  const none = new Set<string>();
  const before = await surelyFailing(sandbox, network, none);
  for (const fault of faults) await run(fault.break);
  const broken = await surelyFailing(sandbox, network, stopsOf(faults));
  const causes = await explained(sandbox, broken);
  // the last one that was put in is taken out first, unless the other one was named
  let open = [...faults].reverse();
  let then: Outcome['then'];
  const [first] = open.toSorted((a, b) => namings(b, causes) - namings(a, causes));
  if (faults.length === 2 && first !== undefined) {
    await run(first.mend);
    open = open.filter((fault) => fault !== first);
    const [left] = open;
    const still = await surelyFailing(sandbox, network, stopsOf(open));
    then = { left: left!, causes: await explained(sandbox, still) };
  }
  for (const fault of open) await run(fault.mend);
  const after = await surelyFailing(sandbox, network, none);
  return {
    ...one,
    before: idsOf(before.checks),
    stopped: idsOf(broken.checks),
    after: idsOf(after.checks),
    causes,
    ...(then === undefined ? {} : { then }),
  };
}

/** For how many flows that it stops a fault was named. */
const namings = (fault: Fault, causes: Readonly<Record<string, string>>) =>
  fault.stops.filter((id) => fault.cause.test(causes[id] ?? '')).length;

export interface Naming {
  flow: string;
  right: boolean;
  unsure: boolean;
  cause: string;
}

/**
 * Which flows the right cause was named for first: a fault that stops this very flow. Of two such, either one may come
 * first on the way; once one is mended, the other must be named for what it alone still stops.
 */
export function named({ faults, causes, then }: Outcome): Naming[] {
  const of = (all: Outcome['causes'], among: readonly Fault[]) =>
    Object.entries(all).map(([flow, cause]) => ({
      flow,
      cause,
      right: among.some((fault) => fault.stops.includes(flow) && fault.cause.test(cause)),
      unsure: /^Nothing wrong was found/.test(cause),
    }));
  return [...of(causes, faults), ...(then === undefined ? [] : of(then.causes, [then.left]))];
}
