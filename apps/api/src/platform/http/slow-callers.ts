import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limitKey } from '../caller-address.ts';
import { MailpathError } from '../errors.ts';
import { type Held, HeldBytes } from './held-bytes.ts';
import { tooManyOpenBodies } from '../refusals.ts';

const MIB = 1024 * 1024;
/** Bodies that have begun and not ended. The longest is 1 MiB; what a program sends is whole within milliseconds. */
const BODIES = { ofAddress: 16 * MIB, inAll: 64 * MIB };
/** Answers that were given and not read. Behind a proxy one address is everybody's. */
const ANSWERS = { ofAddress: 32 * MIB, inAll: 96 * MIB };
const LONGEST_BODY = MIB;
const AGAIN_SECONDS = 5;

/** Bounds what is held of bodies whose end does not come: who begins one too many is told 429. */
export function boundBodies(http: FastifyInstance): void {
  const bodies = new HeldBytes(BODIES);
  const sent = new WeakMap<FastifyRequest, Held>();
  http.addHook('onRequest', (request, reply, next) => {
    const bytes = bodyBytes(request);
    if (bytes === 0) return next();
    const held: Held = { address: limitKey(request.ip), bytes, cut: () => request.raw.destroy() };
    if (!bodies.hasRoom(held)) {
      // What is left of the body would have to be read to its end before anything else.
      void reply.header('connection', 'close');
      return next(tooMany());
    }
    bodies.enter(held);
    sent.set(request, held);
    for (const end of [request.raw, reply.raw]) end.once('close', () => bodies.leave(held));
    next();
  });
  http.addHook('preValidation', (request, _reply, next) => {
    const held = sent.get(request);
    if (held) bodies.leave(held);
    next();
  });
}

/** Bounds what is held of answers that nobody reads: the oldest is cut. Before compression, which hides lengths. */
export function boundAnswers(http: FastifyInstance, most = ANSWERS): void {
  const answers = new HeldBytes(most);
  http.addHook('onSend', (request, reply, payload, next) => {
    const bytes = answerBytes(payload);
    // Who has left meanwhile is sent nothing, and no 'close' comes a second time.
    if (bytes > 0 && !reply.raw.closed && !reply.raw.destroyed) {
      const held: Held = { address: limitKey(request.ip), bytes, cut: () => cut(reply) };
      answers.makeRoom(held);
      answers.enter(held);
      // 'finish' would come when the kernel has been given all of it; so does 'close', or with the connection's end.
      reply.raw.once('close', () => answers.leave(held));
    }
    next();
  });
}

function bodyBytes({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return LONGEST_BODY;
  // Whoever says more is refused by the limit of a body.
  return Math.min(Number(headers['content-length'] ?? 0) || 0, LONGEST_BODY);
}

function answerBytes(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  return Buffer.isBuffer(payload) ? payload.length : 0;
}

const cut = ({ raw }: FastifyReply): void => void raw.destroy();

const tooMany = (): MailpathError =>
  new MailpathError('too-many-requests', tooManyOpenBodies({ seconds: AGAIN_SECONDS }), {
    retryAfterSeconds: AGAIN_SECONDS,
  });
