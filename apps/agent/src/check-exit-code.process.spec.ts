import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { makeTestCa, startHttpsServer, startMailHost } from '@mailpath/checks/testing';
import { afterAll, expect, it } from 'vitest';
import { AgentProcess } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

afterAll(() => removeTempDirs());

it('exits with 1 for a finding that is an error, though every check came through', async () => {
  const ca = await makeTestCa();
  const trusted = path.join(tempDir(), 'ca.pem');
  writeFileSync(trusted, ca.certificate);
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  const at = date.replace('GMT', '+0000');
  // One end's clock may be wrong itself: two agree.
  const web = await startHttpsServer(
    { address: '127.0.0.2', tls: await ca.issue({ names: ['127.0.0.2'] }) },
    {
      answer: (_, response) =>
        void response.writeHead(302, { date, location: 'https://outlook.office365.com/owa/?realm=x' }).end(),
    },
  );
  const late = await startMailHost({
    address: '127.0.0.1',
    tls: await ca.issue({ names: ['127.0.0.1'] }),
    smtp: { greeting: `220 TEST.outlook.office365.com Microsoft ESMTP MAIL Service ready at ${at}` },
  });
  const smtp = `smtp=127.0.0.1:${late.ports.smtp}`;
  const exchange = `exchange=127.0.0.2:${web.port}`;
  const words = ['check', '--only', 'smtp,exchange', '--target', smtp, '--target', exchange];
  const { code, stdout } = await new AgentProcess(words, { NODE_EXTRA_CA_CERTS: trusted }).ended;
  await late.stop();
  await web.stop();
  expect(stdout).toMatch(/ERROR {2}.*The clock is wrong/);
  expect(stdout).toContain('none failed');
  expect(code).toBe(1);
});
