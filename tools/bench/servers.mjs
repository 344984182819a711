// The other end of the benchmark, a process of its own so that its work is not counted: sends its ports and its
// authority by IPC, and ends with its parent.
import net from 'node:net';
import { listen, makeTestCa, startMailHost } from '@mailpath/checks/testing';

const SLOW_MS = 300;
/**
 * There and back, for whoever goes through the relays: about the way from Europe's edge to a front end of Microsoft's.
 */
const FAR_MS = 20;

const ca = await makeTestCa();
const tls = await ca.issue({ names: ['127.0.0.1'] });
const host = await startMailHost({ tls });
const slow = await listen({ tls }, (socket) => {
  setTimeout(() => socket.write('* OK The Microsoft Exchange IMAP4 service is ready.\r\n'), SLOW_MS);
  socket.on('data', (data) => {
    const [tag] = data.toString().split(' ');
    if (/LOGOUT/.test(data)) socket.end(`* BYE signing off.\r\n${tag} OK LOGOUT completed.\r\n`);
    else socket.write(`* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n${tag} OK CAPABILITY completed.\r\n`);
  });
});
/** The same server, further away: what is said arrives half of FAR_MS later, each way. */
async function faraway(port) {
  const { port: own } = await listen({}, (near) => {
    const far = net.connect({ host: '127.0.0.1', port, noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.on('data', (data) => setTimeout(() => to.write(data), FAR_MS / 2));
      from.on('end', () => setTimeout(() => to.end(), FAR_MS / 2));
      // Whoever is left hears of it; a benchmark's relay has nothing to add.
      from.on('error', () => to.destroy());
    }
  });
  return own;
}
const far = {};
for (const [name, port] of Object.entries(host.ports)) far[name] = await faraway(port);

process.once('disconnect', () => process.exit(0));
process.send({ authority: ca.certificate, ports: host.ports, far, slowPort: slow.port });
