import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { DnsAnswer, Query } from './dns-message.ts';
import { readAnswer } from './dns-message.ts';

/** A resolver's address and port. */
export interface ResolverPlace {
  address: string;
  port: number;
}

/** How the question went over UDP: an answer, what the system says of the address, or bytes that are no answer. */
export type UdpOutcome = DnsAnswer | 'malformed' | Error;

/**
 * Sends one question over UDP and waits for its answer until the signal is aborted: then it resolves with null. A
 * socket of its own, so that nothing that befalls another question touches it; connected, so that ICMP errors come
 * here.
 */
export function askByUdp(
  { address, port }: ResolverPlace,
  query: Query,
  signal: AbortSignal,
): Promise<UdpOutcome | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let malformed = false;
    let ended = false;
    const end = (outcome: UdpOutcome | null) => {
      signal.removeEventListener('abort', onAbort);
      if (ended) return;
      ended = true;
      // Node has listeners of its own here, with which it closes a socket that is not yet bound: they stay.
      socket.close();
      resolve(outcome);
    };
    const onAbort = () => end(malformed ? 'malformed' : null);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', end);
    socket.on('message', (bytes) => {
      const answer = readAnswer(bytes, query);
      // What is no answer may be somebody else's; the true one may still come.
      if (answer === 'malformed') malformed = true;
      else if (answer) end(answer);
    });
    // Node tells the callback of what goes wrong with the connect, which its types do not know.
    socket.connect(port, address, ((error?: Error) => {
      if (ended) return;
      if (error) return end(error);
      socket.send(query.bytes, (failed) => failed && end(failed));
    }) as () => void);
  });
}

/**
 * RFC 7766: the same over TCP, behind two bytes of length. Rejects with the system's error, or when the other end
 * closes.
 */
export function askByTcp(
  { address, port }: ResolverPlace,
  query: Query,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: address, port, autoSelectFamily: false, noDelay: true });
    let got = Buffer.alloc(0);
    const end = (outcome: DnsAnswer | Error) => {
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners().on('error', () => undefined);
      socket.destroy();
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    };
    const onAbort = () => end(Object.assign(new Error('no answer over TCP'), { code: 'ETIMEDOUT' }));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', end);
    socket.once('close', () => end(Object.assign(new Error('closed'), { code: 'ECONNABORTED' })));
    socket.once('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.bytes.length);
      socket.write(Buffer.concat([length, query.bytes]));
    });
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (got.length < 2 || got.length < 2 + got.readUInt16BE(0)) return;
      const answer = readAnswer(got.subarray(2, 2 + got.readUInt16BE(0)), query);
      if (answer === null || answer === 'malformed')
        end(Object.assign(new Error('no DNS answer'), { code: 'HPE_NO_DNS' }));
      else end(answer);
    });
  });
}
