import { opensMailbox } from '../../sign-in/sign-in.ts';
import { distinct } from '../../look.ts';
import type { StandardTarget } from '@mailpath/protocol';
import { serviceOf } from '../../demand.ts';
import type { MailboxSettings, Seen } from '../../settings/setting.ts';
import { fails, inboundOf, messageOf, works, type Known, type Verdict } from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { refusalOf } from '../refusal.ts';
import { say } from '../words/catalogue.ts';
import { isSignInTo, isTokenOf } from './mailbox-items.ts';

const is = (code: string, { result }: Seen): boolean => result.failure?.code === code;

/** X7: whether Microsoft's services answer, and say neither that they cannot nor that they are asked too often. */
export function service(known: Known): Verdict {
  const needed: StandardTarget[] = ['login', 'smtp', ...inboundOf(known.site)];
  const isNeeded = ({ result }: Seen): boolean => {
    const one = serviceOf(result);
    return one !== null && needed.includes(one);
  };
  const fresh = known.fresh.filter(isNeeded);
  const unavailable = fresh.filter((seen) => is('unavailable', seen));
  if (unavailable.length > 0)
    return {
      verdict: 'broken',
      sentences: unavailable.map((seen) => say('service.unavailable', seen.server, messageOf(seen))),
      nextSteps: [say('service.see-health')],
      statements: [],
      evidence: unavailable,
    };
  const throttled = fresh.filter((seen) => is('throttled', seen));
  const answering = distinct(fresh.filter(works).map(({ result }) => serviceOf(result) ?? ''));
  if (throttled.length === 0 && needed.every((one) => answering.includes(one)))
    return {
      verdict: 'holds',
      sentences: [say('service.good', needed)],
      nextSteps: [],
      statements: [],
      evidence: fresh.filter(works),
    };
  return inconclusive(
    {
      fresh: throttled.length > 0 ? throttled : fresh,
      stale: known.stale.filter(isNeeded),
      none: { sentence: say('told.none'), needed: say('need.mend-first') },
    },
    [],
  );
}

/** Phases in which what is said is the client's own doing; before them, what answers may be something in between. */
const SPOKEN: ReadonlySet<string> = new Set(['authenticate', 'open-mailbox', 'token', 'send']);

/** X8: whether the sign-in is taken as it is spoken, inbound and outbound. */
export function clientProtocol(known: Known, mailbox: MailboxSettings): Verdict {
  const signIn = isSignInTo(known, mailbox);
  const concerns = (seen: Seen): boolean => signIn(seen) || isTokenOf(mailbox, seen);
  const fresh = known.fresh.filter(concerns);
  const faults = fresh.filter(
    (seen) =>
      fails(seen) &&
      (refusalOf(seen)?.item === 'X8' ||
        (is('unexpected-reply', seen) && SPOKEN.has(seen.result.failure?.phase ?? ''))),
  );
  if (faults.length > 0)
    return {
      verdict: 'broken',
      sentences: faults.map((seen) => say('protocol.broken', seen.server, messageOf(seen))),
      nextSteps: [say('protocol.mend')],
      statements: [],
      evidence: faults,
    };
  const good = fresh.filter((seen) => signIn(seen) && works(seen));
  const [opened] = good.filter(({ result }) => opensMailbox(result));
  const [sent] = good.filter(({ result }) => serviceOf(result) === 'smtp');
  if (opened && sent)
    return {
      verdict: 'holds',
      sentences: [
        say(
          'protocol.good',
          mailbox.address,
          distinct([opened.result.check, sent.result.check]),
          distinct([opened.server, sent.server]).join(', '),
        ),
      ],
      nextSteps: [say('protocol.java')],
      statements: ['S65'],
      evidence: [opened, sent],
    };
  return inconclusive(
    {
      fresh,
      stale: known.stale.filter(concerns),
      none: { sentence: say('told.none'), needed: say('need.mailbox-checks') },
    },
    ['S65'],
  );
}
