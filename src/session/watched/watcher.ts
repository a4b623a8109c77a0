/**
 * Watches the sandbox while the learner works in a shell of their own, and tells which checks of the cell they are at
 * have come to hold. When to look says pace.ts, what a look comes to verdicts.ts; here is only the looking.
 */
import type { Verdict } from '../../check/model.ts';
import { type Need, needKey, type Observation } from '../../check/observation.ts';
import type { Cell } from '../../lesson/model.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import { lookShortly } from '../before-look.ts';
import { checkCell } from '../check-cell.ts';
import { type Asked, type CheckEngine, checkEngine } from '../engine.ts';
import type { EventOf, SessionEvent } from '../events.ts';
import { readVariables } from '../variables.ts';
import { fingerprint } from './fingerprint.ts';
import { AT_REST, looking, nextLook, type Pace, type Stir, stirred } from './pace.ts';
import { newsOf, provable, type Seen, unclear, watchedChecks, wholeOf } from './verdicts.ts';

/** The cell that the learner is at, and what is known of it. */
export interface Target {
  cell: Cell;
  verdicts: readonly Verdict[];
  /** Ids of checks that held in an earlier sandbox. */
  ofBefore: readonly string[];
  /** Every cell before it is done: nothing but the learner's work can have made its checks hold. */
  inOrder: boolean;
}

export interface WatcherOptions {
  clock: Clock;
  engine?: CheckEngine;
  /** Undefined while there is nothing to watch: no cell, or one that is done. */
  target: () => Target | undefined;
  /** The sandbox as it stands; undefined while it is away or not brought to where the learner is. */
  sandbox: () => Sandbox | undefined;
  /** A cell runs or is checked: not now. */
  busy: () => boolean;
  /** Changes whenever a cell may have run: what was seen before is then nobody's work by hand. */
  generation: () => number;
  emit: (event: SessionEvent) => void;
}

/** Busy now: asked again after so long. */
const AGAIN_MS = 300;
/** Without a change of what is passively seen, probes are sent at most this often, and only after a command. */
const PROBES_MS = 3000;
/** What is to hold all along is looked at in full length, where a short look does not say, at most this often. */
const FULL_MS = 4000;

type Watched = Omit<EventOf<'checks-watched'>, 'at' | 'type' | 'cell'>;

