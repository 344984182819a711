import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { AuditLog } from '../../trust/audit/audit-log.service.ts';

const HOUR_MS = 3_600_000;
const LOOK_MS = 60_000;
/** Addresses that are told one by one; all others of the hour are told as one. */
const MOST_ADDRESSES = 200;
const OTHERS = 'others';

/** An agent, or who says so, that was turned away at the socket. */
export interface Refused {
  address: string;
  /** What is counted as one, see limitKey(). */
  limitKey: string;
  /** The close code that it was told. */
  code: number;
  /** The agent that it said it is. */
  agentId: string;
}

interface Counted {
  since: number;
  address: string | null;
  code: number;
  more: number;
}

/**
 * Tells the audit log who was turned away at the socket: the first of an address and code at once, and how many more
 * there were when its hour is over. So nobody fills the log, from however many addresses.
 */
@Injectable()
export class Refusals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Refusals');
  readonly #counted = new Map<string, Counted>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.tellCounts(), LOOK_MS).unref();
  }

  /** What was counted is not lost with the process. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.tellCounts(0);
  }

  note({ address, limitKey, code, agentId }: Refused): void {
    const own = `${limitKey} ${code}`;
    const counted = this.#counted.get(own);
    if (counted) {
      counted.more += 1;
      return;
    }
    const isOne = this.#counted.size < MOST_ADDRESSES;
    const key = isOne ? own : `${OTHERS} ${code}`;
    const others = this.#counted.get(key);
    if (others) {
      others.more += 1;
      return;
    }
    this.#counted.set(key, {
      since: this.clock.now().getTime(),
      address: isOne ? address : null,
      code,
      more: 0,
    });
    void this.#tell(isOne ? address : null, code, { agentId });
  }

  /** Tells what has been counted for so long. */
  async tellCounts(forMs: number = HOUR_MS): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [key, { since, address, code, more }] of this.#counted) {
      if (now - since < forMs) continue;
      this.#counted.delete(key);
      if (more > 0)
        await this.#tell(address, code, { more: String(more), since: new Date(since).toISOString() });
    }
  }

  async #tell(address: string | null, code: number, subject: Record<string, string>): Promise<void> {
    try {
      await this.audit.record({ action: 'joinAgent', outcome: 'refused', status: code, address, subject });
    } catch (error) {
      // Whoever was turned away has gone already.
      this.#logger.warn({ event: 'refusal-not-recorded', code, reason: String(error) });
    }
  }
}
