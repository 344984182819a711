import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import type { Machine } from '../connections/machine.ts';
import { AgentEntity } from './agent.entity.ts';
import { WAITING } from './approval.ts';

/** More machines with one key than this are not told one by one. */
const MOST_MACHINES = 8;

/** The columns of an agent whose key nobody doubts, and that goes over to no other. */
export const UNDOUBTED = {
  quarantinedAt: null,
  quarantinedMachines: null,
  originalBoot: null,
  nextKey: null,
  rotationAskedAt: null,
} as const;

/** An agent with what is known of its key: of two machines that have it, if any. */
export type KeyedAgent = Pick<
  AgentEntity,
  'id' | 'publicKey' | 'quarantinedAt' | 'quarantinedMachines' | 'originalBoot'
>;

/** The rows that say whether an agent's key is one machine's alone, and by which key it goes on. */
@Injectable()
export class AgentKeys {
  constructor(
    @InjectRepository(AgentEntity) private readonly agents: Repository<AgentEntity>,
    private readonly clock: Clock,
  ) {}

  /** Neither of them joins any more, and nothing is lent. False where that is so already. */
  async quarantine(
    manager: EntityManager,
    siteId: string,
    agentId: string,
    machines: readonly Machine[],
  ): Promise<boolean> {
    const { affected } = await manager.update(
      AgentEntity,
      { siteId, id: agentId, quarantinedAt: IsNull() },
      { ...WAITING, quarantinedAt: this.clock.now(), quarantinedMachines: [...machines] },
    );
    return affected === 1;
  }

  /** Another machine, or another start of one of them, has tried meanwhile. */
  async noteMachine(siteId: string, agentId: string, machine: Machine): Promise<void> {
    await this.agents.query(
      `update agents set quarantined_machines = quarantined_machines || $3::jsonb
       where site_id = $1 and id = $2 and jsonb_array_length(quarantined_machines) < ${MOST_MACHINES}
         and not quarantined_machines @> jsonb_build_array(
           jsonb_build_object('boot', $3::jsonb -> 'boot', 'address', $3::jsonb -> 'address'))`,
      [siteId, agentId, JSON.stringify(machine)],
    );
  }

  /** The server's agent; null where there is none that may join. */
  async ofServer(siteId: string, serverId: string): Promise<KeyedAgent | null> {
    return this.agents.findOneBy({ siteId, serverId, revokedAt: IsNull() });
  }

  /** Whether two machines have the agent's key, and nobody has said which is the original. */
  async isShut(siteId: string, agentId: string): Promise<boolean> {
    return this.agents.existsBy({
      siteId,
      id: agentId,
      quarantinedAt: Not(IsNull()),
      originalBoot: IsNull(),
      revokedAt: IsNull(),
    });
  }

  /** It is asked for a new key from now on; `originalBoot` lets that process in for it. */
  async askForNewKey(siteId: string, agentId: string, originalBoot?: string): Promise<void> {
    await this.agents.update(
      { siteId, id: agentId },
      { rotationAskedAt: this.clock.now(), nextKey: null, ...(originalBoot && { originalBoot }) },
    );
  }

  /** Keeps the key that it goes over to. False unless it was asked for one. */
  async noteNextKey(siteId: string, agentId: string, nextKey: Buffer): Promise<boolean> {
    const { affected } = await this.agents.update(
      { siteId, id: agentId, revokedAt: IsNull(), rotationAskedAt: Not(IsNull()) },
      { nextKey },
    );
    return affected === 1;
  }

  /** It has joined with its next key: the old one is worth nothing from now on, whoever has it. */
  async promote(siteId: string, agentId: string, nextKey: Uint8Array): Promise<boolean> {
    const { affected } = await this.agents.update(
      { siteId, id: agentId, nextKey: Buffer.from(nextKey), revokedAt: IsNull() },
      { publicKey: Buffer.from(nextKey), ...UNDOUBTED },
    );
    return affected === 1;
  }
}
