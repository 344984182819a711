import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What a path does to what the far end says. */
export interface Obstacle {
  /** Before each thing that is said. */
  delayMs?: number;
  bytesPerSecond?: number;
  /** The connection is reset when so many bytes came. */
  cutAfterBytes?: number;
}

/** A piece of a slow transfer is sent so often. */
const PIECE_MS = 50;

/** Carries a connection to a port of the same address; what comes back meets the obstacle. */
export function relay(client: Socket, port: number, obstacle: Obstacle): void {
  const far = connect({ host: client.localAddress ?? '127.0.0.1', port });
  const cut = (): void => {
    far.destroy();
    client.resetAndDestroy();
  };
  // Whichever end vanishes takes the other with it.
  client.on('error', cut).once('close', () => far.destroy());
  far.on('error', cut);
  client.pipe(far);
  void carry(far, client, obstacle, cut).catch(cut);
}

async function carry(far: Socket, client: Socket, obstacle: Obstacle, cut: () => void): Promise<void> {
  const { delayMs = 0, bytesPerSecond, cutAfterBytes = Infinity } = obstacle;
  let carried = 0;
  for await (const chunk of far as AsyncIterable<Buffer>) {
    if (delayMs > 0) await delay(delayMs);
    const left = chunk.subarray(0, Math.max(0, cutAfterBytes - carried));
    for (const piece of piecesOf(left, bytesPerSecond)) {
      if (client.destroyed) return;
      client.write(piece);
      if (bytesPerSecond !== undefined) await delay((piece.length / bytesPerSecond) * 1_000);
    }
    carried += chunk.length;
    if (carried >= cutAfterBytes) return cut();
  }
  client.end();
}

function piecesOf(chunk: Buffer, bytesPerSecond: number | undefined): Buffer[] {
  if (bytesPerSecond === undefined) return [chunk];
  const size = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1_000));
  const count = Math.ceil(chunk.length / size);
  return Array.from({ length: count }, (_, index) => chunk.subarray(index * size, (index + 1) * size));
}
