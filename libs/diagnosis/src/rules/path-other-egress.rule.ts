import type { CheckResult } from '@mailpath/protocol';
import { distinct, getsThrough, siblings } from '../look.ts';
import { majority } from '../majority.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const helloOf = ({ evidence }: CheckResult): string | null => evidence.smtp?.helloAddress ?? null;

/** Addresses of one /24 are one pool of translation, and no difference. */
const pool = (address: string): string => (address.includes('.') ? address.replace(/\.\d+$/, '') : address);

export const pathOtherEgress = defineRule({
  id: 'path.other-egress',
  items: ['X4'],
  owner: 'network',
  confidence: 'possible',
  comparesOnly: true,
  words: words<{ addresses: string[]; usual: string[] }>({
    en: {
      sentence: ({ addresses, usual }) =>
        `Microsoft sees this server as ${en.list(addresses)}, its siblings as ${en.list(usual)}.`,
      cause: () =>
        'The server leaves by another public address than its siblings. That is a fault only where a policy by location (Conditional Access) knows the others alone.',
      nextStep: ({ addresses }) =>
        `Make sure that ${en.list(addresses)} is among the trusted locations of the tenant, or that no policy asks for one.`,
    },
    ja: {
      sentence: ({ addresses, usual }) =>
        `Microsoft から見たこのサーバーのアドレスは ${ja.list(addresses)}、ほかのサーバーは ${ja.list(usual)} です。`,
      cause: () =>
        'このサーバーはほかのサーバーと異なるパブリック アドレスから出ています。場所に基づくポリシー (条件付きアクセス) がほかのアドレスだけを登録している場合に限り、障害になります。',
      nextStep: ({ addresses }) =>
        `${ja.list(addresses)} がテナントの信頼できる場所に含まれていること、または場所を条件とするポリシーがないことを確認してください。`,
    },
  }),
  claims: ({ places, addresses }) =>
    addresses.map((value) => ({ claim: 'shown', what: 'public-address', value, endpoints: places })),
  find: (context) => {
    const results = context.server.results.filter(
      (result) => getsThrough(result) && helloOf(result) !== null,
    );
    const own = distinct(results.flatMap((result) => helloOf(result) ?? []));
    const others = siblings(context).flatMap(({ name, results: theirs }) =>
      distinct(theirs.flatMap((result) => helloOf(result) ?? [])).map((address) => ({
        server: name,
        value: pool(address),
        address,
      })),
    );
    const usual = majority(others);
    // One sibling alone is no measure: it may be the odd one itself.
    if (own.length === 0 || !usual || distinct(usual.servers).length < 2) return [];
    if (own.some((address) => others.some(({ value }) => value === pool(address)))) return [];
    return [
      {
        about: 'egress',
        results,
        weighAs: 'info',
        evidence: [`own: ${own.join(', ')}`, ...others.map(({ server, address }) => `${server}: ${address}`)],
        details: {
          addresses: own,
          usual: distinct(others.filter(({ value }) => value === usual.value).map(({ address }) => address)),
        },
      },
    ];
  },
});
