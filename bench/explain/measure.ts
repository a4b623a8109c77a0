/** A fault put into a network of the drills, on a real sandbox: what stops, what is named as the cause, what mends it. */
import { confirmNeedsOf, explainCheck, explainNeedsOf, judgeCheck, needsOf } from '../../src/check/judge.ts';
import type { Check } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { CATALOGUE } from '../../src/drill/catalogue.ts';
import type { Fault, Network } from '../../src/drill/model.ts';
import { NETWORKS } from '../../src/drill/networks.ts';
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
}

/** A network and one or two of its faults, by the seed alone. Two faults are of different kinds and stop a flow in common. */
export function caseOf(seed: string, count: 1 | 2): Case {
  for (let turn = 0; ; turn++) {
    const random = randomOf(`${seed}/${turn}`);
    const network = NETWORKS[random.pick(Object.keys(NETWORKS))]!(random);
    const makers = random.several(CATALOGUE, CATALOGUE.length);
    const faults: Fault[] = [];
    for (const maker of makers) {
      const fault = faults.length < count ? maker(network, random) : undefined;
      if (
        fault &&
        faults.every(
          (other) => other.topic !== fault.topic && other.stops.some((id) => fault.stops.includes(id)),
        )
      )
        faults.push(fault);
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
  const stops = new Set(faults.flatMap(({ stops }) => stops));
  const broken = await surelyFailing(sandbox, network, stops);
  const needs = explainNeedsOf(broken.checks, sandbox.hosts);
  const observation = mergeObservations(
    broken.observation,
    needs.length > 0 ? await sandbox.observe(needs) : undefined,
  );
  const causes: Record<string, string> = {};
  for (const check of broken.checks) {
    const first = explainCheck(check, observation);
    const more = first?.unsure ? await sandbox.observe(confirmNeedsOf([check], sandbox.hosts)) : undefined;
    const last = more ? explainCheck(check, mergeObservations(observation, more)) : first;
    causes[check.id] = last?.cause ?? '(nothing)';
  }
  for (const fault of [...faults].reverse()) await run(fault.mend);
  const after = await surelyFailing(sandbox, network, none);
  const ids = (checks: readonly Check[]) => checks.map(({ id }) => id);
  return {
    ...one,
    before: ids(before.checks),
    stopped: ids(broken.checks),
    after: ids(after.checks),
    causes,
  };
}

/** Which flows the right cause was named for first. Of two faults, either one may come first on the way. */
export function named({
  faults,
  causes,
}: Outcome): { flow: string; right: boolean; unsure: boolean; cause: string }[] {
  return Object.entries(causes).map(([flow, cause]) => ({
    flow,
    cause,
    right: faults.some((fault) => fault.cause.test(cause)),
    unsure: /^Nothing wrong was found/.test(cause),
  }));
}
