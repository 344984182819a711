import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Join } from '@mailpath/protocol';
import { GuessLimit } from '../../platform/guess-limit.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { AGENT_KEYS_CHANGED } from '../../estate/sites/site-events.ts';
import { AgentsService, type KnownAgent } from '../../fleet/agents/agents.service.ts';
import { JoinLimit } from '../../estate/connections/join-limit.ts';
import { provesJoin } from '../../estate/connections/join-proof.ts';
import { Turns } from '../../estate/connections/turns.ts';

/**
 * Half of the connections to the database that requests do not have: whoever joins, or pretends to, leaves the rest to
 * those who have.
 */
const LOOK_UPS_AT_A_TIME = 5;
const KEYS_ANEW_AFTER_MS = 5_000;
/**
 * Above the 120 batches that an agent may hand in by HTTPS, each with a proof; one that has lost its line comes ten
 * times a minute.
 */
const PROOFS_A_MINUTE = 150;

/** Who wants to join, from where, and whether anybody still waits for the answer. */
export interface Candidate {
  readonly join: Join;
  readonly nonce: string;
  /** What limits go by, see limitKey(). */
  readonly address: string;
  readonly isAwaited: () => boolean;
}

/**
 * Why somebody is not let in: no agent of ours, or too many of those came before it (`address`), or the agent itself
 * has come too often (`agent`). `gone`: nobody waits any more.
 */
export type Refusal = 'not-known' | 'gone' | { waitSeconds: number; of: 'address' | 'agent' };

/**
 * Asks the database about those who want to join, and spares it those who cannot: keys that were seen once are kept, so
 * that a wrong signature costs no look-up, and unknown agents of an address that has sent many are refused unasked. An
 * agent of ours is known by its key and never by its address, so whoever shares it with strangers still gets in.
 */
@Injectable()
export class JoinDesk implements OnModuleInit {
  readonly #limit = new JoinLimit();
  readonly #proofs = new GuessLimit(undefined, PROOFS_A_MINUTE);
  readonly #turns = new Turns(LOOK_UPS_AT_A_TIME);
  #keys = new Map<string, Uint8Array[]>();
  #keysAnewAt = 0;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly agents: AgentsService,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(AGENT_KEYS_CHANGED, (agentId) => void this.#keys.delete(agentId));
  }

  async prove(candidate: Candidate): Promise<KnownAgent | Refusal> {
    const { join, nonce, address } = candidate;
    const isRight = (key: Uint8Array) => provesJoin(key, nonce, join.agentId, join.signature);
    const isByOneOf = (keys: readonly Uint8Array[] | undefined) => keys?.some(isRight) ?? false;
    const keys = this.#keys.get(join.agentId);
    if (isByOneOf(keys)) return this.#lookUp(candidate);
    const waitSeconds = this.#limit.take(address);
    if (!keys && waitSeconds === 0) return this.#lookUpCounted(candidate);
    // A wrong signature for a key that is known; or the agent has another by now, which it had noted elsewhere.
    await this.#readKeys();
    if (!isByOneOf(this.#keys.get(join.agentId)))
      return waitSeconds === 0 ? 'not-known' : { waitSeconds, of: 'address' };
    if (waitSeconds === 0) this.#limit.giveBack(address);
    return this.#lookUp(candidate);
  }

  /** Only strangers count: neither agents of ours, nor a database that does not answer. */
  async #lookUpCounted(candidate: Candidate): Promise<KnownAgent | Refusal> {
    let isStranger = false;
    try {
      const known = await this.#lookUp(candidate);
      isStranger = known === 'not-known';
      return known;
    } finally {
      if (!isStranger) this.#limit.giveBack(candidate.address);
    }
  }

  async #lookUp({ join, nonce, isAwaited }: Candidate): Promise<KnownAgent | Refusal> {
    const waitSeconds = this.#proofs.waitSeconds(join.agentId);
    if (waitSeconds > 0) return { waitSeconds, of: 'agent' };
    return this.#turns.run(async () => {
      if (!isAwaited()) return 'gone';
      const known = await this.agents.prove(join, nonce);
      if (known) {
        this.#keys.set(join.agentId, known.keys);
        this.#proofs.count(join.agentId);
      } else this.#keys.delete(join.agentId);
      return known ?? 'not-known';
    });
  }

  /**
   * The keys of all agents that may join, so that ours are told from strangers: one question in five seconds, however
   * many come.
   */
  async #readKeys(): Promise<void> {
    if (this.#reading) return this.#reading;
    if (performance.now() < this.#keysAnewAt) return;
    this.#reading = this.#turns.run(async () => {
      this.#keys = await this.agents.publicKeys();
    });
    try {
      await this.#reading;
    } finally {
      this.#reading = undefined;
      this.#keysAnewAt = performance.now() + KEYS_ANEW_AFTER_MS;
    }
  }
}