export class Watcher {
  readonly #options: WatcherOptions;
  readonly #stop = new AbortController();
  #pace: Pace = AT_REST;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #cell: string | undefined;
  /** Told of the cell by this watcher. */
  #told = new Map<string, Verdict['state']>();
  /** The cell's checks were seen not to hold, all of them together; and which by themselves. */
  #open = false;
  #failing = new Set<string>();
  /** What is to hold all along, and was seen to. */
  #held = new Set<string>();
  /** When it was last looked at in full length; undefined before the first look. */
  #fullAt: number | undefined;
  #print = '';
  #probedAt = Number.NEGATIVE_INFINITY;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  stir(what: Stir): void {
    this.#pace = stirred(this.#pace, what, this.#options.clock.monotonic());
    this.#schedule();
  }

  #schedule(): void {
    if (this.#stop.signal.aborted || this.#looking !== undefined) return;
    clearTimeout(this.#timer);
    const due = nextLook(this.#pace);
    if (due === undefined) return;
    this.#timer = setTimeout(() => void this.#tick(), Math.max(0, due - this.#options.clock.monotonic()));
    this.#timer.unref();
  }

  async #tick(): Promise<void> {
    if (this.#options.busy()) {
      this.#timer = setTimeout(() => void this.#tick(), AGAIN_MS);
      this.#timer.unref();
      return;
    }
    await this.look();
    this.#schedule();
  }

  /** Looks now, as after a shell has ended. Never rejects: a sandbox that is lost says so elsewhere. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { clock, generation, emit } = this.#options;
    const began = clock.monotonic();
    this.#pace = looking(this.#pace, began);
    const sandbox = this.#options.sandbox();
    const target = this.#options.target();
    if (sandbox === undefined || target === undefined || this.#options.busy()) return;
    const before = generation();
    const { cell } = target;
    if (cell.id !== this.#cell) this.#begin(target);
    try {
      const news = await this.#see(sandbox, target);
      // Meanwhile a cell was run, or the learner has gone elsewhere: what was seen is of another moment.
      if (news === undefined || generation() !== before || this.#stop.signal.aborted) return;
      if (this.#options.target()?.cell !== cell) return;
      for (const verdict of news.verdicts) this.#told.set(verdict.check, verdict.state);
      for (const check of news.withdrawn) this.#told.delete(check);
      emit({ at: clock.now(), type: 'checks-watched', cell: cell.id, ...news });
    } catch {
      this.#print = '';
    }
  }

  #begin({ cell, ofBefore }: Target): void {
    this.#cell = cell.id;
    this.#told = new Map(ofBefore.map((check) => [check, 'pass']));
    this.#open = false;
    this.#failing = new Set();
    this.#held = new Set();
    this.#fullAt = undefined;
    this.#print = '';
    this.#probedAt = Number.NEGATIVE_INFINITY;
  }

  /** Another sandbox, or the same put back: nothing that was seen counts any more. */
  forget(): void {
    this.#cell = undefined;
  }

  async #see(sandbox: Sandbox, { cell, verdicts, inOrder }: Target): Promise<Watched | undefined> {
    const { engine = checkEngine } = this.#options;
    const checks = watchedChecks(cell);
    if (checks.length === 0) return undefined;
    const values = await readVariables(sandbox, cell, undefined);
    const asked: Asked[] = checks.map((check) => ({ check, values: values(check) }));
    const needs = engine.needs(asked, sandbox.hosts);
    const began = this.#options.clock.monotonic();
    const observation = await this.#observe(sandbox, needs);
    // To wait for an answer that does not come, as a look in full length does, costs the machine nothing.
    this.#pace = { ...this.#pace, lookMs: this.#options.clock.monotonic() - began };
    if (observation === undefined) return undefined;
    const seen = asked.map((one): Seen => {
      const verdict = engine.judge(one.check, { observation, values: one.values });
      if (verdict.state === 'fail') this.#failing.add(one.check.id);
      const earned = !one.check.invariant && (inOrder || this.#failing.has(one.check.id));
      return {
        verdict,
        earned,
        kept: one.check.invariant,
        cut: engine.needs([one], sandbox.hosts).some(({ read }) => read === 'probe'),
      };
    });
    const whole = wholeOf(
      seen,
      checks.some((check) => check.holdsMs > 0),
    );
    if (whole === 'open') this.#open = true;
    if (whole !== 'open' && provable(cell) && (this.#open || inOrder)) {
      const passed =
        whole === 'holds' ? { verdicts: seen.map(({ verdict }) => verdict), observation } : undefined;
      const sure = passed ?? (await this.#confirm(sandbox, cell));
      if (sure) return { ...sure, withdrawn: [], passed: true };
    }
    const news = newsOf(seen, verdicts, this.#told, await this.#keptOf(sandbox, cell, seen));
    if (news.verdicts.length === 0 && news.withdrawn.length === 0) return undefined;
    return { ...news, passed: false, observation };
  }

  /** What is passive first: only when it has changed, or now and then, is anything sent over the network. */
  async #observe(sandbox: Sandbox, needs: readonly Need[]): Promise<Observation | undefined> {
    const probes = needs.some(({ read }) => read === 'probe');
    const passive = needs.filter(({ read }) => read !== 'probe');
    const all = new Map(passive.map((need) => [needKey(need), need]));
    if (probes)
      for (const host of sandbox.hosts)
        for (const read of ['ip', 'bridge', 'nft', 'listen'] as const)
          all.set(needKey({ read, host }), { read, host });
    const observation = await sandbox.observe([...all.values()]);
    const print = fingerprint(observation);
    const changed = print !== this.#print;
    this.#print = print;
    if (!probes) return changed ? observation : undefined;
    const now = this.#options.clock.monotonic();
    const due = this.#pace.enteredAt > this.#probedAt && now - this.#probedAt >= PROBES_MS;
    if (!changed && !due) return undefined;
    this.#probedAt = now;
    return lookShortly(sandbox, needs);
  }

  /** In full length and with `holds`, unseen: only when all of it holds is anything told. */
  async #confirm(
    sandbox: Sandbox,
    cell: Cell,
  ): Promise<Pick<Watched, 'verdicts' | 'observation'> | undefined> {
    const checks = watchedChecks(cell).map((check) => ({ ...check, withinMs: 0 }));
    const { verdicts, observation } = await this.#inFull(sandbox, cell, checks, this.#options.engine);
    return verdicts.every(({ state }) => state === 'pass') ? { verdicts, observation } : undefined;
  }

  /**
   * What is to hold all along, and this look leaves open: looked at again with all the time that it may take. Only what
   * was seen to hold can be broken.
   */
  async #keptOf(sandbox: Sandbox, cell: Cell, seen: readonly Seen[]): Promise<ReadonlyMap<string, Verdict>> {
    for (const { verdict, kept } of seen) if (kept && verdict.state === 'pass') this.#held.add(verdict.check);
    const { clock, engine = checkEngine } = this.#options;
    const isFirst = this.#fullAt === undefined;
    const ids = new Set(unclear(seen, this.#held, this.#told, isFirst));
    const due = this.#fullAt === undefined || clock.monotonic() - this.#fullAt >= FULL_MS;
    this.#fullAt ??= clock.monotonic() - FULL_MS;
    if (ids.size === 0 || !due) return new Map();
    const checks = watchedChecks(cell)
      .filter(({ id }) => ids.has(id))
      .map((check) => {
        // what may have been broken has the time that it may take; else how it is now is all that is asked
        const isSuspect = this.#held.has(check.id) && this.#told.get(check.id) !== 'fail';
        return { ...check, withinMs: isSuspect ? Math.min(check.withinMs, FULL_MS) : 0 };
      });
    // which of them, and no more: why is for the learner to find out
    const mute: CheckEngine = { ...engine, explainNeeds: () => [], explain: () => undefined };
    const { verdicts } = await this.#inFull(sandbox, cell, checks, mute);
    this.#fullAt = clock.monotonic();
    const sure = verdicts.filter(({ check, state }) => state === 'pass' || this.#held.has(check));
    for (const { check, state } of sure) if (state === 'pass') this.#held.add(check);
    return new Map(sure.map((each) => [each.check, each]));
  }

  async #inFull(
    sandbox: Sandbox,
    cell: Cell,
    expects: Cell['expects'],
    engine: CheckEngine | undefined,
  ): Promise<{ verdicts: readonly Verdict[]; observation: Observation | undefined }> {
    let observation: Observation | undefined;
    const verdicts = await checkCell({
      sandbox,
      cell: { ...cell, expects },
      emit: (event) => {
        if (event.type === 'checks-finished') observation = event.observation;
      },
      clock: this.#options.clock,
      signal: this.#stop.signal,
      ...(engine ? { engine } : {}),
    });
    return { verdicts, observation };
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }
}
