import { Injectable } from '@nestjs/common';

/** Who knows which agents talk to the API now. */
export interface PresenceSource {
  isConnected(agentId: string): boolean;
}

/** Asks whoever holds the agents' connections; until that one has come forward, nobody is connected. */
@Injectable()
export class AgentPresence implements PresenceSource {
  #source: PresenceSource | undefined;

  use(source: PresenceSource): void {
    this.#source = source;
  }

  isConnected(agentId: string): boolean {
    return this.#source?.isConnected(agentId) ?? false;
  }
}
