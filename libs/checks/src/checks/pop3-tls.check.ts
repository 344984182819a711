import { defineCheck } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { frontEndInBrackets } from '../io/front-end.ts';
import { LineReader } from '../io/line-reader.ts';
import { pop3Greeting, pop3Lines } from '../io/pop3.ts';
import { PathError } from '../path-error.ts';

export const pop3Tls = defineCheck({
  id: 'pop3.tls',
  title: 'Exchange Online answers POP3 over TLS',
  proves:
    'Port 995 is open from here, the far end is a POP3 server with a valid certificate, and it accepts XOAUTH2.',
  target: 'pop3',
  statements: ['S49', 'S52', 'S53', 'S56', 'S60'],
  needs: 'direct-path',
  async run(run, network) {
    const socket = await network.openTls();
    const reader = new LineReader(socket, run.signal);
    await run.phase('greet', async () => {
      const greeting = await pop3Greeting(reader);
      run.record('pop3', { greeting: evidenceText(greeting), frontEnd: frontEndInBrackets(greeting) });
      const capa = await pop3Lines(reader, 'CAPA');
      run.record('pop3', { capa: evidenceLines(capa) });
      if (!capa.some((line) => /^SASL .*\bXOAUTH2\b/i.test(line))) {
        throw new PathError('unexpected-reply', 'does not offer SASL XOAUTH2 among its capabilities');
      }
      await reader.bye('QUIT');
    });
  },
});
