/**
 * Holds checks against an observation: variables put in, `not` applied, a verdict made. Pure.
 *
 * `broken` is never turned round: a negated check whose probe could not run has not held.
 */
import { substitute, variablesOf } from '../lesson/substitute.ts';
import { fail } from './define.ts';
import { confirmed } from './explain/confirm.ts';
import { kinds } from './kinds.ts';
import type {
  Asking,
  CellOutcome,
  Check,
  CheckKind,
  Explanation,
  Judgement,
  Look,
  Need,
  Observation,
  Verdict,
} from './model.ts';
import { needKey } from './observation.ts';
import { findHost, findNetns } from './place.ts';

/** Variables of the shell by name; null when unset. */
export type Variables = Readonly<Record<string, string | null>>;
/** The same for every check, or each check's own. */
export type VariablesOf = Variables | ((check: Check) => Variables);

/** How often and how long it was looked at. */
export interface Effort {
  looks: number;
  durationMs: number;
}

function kindOf(check: Check): CheckKind {
  const kind = kinds.get(check.kind);
  // The parser lets no other kind through.
  if (!kind) throw new TypeError(`No kind of check is called ${check.kind}.`);
  return kind;
}

type Prepared = { ok: true; spec: unknown } | { ok: false; why: string; advice: string };

/** Puts the variables in. One that is unset or empty is the end of it: what is left would assert something else. */
function prepare(check: Check, variables: Variables): Prepared {
  const { spec, missing } = substitute(check.spec, variables);
  if (missing.length > 0) {
    const names = missing.join(', ');
    return {
      ok: false,
      why: `the cells’ shell has no variable ${names}`,
      advice:
        'Set it in the cell: a shell beside the lesson has variables of its own, and one that ended took its with it.',
    };
  }
  const empty = variablesOf(check.spec).filter((name) => variables[name]?.trim() === '');
  if (empty.length === 0) return { ok: true, spec };
  return {
    ok: false,
    why: `the variable ${empty.join(', ')} of the cells’ shell is empty`,
    advice: 'Look at the command that was to fill it: what does it print by itself?',
  };
}

const valuesOf = (check: Check, variables: VariablesOf): Variables =>
  typeof variables === 'function' ? variables(check) : variables;

function unique(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [needKey(need), need])).values()];
}

const askingOf = ({ host, netns }: Check, hosts: readonly string[]): Asking => ({ host, netns, hosts });

/** What each check wants observed, each thing once. A check whose variables are not set needs nothing. */
const needing =
  (wants: (kind: CheckKind, spec: unknown, asking: Asking, check: Check) => readonly Need[]) =>
  (checks: readonly Check[], hosts: readonly string[], variables: VariablesOf = {}): Need[] =>
    unique(
      checks.flatMap((check) => {
        const prepared = prepare(check, valuesOf(check, variables));
        return prepared.ok ? wants(kindOf(check), prepared.spec, askingOf(check, hosts), check) : [];
      }),
    );

/** To be judged. */
export const needsOf = needing((kind, spec, asking) => kind.needs(spec, asking));

/** Of failed checks, to explain themselves; what they were judged by is among it. */
export const explainNeedsOf = needing((kind, spec, asking, check) => {
  if (check.not) return [];
  // A namespace that is missing is explained by the list of those that are there.
  if (!kind.explain) return check.netns === '' ? [] : [{ read: 'netns', host: check.host }];
  return [...kind.needs(spec, asking), ...(kind.explainNeeds?.(spec, asking) ?? [])];
});

/** The probes of a check, to be tried once more while every packet is watched. */
const tracesOf = (kind: CheckKind, spec: unknown, asking: Asking): Need[] =>
  kind
    .needs(spec, asking)
    .flatMap((need) =>
      need.read === 'probe' || need.read === 'trace' ? [{ ...need, read: 'trace' as const }] : [],
    );

/** What would show more where an explanation is unsure; nothing for checks that send no packet. */
export const confirmNeedsOf = needing(tracesOf);

