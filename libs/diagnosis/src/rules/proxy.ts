import { distinct } from '../look.ts';
import { defineRule, eachResult, messages, nothing } from '../rule.ts';

export const proxyDenies = defineRule({
  id: 'proxy.denies',
  items: ['X6'],
  owner: 'proxy',
  confidence: 'certain',
  find: eachResult<'proxy.denies'>({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code === 'unexpected-reply',
    about: ({ evidence }) => `${evidence.proxy?.url} ${evidence.proxy?.status}`,
    part: nothing,
    details: ([{ evidence, failure }]) => ({
      proxy: evidence.proxy?.url ?? '',
      reply: evidence.proxy?.reply ?? failure?.message ?? '',
      signIn: evidence.proxy?.status === 407,
    }),
    evidence: (results) =>
      distinct([...results.map(({ evidence }) => evidence.proxy?.reply ?? ''), ...messages(results)]),
  }),
});

export const proxyUnreachable = defineRule({
  id: 'proxy.unreachable',
  items: ['X6'],
  owner: 'proxy',
  find: eachResult<'proxy.unreachable'>({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code !== 'internal',
    about: ({ evidence }) => evidence.proxy?.url ?? 'proxy',
    part: nothing,
    details: ([{ evidence }]) => ({ proxy: evidence.proxy?.url ?? '' }),
  }),
});
