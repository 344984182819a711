import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Delivery, RunOrder } from '@mailpath/protocol';
import { claimsOf, tokensFor } from './mail-site.ts';
import { type Identity, resultOf, ScriptedAgent } from './scripted-agent.ts';

const ROUND = 3;
const PAUSE_MS = 20;
/** So long it is at what it was lent a mailbox for. */
const HOLD_MS = 100;

/** Who holds which mailbox at this moment, over all agents, and how often two did at once. */
export class Holders {
  readonly #holders = new Map<string, string>();
  readonly clashes: string[] = [];

  take(mailbox: string, name: string): void {
    const other = this.#holders.get(mailbox);
    if (other !== undefined && other !== name) this.clashes.push(`${mailbox}: ${other} and ${name}`);
    this.#holders.set(mailbox, name);
  }

  giveBack(name: string): void {
    for (const [mailbox, holder] of this.#holders) if (holder === name) this.#holders.delete(mailbox);
  }
}

/**
 * An agent as real ones behave: it hands in a round after the other, keeps what is not acknowledged and sends it again
 * on its next connection, and does what it is asked. It goes on until it is stopped and everything is acknowledged.
 */
export class SteadyAgent {
  readonly boot = randomUUID();
  /** How its connections ended so far. */
  readonly closings: number[] = [];
  /** Connections that it has had. */
  joins = 0;
  /** The last `everySeconds` that it was told. */
  everySeconds = 0;
  readonly runIds = new Set<string>();
  #agent: ScriptedAgent | undefined;
  #kept: Delivery[] = [];
  #sequence = 0;
  #stopping = false;
  readonly #done: Promise<void>;

  constructor(
    readonly name: string,
    readonly identity: Identity,
    private readonly url: string,
    private readonly holders: Holders,
  ) {
    this.#done = this.#live();
  }

  /** Results that it has made so far. */
  get made(): number {
    return this.#sequence;
  }

  get isJoined(): boolean {
    return this.#agent !== undefined;
  }

  /** Resolves when everything it has made is acknowledged. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#done;
  }

  async #live(): Promise<void> {
    while (!this.#stopping || this.#kept.length > 0) {
      try {
        this.#agent = await ScriptedAgent.join(this.url, this.identity, this.boot);
      } catch (error) {
        const code = / closed with (\d+)/.exec(` ${(error as Error).message}`)?.[1];
        if (code !== undefined) this.closings.push(Number(code));
        await setTimeout(PAUSE_MS); // no instance yet, or one that stops at this moment
        continue;
      }
      this.joins += 1;
      const agent = this.#agent;
      const closed = agent.closed().then(({ code }) => code);
      try {
        while (!this.#stopping || this.#kept.length > 0) await this.#round(agent);
        await agent.leave();
      } catch {
        this.holders.giveBack(this.name);
        this.closings.push(await closed);
      }
      this.#agent = undefined;
    }
  }

  /** Throws when the connection ends. */
  async #round(agent: ScriptedAgent): Promise<void> {
    for (const _ of agent.unread('assignment'))
      ({ everySeconds: this.everySeconds } = await agent.next('assignment'));
    const held: RunOrder[] = [];
    for (const _ of agent.unread('run')) held.push(await agent.next('run'));
    for (const order of held) await this.#do(agent, order);
    if (!this.#stopping && this.#kept.length === 0)
      for (let i = 0; i < ROUND; i += 1) this.#keep({ runId: null, result: resultOf() });
    const { sequence } = await agent.deliver(this.#kept.slice(0, 100), this.boot);
    this.#kept = this.#kept.filter((delivery) => delivery.sequence > sequence);
    await setTimeout(PAUSE_MS);
  }

  async #do(agent: ScriptedAgent, order: RunOrder): Promise<void> {
    this.runIds.add(order.runId);
    const mailbox = order.lease?.userName;
    if (mailbox !== undefined) {
      this.holders.take(mailbox, this.name);
      await Promise.race([setTimeout(HOLD_MS), agent.closed()]);
      agent.send('tokens', tokensFor(order, this.name));
    }
    for (const { check, target } of order.tasks) {
      const evidence = check.startsWith('token.') ? { claims: claimsOf(target.mailbox ?? '') } : {};
      this.#keep({ runId: order.runId, result: resultOf({ check, target, evidence }) });
    }
    // From here on the API may end the lease, and lend the mailbox to the next.
    if (mailbox !== undefined) this.holders.giveBack(this.name);
  }

  #keep(delivery: Omit<Delivery, 'sequence'>): void {
    this.#sequence += 1;
    this.#kept.push({ ...delivery, sequence: this.#sequence });
  }
}
