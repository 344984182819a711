import { describe, expect, it } from 'vitest';
import { type Unproved, UnprovedSockets } from './unproved-sockets.ts';

class Socket implements Unproved {
  isJoining = false;
  wasTurnedAway = false;

  turnAway(): void {
    this.wasTurnedAway = true;
  }
}

describe('the connections that have not joined', () => {
  const open = (count: number, sockets: UnprovedSockets<Socket>, address = 'a') =>
    Array.from({ length: count }, () => {
      const socket = new Socket();
      sockets.enter(address, socket);
      return socket;
    });
  const gone = (sockets: readonly Socket[]) => sockets.map(({ wasTurnedAway }) => wasTurnedAway);

  it('are bounded by address: the oldest that has said nothing makes room', () => {
    const sockets = new UnprovedSockets<Socket>({ ofAddress: 3, inAll: 100 });
    const [first, ...others] = open(3, sockets);
    (first as Socket).isJoining = true;
    const more = open(1, sockets);
    expect(gone([first as Socket, ...others, ...more])).toEqual([false, true, false, false]);
    expect(sockets.size).toBe(3);
  });

  it('are bounded in all, wherever they come from', () => {
    const sockets = new UnprovedSockets<Socket>({ ofAddress: 3, inAll: 5 });
    const all = Array.from({ length: 50 }, (_, i) => open(1, sockets, `address ${i}`)).flat();
    expect(sockets.size).toBe(5);
    expect(gone(all).filter(Boolean)).toHaveLength(45);
    expect(gone(all.slice(-5))).toEqual([false, false, false, false, false]);
  });

  it('turn the newcomer away when all others are about to join', () => {
    const sockets = new UnprovedSockets<Socket>({ ofAddress: 2, inAll: 100 });
    for (const socket of open(2, sockets)) socket.isJoining = true;
    expect(gone(open(1, sockets))).toEqual([true]);
    expect([gone(open(1, sockets, 'b')), sockets.size]).toEqual([[false], 3]);
  });

  it('leave nothing behind when they have joined or gone', () => {
    const sockets = new UnprovedSockets<Socket>({ ofAddress: 2, inAll: 2 });
    for (let round = 0; round < 10; round += 1) {
      const both = open(2, sockets);
      for (const socket of both) sockets.leave(socket);
      expect([gone(both), sockets.size]).toEqual([[false, false], 0]);
    }
  });
});