/** Why there is no ground to judge on: no such host, no such namespace. */
function groundless(
  check: Check,
  kind: CheckKind,
  spec: unknown,
  look: Look,
  expected: string,
): Judgement | undefined {
  const asking = askingOf(check, Object.keys(look.observation.hosts));
  if (kind.needs(spec, asking).length === 0) return undefined;
  // A `netns` check asks the host for its list; `in:` says nothing of it.
  const found =
    kind.name === 'netns' || check.netns === '' ? findHost(look, expected) : findNetns(look, expected);
  return found.ok ? undefined : found.judgement;
}

function turnRound(judgement: Judgement): Judgement {
  const expected = `not so: ${judgement.expected}`;
  if (judgement.state === 'broken' || judgement.final) return { ...judgement, expected };
  return { ...judgement, state: judgement.state === 'pass' ? 'fail' : 'pass', expected, differences: [] };
}

/** What is there would be the answer. That there is nothing to look at, such as a variable that is not set, is said. */
function unsaid({ says }: Check, judgement: Judgement): Judgement {
  const expected = says ?? judgement.expected;
  return {
    ...judgement,
    expected,
    found: 'not what is asked for; what it is instead is for you to find out',
    differences: [],
  };
}

export function judgeCheck(
  check: Check,
  observation: Observation,
  cell?: CellOutcome,
  variables: Variables = {},
  effort: Effort = { looks: 1, durationMs: 0 },
): Verdict {
  const kind = kindOf(check);
  const prepared = prepare(check, variables);
  const spec = prepared.ok ? prepared.spec : check.spec;
  const described = kind.describe(spec, { host: check.host, netns: check.netns });
  const look: Look = { host: check.host, netns: check.netns, observation, cell };
  const plain: Judgement = prepared.ok
    ? (groundless(check, kind, spec, look, described) ?? kind.judge(spec, look))
    : { ...fail(described, prepared.why), final: true };
  const turned = check.not ? turnRound(plain) : plain;
  const judgement = check.quiet && turned.state === 'fail' && !turned.final ? unsaid(check, turned) : turned;
  return {
    check: check.id,
    kind: check.kind,
    state: judgement.state,
    title: check.says ?? (check.not ? `not so: ${described}` : described),
    expected: judgement.expected,
    found: judgement.found,
    differences: judgement.differences,
    points: check.points,
    looks: effort.looks,
    durationMs: effort.durationMs,
    host: check.host,
    netns: check.netns,
    place: check.place,
  };
}

/** Why a check has failed: the first thing on the way that is wrong. undefined where there is nothing to add. */
export function explainCheck(
  check: Check,
  observation: Observation,
  cell?: CellOutcome,
  variables: Variables = {},
): Explanation | undefined {
  const prepared = prepare(check, variables);
  if (!prepared.ok) {
    const cause = `${prepared.why[0]!.toUpperCase()}${prepared.why.slice(1)}.`;
    return { cause, advice: prepared.advice, steps: [] };
  }
  const kind = kindOf(check);
  const look: Look = { host: check.host, netns: check.netns, observation, cell };
  const ground = groundless(check, kind, prepared.spec, look, '');
  if (ground?.state === 'broken') return undefined;
  if (ground)
    return {
      cause: `There is no network namespace ${check.netns} on ${check.host}.`,
      advice: '`ip netns list` shows those that are there; `ip netns add` makes one.',
      steps: [{ question: `Is there a namespace ${check.netns}?`, answer: 'No.', state: 'wrong' }],
    };
  if (check.quiet) return undefined;
  // What failed because it holds needs no search for what is missing.
  const explanation = check.not ? undefined : kind.explain?.(prepared.spec, look);
  if (!explanation?.unsure) return explanation;
  const asking = askingOf(check, Object.keys(observation.hosts));
  const key = tracesOf(kind, prepared.spec, asking).map(needKey)[0];
  const capture = key === undefined ? undefined : observation.traces?.[key];
  return capture === undefined ? explanation : confirmed(explanation, capture);
}
