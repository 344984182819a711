/** A connection that is about to be made, or that stands: for whom it was dialled, and where it really goes. */
export interface Peer {
  /** As the task, the proxy's URL or the certificate names it: a name or an address. */
  readonly host: string;
  readonly port: number;
  /** The address dialled, or the one the system says it is connected to. */
  readonly address: string;
  /** What the connection is for: a task's own places, the proxy, or where a certificate's revocation is published. */
  readonly for: 'target' | 'proxy' | 'revocation';
}

/** Why this machine's administrator permits no connection to this address; null when it may be made. */
export type Gate = (peer: Peer) => string | null;

/** For a person at the keyboard, who may reach what the machine reaches. */
export const openGate: Gate = () => null;

/** A connection that this machine's own rules forbid. It says nothing of the path: no failure code is its. */
export class PeerBarred extends Error {
  override readonly name = 'PeerBarred';
}

/** Throws when the gate does not permit this address. */
export function passGate(gate: Gate, { host, port, for: use }: Omit<Peer, 'address'>, address: string): void {
  const reason = gate({ host, port, address, for: use });
  if (reason !== null) throw new PeerBarred(reason);
}
