import { isIP } from 'node:net';
import { z } from 'zod';
import { EntraAnswerBody, MailAnswerBody, STEPS, WebAnswerBody } from './custom-answer-schemas.ts';
import { type KnownFault, KNOWN_FAULTS } from './known-faults.ts';

const DAY_SECONDS = 86_400;
const MINUTE_MS = 60_000;
const kinds: ReadonlyMap<string, KnownFault['at']> = new Map(KNOWN_FAULTS.map(({ id, at }) => [id, at]));

const Host = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/, 'write a host name in small letters');
const Address = z.string().refine((text) => isIP(text) !== 0, 'write an IPv4 or IPv6 address');
const Seed = z
  .int('a seed is a whole number')
  .min(0)
  .max(2 ** 32 - 1);
const Count = z.int('write a whole number').min(1, 'write 1 or more').max(1_000_000);

const Shape = z.strictObject({
  id: z.string().refine((id) => kinds.has(id), 'is no fault: GET /faults/known lists all of them'),
  name: z.string().min(1).max(320).optional(),
  service: z.enum(['https', 'smtp', 'imap', 'pop3']).optional(),
  retryAfterSeconds: z.int().min(0).max(DAY_SECONDS).optional(),
  share: z
    .number()
    .min(0, 'a share lies from 0 to 1')
    .max(1, 'a share lies from 0 to 1: 0.25 is 25 %')
    .optional(),
  seed: Seed.optional(),
  times: Count.optional(),
  thenWell: Count.optional(),
  delayMs: z.number().min(0).max(MINUTE_MS, 'at most a minute, 60000').optional(),
  bytesPerSecond: Count.optional(),
  afterBytes: z.int().min(0).max(100_000_000).optional(),
  family: z.union([z.literal(4), z.literal(6)], 'use 4 (A) or 6 (AAAA)').optional(),
  addresses: z.array(Address).max(50).optional(),
  aliases: z.array(Host).min(1).max(20).optional(),
  tcp: z.enum(['open', 'closed', 'silent'], 'use open, closed or silent').optional(),
  mail: MailAnswerBody.optional(),
  entra: EntraAnswerBody.optional(),
  web: WebAnswerBody.optional(),
});

type Body = z.infer<typeof Shape>;

/** Members that belong to some faults only: of each the faults that have it, and those that must. */
const OF_SOME: readonly { member: keyof Body; of: readonly string[]; isNeeded?: true }[] = [
  { member: 'delayMs', of: ['slow', 'dns-slow'] },
  { member: 'bytesPerSecond', of: ['slow'] },
  { member: 'afterBytes', of: ['lossy'] },
  { member: 'tcp', of: ['dns-truncated'] },
  { member: 'addresses', of: ['dns-addresses', 'dns-alias'] },
  { member: 'aliases', of: ['dns-alias'], isNeeded: true },
  { member: 'mail', of: ['mail-answer'], isNeeded: true },
  { member: 'entra', of: ['entra-answer'], isNeeded: true },
  { member: 'web', of: ['web-answer'], isNeeded: true },
];

/** Nobody listens, or somebody does: no single connection can be asked. */
const WHOLE = ['closed', 'dns-closed'];

interface Complaint {
  path: (string | number)[];
  message: string;
}

/** One fault, as the control interface is given it. */
export const FaultBody = Shape.superRefine((fault, context) => {
  for (const { path, message } of complaints(fault)) context.addIssue({ code: 'custom', path, message });
});

function* complaints(fault: Body): Generator<Complaint> {
  yield* misplaced(fault);
  yield* ofName(fault);
  yield* ofRecurrence(fault);
  if (fault.id === 'mail-answer' && fault.mail) yield* ofStep(fault.service, fault.mail.step);
  if (fault.id === 'slow' && fault.delayMs === undefined && fault.bytesPerSecond === undefined) {
    yield { path: ['delayMs'], message: 'say how slow: delayMs, bytesPerSecond, or both' };
  }
  if (fault.id === 'dns-slow' && fault.delayMs === undefined) {
    yield { path: ['delayMs'], message: 'say how late the answer comes, in milliseconds' };
  }
  if (fault.id === 'dns-addresses' && fault.addresses === undefined) {
    yield { path: ['addresses'], message: 'say what is answered; an empty list is no record' };
  }
}

function* misplaced(fault: Body): Generator<Complaint> {
  for (const { member, of, isNeeded } of OF_SOME) {
    const isHere = fault[member] !== undefined;
    if (isHere && !of.includes(fault.id)) {
      yield { path: [member], message: `leave it out: it is for ${of.join(' and ')}` };
    }
    if (!isHere && isNeeded && of.includes(fault.id)) {
      yield { path: [member], message: `say it: ${fault.id} has no answer of its own` };
    }
  }
  const at = kinds.get(fault.id);
  if (fault.family !== undefined && (at !== 'resolver' || fault.id === 'dns-closed')) {
    yield { path: ['family'], message: 'leave it out: it is for states of the resolver' };
  }
  if (fault.service !== undefined && at !== 'path' && at !== 'mail') {
    yield { path: ['service'], message: 'leave it out: it is for faults of the path and of mail' };
  }
}

function* ofName({ id, name, entra, web }: Body): Generator<Complaint> {
  if (name === undefined) return;
  if (kinds.get(id) === 'path' || id === 'dns-closed') {
    yield { path: ['name'], message: 'leave it out: the path is the same for all' };
  }
  const endpoint = entra?.endpoint ?? web?.endpoint;
  const hasNames = entra ? ['token', 'authorize', 'device-sign-in'] : ['token'];
  if (endpoint !== undefined && !hasNames.includes(endpoint)) {
    yield {
      path: ['name'],
      message: `leave it out: nobody is named at ${endpoint}, only at ${hasNames.join(', ')}`,
    };
  }
}

function* ofRecurrence({ id, share, seed, times, thenWell }: Body): Generator<Complaint> {
  if (WHOLE.includes(id)) {
    const given = Object.entries({ share, seed, times, thenWell }).filter(([, value]) => value !== undefined);
    for (const [member] of given) {
      yield {
        path: [member],
        message: `leave it out: ${id} is for all; reset and dns-silent may be for some`,
      };
    }
  } else if (thenWell !== undefined && times === undefined) {
    yield { path: ['times'], message: 'say how many are bad before thenWell are good' };
  }
}

function* ofStep(service: Body['service'], step: string): Generator<Complaint> {
  if (service === undefined || service === 'https') {
    yield { path: ['service'], message: 'say which it is: imap, pop3 or smtp' };
  } else if (!STEPS[service].includes(step)) {
    yield { path: ['mail', 'step'], message: `${service} has ${STEPS[service].join(', ')}` };
  }
}
