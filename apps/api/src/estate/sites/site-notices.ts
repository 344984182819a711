import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Notices, type Topic } from '../../platform/database/notices.ts';
import { EventBus, type EventKind } from '../../platform/events/event-bus.ts';
import { AGENT_KEYS_CHANGED, AGENT_REVOKED, APPROVAL_WITHDRAWN, SITE_CHANGED } from './site-events.ts';

const TOPICS: readonly (readonly [Topic, EventKind<string>])[] = [
  ['site-changed', SITE_CHANGED],
  ['agent-revoked', AGENT_REVOKED],
  ['agent-keys-changed', AGENT_KEYS_CHANGED],
  ['approval-withdrawn', APPROVAL_WITHDRAWN],
];

/** Tells the other instances over the same database what has changed here, and the parts of this one what they tell. */
@Injectable()
export class SiteNotices implements OnModuleInit {
  /** Whether what is told now was heard from another instance, which has told everybody. */
  #isHeard = false;

  constructor(
    private readonly database: DataSource,
    private readonly notices: Notices,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    for (const [topic, kind] of TOPICS) {
      this.events.on(kind, (id) => {
        if (!this.#isHeard) void this.notices.tell(topic, id);
      });
      this.notices.on(topic, (id) => this.#hear(kind, id));
    }
    this.notices.onMissed(async () => {
      const sites: { id: string }[] = await this.database.query('select id from sites');
      for (const { id } of sites) await this.#hear(SITE_CHANGED, id, true);
    });
  }

  /** Listeners are called before `tell` gives control back, so nobody else's event is taken for this one. */
  async #hear(kind: EventKind<string>, id: string, isRetried = false): Promise<void> {
    this.#isHeard = true;
    const told = isRetried ? this.events.tellOrFail(kind, id) : this.events.tell(kind, id);
    this.#isHeard = false;
    await told;
  }
}
