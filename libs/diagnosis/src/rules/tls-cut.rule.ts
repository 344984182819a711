import { checkFacts, type CheckResult } from '@mailpath/protocol';
import { reachesTls } from '../evidence/handshakes.ts';
import { CUT } from '../evidence/replies.ts';
import { distinct, type RuleContext, endpointOf } from '../look.ts';
import { classOf, isWeb, ofClass } from '../observe.ts';
import { defineRule, eachResult, endpointPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const isCut = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'tls' && ['reset', 'closed', 'timeout'].includes(failure.code);

const symptomOf = ({ failure }: CheckResult): string => (failure?.code === 'timeout' ? 'silent' : 'cut');

/** A greeting that comes before any TLS, as of SMTP, is as much the first thing that is said there. */
const isNotGreeted = ({ check, failure }: CheckResult): boolean => {
  const { phases } = checkFacts(check);
  const isFirst = phases.indexOf('greet') < phases.indexOf('tls') || phases.includes('starttls');
  return failure?.phase === 'greet' && CUT.includes(failure.code) && isFirst;
};

/** Nothing of mail gets beyond its first word here, some by its handshake, and all in the same manner. */
function isCutWithMail(result: CheckResult, { server }: RuleContext): boolean {
  if (!isNotGreeted(result)) return false;
  const mail = ofClass(server.results, classOf(result)).filter(
    (each) => !isWeb(each) && each.outcome !== 'skipped' && checkFacts(each.check).kind === 'path',
  );
  return (
    mail.some(isCut) &&
    mail.every((each) => (isCut(each) || isNotGreeted(each)) && symptomOf(each) === symptomOf(result))
  );
}

/** Where no handshake at all gets through, it is no matter of one place. */
const whereCut = (result: CheckResult, { server }: RuleContext): string => {
  const handshakes = ofClass(server.results.filter(reachesTls), classOf(result));
  const places = distinct(handshakes.map(endpointOf));
  return places.length > 1 && handshakes.every(isCut) ? 'every handshake' : endpointOf(result);
};

export const tlsCut = defineRule({
  id: 'tls.cut',
  items: ['X6'],
  owner: 'network',
  after: ['tls.black-hole'],
  words: words<{ silent: boolean; greetings: string[] }>({
    en: {
      sentence: ({ places, silent, greetings }) =>
        greetings.length > 0
          ? `TCP to ${en.list(places)} opens, then ${silent ? 'nothing is said, neither a greeting nor TLS' : 'it is cut off, before a greeting or TLS'}.`
          : `TCP to ${en.list(places)} opens, then the TLS handshake ${silent ? 'gets no answer' : 'is cut off'}.`,
      cause: ({ silent, greetings }) =>
        greetings.length > 0
          ? `A device on the path accepts connections and ${silent ? 'passes nothing on' : 'ends them'}: a firewall or proxy that filters the protocols of mail.`
          : silent
            ? 'A device on the path drops the handshake: a firewall that filters TLS by name, or large packets that get lost (path MTU).'
            : 'A device on the path cuts the handshake: a firewall or proxy that filters TLS by name or version.',
      nextStep: (p) =>
        `Let the firewall team look at its log for ${en.list(p.places)} from ${en.here(p)}; test with a smaller MTU when the handshake stalls.`,
    },
    ja: {
      sentence: ({ places, silent, greetings }) =>
        greetings.length > 0
          ? `${ja.list(places)} への TCP 接続は開きますが、${silent ? '応答も TLS もありません' : '応答や TLS の前に切断されます'}。`
          : `${ja.list(places)} への TCP 接続は開きますが、TLS ハンドシェイク${silent ? 'に応答がありません' : 'が切断されます'}。`,
      cause: ({ silent, greetings }) =>
        greetings.length > 0
          ? `途中の機器が接続を受け入れた後、${silent ? 'その先へ渡していません' : '切断しています'}。メールのプロトコルを制限するファイアウォールやプロキシが考えられます。`
          : silent
            ? '途中の機器がハンドシェイクを破棄しています。名前で TLS を制限するファイアウォール、または大きなパケットの損失 (パス MTU) が考えられます。'
            : '途中の機器がハンドシェイクを切断しています。名前またはバージョンで TLS を制限するファイアウォールやプロキシが考えられます。',
      nextStep: (p) =>
        `ファイアウォール担当に、${ja.here(p)}から ${ja.list(p.places)} への通信のログの確認を依頼してください。ハンドシェイクが止まる場合は、MTU を小さくして試してください。`,
    },
  }),
  claims: ({ places, greetings }) =>
    places.map((endpoint) => ({
      claim: greetings.includes(endpoint) ? 'not-greeted' : 'handshake-fails',
      endpoint,
    })),
  alike: { by: symptomOf, in: 'tls' },
  find: eachResult({
    applies: (result, context) => isCut(result) || isCutWithMail(result, context),
    about: whereCut,
    part: (result, context) => (whereCut(result, context) === endpointOf(result) ? endpointPart(result) : {}),
    details: (results) => ({
      silent: symptomOf(results[0]) === 'silent',
      greetings: distinct(results.filter(isNotGreeted).map(endpointOf)),
    }),
  }),
});
