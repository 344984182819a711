import type { ImapFlow } from 'imapflow';
import type { CheckRun } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { PathError } from '../path-error.ts';
import { Dialogue } from './dialogue.ts';
import { frontEndInBrackets } from './front-end.ts';
import type { LentRun } from './lent-run.ts';
import type { SignIn } from './xoauth2.ts';
import { recordLogin, signInOf } from './xoauth2.ts';

/** What we ask for has a few lines; a server that sends more of it is not answering. */
const LIMITS = {
  maxLineLength: 8 * 1024,
  maxLiteralSize: 64 * 1024,
  maxResponseSize: 128 * 1024,
  maxResponseTokens: 10_000,
};
/** Longer than any run: its deadline alone ends it. */
const NEVER_MS = 2 ** 31 - 1;
const INBOX = 'INBOX';

/** A mailbox's session: signed in, with INBOX opened. */
export interface ImapSession {
  client: ImapFlow;
  dialogue: Dialogue;
}

/** The library's own steps, which its types do not show. */
interface Inside {
  authenticate(): Promise<boolean>;
  folders: Map<string, { path: string }>;
}

/**
 * Signs in by XOAUTH2 and opens INBOX, phases `resolve` to `open-mailbox`, then does the work and says goodbye. The
 * library speaks the protocol over a connection that is ours; what comes of a phase is told by what was said, not by
 * the library.
 */
export async function withImap(
  lent: LentRun,
  { readOnly }: { readOnly: boolean },
  work: (session: ImapSession) => Promise<void>,
): Promise<void> {
  const { run, network, credential } = lent;
  const signIn = signInOf(lent);
  const { ImapFlow } = await import('imapflow');
  const socket = await network.openTls();
  const dialogue = new Dialogue(socket, 'imap', signIn.secrets);
  const client = new ImapFlow({
    host: run.target.host,
    port: run.target.port,
    secure: true,
    auth: { user: signIn.mailbox, accessToken: credential.accessToken ?? '' },
    transport: {
      connect: (_, onConnect) => {
        setImmediate(onConnect);
        return dialogue;
      },
    },
    logger: false,
    clientInfo: { name: 'Mailpath', version: false, vendor: false, 'support-url': false },
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: NEVER_MS,
    greetingTimeout: NEVER_MS,
    socketTimeout: NEVER_MS,
    ...LIMITS,
  });
  // Its errors come through the promises that are waited for.
  client.on('error', () => undefined);
  try {
    const session = { client, dialogue };
    const connected = await authenticated(session, signIn, run);
    await openInbox(session, connected, readOnly, run);
    await work(session);
    await goodbye(session);
  } finally {
    run.record('dialogue', dialogue.facts());
    client.close();
    dialogue.destroy();
  }
}

/** Phases `greet` and `authenticate`; answers what the library still has to do before it is ready. */
async function authenticated(
  session: ImapSession,
  signIn: SignIn,
  run: CheckRun,
): Promise<{ ready: Promise<void> }> {
  const { client, dialogue } = session;
  const greeted = Promise.withResolvers<void>();
  const allowed = Promise.withResolvers<void>();
  const inside = client as unknown as Inside;
  const authenticate = inside.authenticate.bind(client);
  inside.authenticate = async () => {
    // Exchange Online offers no other one for tokens, and a check must show what ECE's sign-in meets.
    client.capabilities.delete('AUTH=OAUTHBEARER');
    // Once is enough to say who we are.
    client.capabilities.delete('ID');
    greeted.resolve();
    await allowed.promise;
    return authenticate();
  };
  const ready = client.connect();
  // It is waited for later; until then a failure shows in what is waited for now.
  ready.catch(() => undefined);
  await run.phase('greet', async () => {
    await dialogue.during(Promise.race([greeted.promise, ready]));
    const greeting = dialogue.reply('') ?? '';
    run.record('imap', { greeting: evidenceText(greeting), frontEnd: frontEndInBrackets(greeting) });
    const offered = [...client.capabilities.keys()];
    run.record('imap', { capability: evidenceLines(offered) });
    if (!offered.includes('AUTH=XOAUTH2'))
      throw new PathError('unexpected-reply', 'does not offer AUTH=XOAUTH2 among its capabilities');
  });
  await run.phase('authenticate', async () => {
    const answer = dialogue.answerTo('AUTHENTICATE');
    allowed.resolve();
    try {
      await dialogue.during(Promise.race([answer, failureOf(ready)]));
    } finally {
      recordLogin(run, signIn, {
        reply: dialogue.verdictOn('AUTHENTICATE'),
        challenge: dialogue.challenge,
      });
    }
  });
  return { ready };
}

/** Rejects as the work does, and never resolves. */
function failureOf(work: Promise<unknown>): Promise<never> {
  return work.then(() => new Promise<never>(() => undefined));
}

/** Phase `open-mailbox`: NAMESPACE, at which Exchange Online tells that a mailbox stays closed, and then INBOX. */
async function openInbox(
  { client, dialogue }: ImapSession,
  { ready }: { ready: Promise<void> },
  readOnly: boolean,
  run: CheckRun,
): Promise<void> {
  const command = readOnly ? 'EXAMINE' : 'SELECT';
  await run.phase('open-mailbox', async () => {
    try {
      await dialogue.during(ready);
      // Every mailbox has it: without this the library lists it, and its subscription, before it opens it.
      (client as unknown as Inside).folders.set(INBOX, { path: INBOX });
      const { exists } = await dialogue.during(client.mailboxOpen(INBOX, { readOnly }));
      run.record('mailbox', {
        opened: true,
        reply: shown(dialogue.reply(command)),
        messages: exists ?? null,
      });
    } catch (error) {
      run.record('mailbox', { opened: false, reply: shown(dialogue.verdictOn(command)), messages: null });
      throw error;
    }
  });
}

function shown(reply: string | null): string | null {
  return reply === null ? null : evidenceText(reply);
}

/** LOGOUT is said and its answer not waited for: a slow goodbye proves nothing. */
async function goodbye({ client, dialogue }: ImapSession): Promise<void> {
  const said = dialogue.nextWrite();
  // That the connection then ends is what was asked for.
  client.logout().catch(() => undefined);
  await said;
}
