import { defineCheck } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { frontEndInBrackets } from '../io/front-end.ts';
import { imapCommand, imapGreeting } from '../io/imap.ts';
import { LineReader } from '../io/line-reader.ts';
import { PathError } from '../path-error.ts';

export const imapTls = defineCheck({
  id: 'imap.tls',
  title: 'Exchange Online answers IMAP over TLS',
  proves:
    'Port 993 is open from here, the far end is an IMAP server with a valid certificate, and it accepts XOAUTH2.',
  target: 'imap',
  statements: ['S49', 'S52', 'S53', 'S56', 'S59'],
  needs: 'direct-path',
  async run(run, network) {
    const socket = await network.openTls();
    const reader = new LineReader(socket, run.signal);
    await run.phase('greet', async () => {
      const greeting = await imapGreeting(reader);
      run.record('imap', { greeting: evidenceText(greeting), frontEnd: frontEndInBrackets(greeting) });
      const capability = capabilitiesIn(await imapCommand(reader, 'a1', 'CAPABILITY'));
      run.record('imap', { capability: evidenceLines(capability) });
      if (!capability.some((word) => word.toUpperCase() === 'AUTH=XOAUTH2')) {
        throw new PathError('unexpected-reply', 'does not offer AUTH=XOAUTH2 among its capabilities');
      }
      await reader.bye('a2 LOGOUT');
    });
  },
});

function capabilitiesIn(untagged: readonly string[]): string[] {
  const line = untagged.find((each) => /^\* CAPABILITY /i.test(each)) ?? '';
  return line.split(' ').slice(2).filter(Boolean);
}
