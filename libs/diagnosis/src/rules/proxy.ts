import { defineRule } from '../rule.ts';
import { place, places } from '../wording.ts';

export const proxyDenies = defineRule({
  id: 'proxy.denies',
  checklistItem: 'X6',
  owner: 'proxy',
  confidence: 'certain',
  applies: ({ failure }) => failure?.phase === 'proxy' && failure.code === 'unexpected-reply',
  groupBy: ({ evidence }) => `${evidence.proxy?.url} ${evidence.proxy?.status}`,
  sentence: (result) =>
    `The proxy ${result.evidence.proxy?.url ?? ''} does not let this server through to ${place(result)}: ${result.evidence.proxy?.reply ?? result.failure?.message}`,
  cause: ([{ evidence }]) =>
    evidence.proxy?.status === 407
      ? 'The proxy wants credentials that it was not given, or that it does not take.'
      : 'The proxy refuses this destination, or cannot reach it itself.',
  nextStep: (results) => `Let the proxy team allow ${places(results)} for this server without sign-in.`,
});

export const proxyUnreachable = defineRule({
  id: 'proxy.unreachable',
  checklistItem: 'X6',
  owner: 'proxy',
  applies: ({ failure }) => failure?.phase === 'proxy' && failure.code !== 'internal',
  groupBy: ({ evidence }) => evidence.proxy?.url ?? 'proxy',
  sentence: ({ evidence }) =>
    `The proxy ${evidence.proxy?.url ?? 'that was set'} cannot be used from this server.`,
  cause: () =>
    'The proxy does not answer here, or not as a proxy does: wrong address, a firewall before it, or it is down.',
  nextStep: () => 'Check the address of the proxy, and that this server may reach it.',
});
