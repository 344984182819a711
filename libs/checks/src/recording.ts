import type { Evidence, Phase, PhaseTiming, Target } from '@mailpath/protocol';
import type { CheckRun, Facts, Section } from './check.ts';
import { stopwatch } from './deadline.ts';

type Sections = { [Name in Section]?: Facts<Name> };

/** What one attempt of a check writes down: its phases, facts and warnings. Closed, it takes nothing more. */
export class Recording implements CheckRun {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly phases: PhaseTiming[] = [];
  readonly warnings: string[] = [];
  /** The step that came to its end last. */
  last: PhaseTiming = { name: 'resolve', ms: 0 };
  readonly #onPhase: (phase: Phase) => void;
  readonly #evidence: Sections = {};
  #current: { name: Phase; elapsed: () => number } | null = null;
  #closed = false;

  constructor(target: Target, signal: AbortSignal, onPhase: (phase: Phase) => void = () => undefined) {
    this.target = { ...target };
    this.signal = signal;
    this.#onPhase = onPhase;
  }

  get evidence(): Readonly<Sections> {
    return this.#evidence;
  }

  /** The step that is under way, or the last one. */
  get step(): Phase {
    return this.#current?.name ?? this.last.name;
  }

  async phase<T>(name: Phase, work: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.#current = { name, elapsed: stopwatch() };
    this.#onPhase(name);
    try {
      return await work();
    } finally {
      this.leavePhase();
    }
  }

  /** Notes a step that others carried out. */
  addPhase(timing: PhaseTiming): void {
    this.phases.push(timing);
    this.last = timing;
  }

  leavePhase(): void {
    if (!this.#current || this.#closed) return;
    this.addPhase({ name: this.#current.name, ms: this.#current.elapsed() });
    this.#current = null;
  }

  record<Name extends Section>(section: Name, facts: Facts<Name>): void {
    // A check that was left behind may still go on; its result is no longer its to change.
    if (!this.#closed) this.#evidence[section] = { ...this.#evidence[section], ...facts };
  }

  warn(reason: string): void {
    if (!this.#closed) this.warnings.push(reason);
  }

  close(): void {
    this.leavePhase();
    this.#closed = true;
  }

  /**
   * The sections that have a name are evidence; the schema's open end for newer agents keeps the compiler from seeing
   * it.
   */
  evidenceWith(more: Sections = {}): Evidence {
    return { ...this.#evidence, ...more } as Evidence;
  }
}
