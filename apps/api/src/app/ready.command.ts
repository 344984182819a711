/**
 * The health check of an image, run beside the API with its settings: ends with 0 where the API of this machine is
 * ready, else with 1. It loads nothing else, since it is started every few seconds.
 */
// oxlint-disable-next-line node/no-process-env -- reading all settings would load what checks them
const { MAILPATH_HOST: host = '', MAILPATH_PORT: port = '8025' } = process.env;
const isAnyAddress = ['', '0.0.0.0', '::', 'localhost'].includes(host);
const address = isAnyAddress ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

const isReady = await fetch(`http://${address}:${port}/health/ready`).then(
  ({ ok }) => ok,
  () => false,
);
process.exit(isReady ? 0 : 1);
