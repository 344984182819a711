import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Child, PartFailed, startChild } from './child.ts';

const scriptOf = (app: string): string =>
  fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));

/** The programs that a launcher starts. */
export const SCRIPTS = { api: scriptOf('api'), agent: scriptOf('agent'), 'stand-in': scriptOf('stand-in') };

/** What is started, and under which name it is spoken of. */
export interface Part {
  name: string;
  script: keyof typeof SCRIPTS;
  args?: readonly string[];
  logFile: string;
  env?: Record<string, string>;
}

const Listening = z.object({ event: z.literal('listening'), url: z.url() });

/** The API ends its database, also when it is stopped in the middle of making one. */
const API_GRACE_MS = 60_000;

/** The processes of one launcher, which it stops in order. */
export class Parts {
  readonly #children: { name: string; child: Child; logFile: string }[] = [];
  readonly #afterwards: (() => Promise<void>)[] = [];
  readonly #onStart: ((pid: number) => void)[] = [];
  #stopping: Promise<void> | undefined;

  /** Refuses once the parts are being stopped, so that nothing begins that nobody would end. */
  start({ name, script, args = [], logFile, env = {} }: Part): Child {
    if (this.#stopping) throw new Error(`${name} is not started any more: everything is being stopped`);
    const child = startChild(SCRIPTS[script], args, logFile, env);
    this.#children.push({ name, child, logFile });
    for (const tell of this.#onStart) tell(child.pid);
    return child;
  }

  /** Starts the API with its database; answers its address when it listens. */
  async startApi(logFile: string, env: Record<string, string>): Promise<string> {
    const child = this.start({ name: 'the API', script: 'api', logFile, env });
    return Listening.parse(await child.ready).url;
  }

  /** Starts an agent that is enrolled in that folder; resolves when it has joined. */
  async startAgent(
    name: string,
    stateDir: string,
    logFile: string,
    env: Record<string, string> = {},
  ): Promise<void> {
    await this.start({ name, script: 'agent', args: ['run', '--state', stateDir], logFile, env }).ready;
  }

  /** Runs a program to its end; rejects with the end of its log when that is not a good one. */
  async runToEnd(part: Part): Promise<void> {
    const child = this.start(part);
    await child.finished;
    this.#children.splice(
      this.#children.findIndex((each) => each.child === child),
      1,
    );
  }

  /** Tells of every process that is started from now on. */
  onStart(tell: (pid: number) => void): void {
    this.#onStart.push(tell);
  }

  /** To be done when all parts have stopped. */
  afterwards(work: () => Promise<void>): void {
    this.#afterwards.push(work);
  }

  get areStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /**
   * What was started first stops last, so that what the agents still hold reaches the API; the API stops its database.
   */
  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      const [first, ...others] = this.#children.map(({ child }) => child);
      await Promise.all(others.map((child) => child.stop()));
      await first?.stop(API_GRACE_MS);
      for (const work of this.#afterwards) await work();
    })();
    return this.#stopping;
  }

  /** Stays until the parts are stopped; rejects when one of them ends by itself. */
  async untilStopped(): Promise<void> {
    const { name, code, logFile } = await Promise.race(
      this.#children.map(async ({ child, ...part }) => ({ ...part, code: await child.ended })),
    );
    if (this.#stopping) return;
    throw new PartFailed(code, logFile, `A part of Mailpath stopped by itself: ${name}.`);
  }
}
