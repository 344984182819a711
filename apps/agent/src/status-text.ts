import { type Language, LineFault } from '@mailpath/protocol';
import { columnsOf, plainText } from '@mailpath/terminal';
import { z } from 'zod';
import { readAgentFile, readAgentKey } from './agent-file.ts';
import { fingerprintOf } from './agent-key.ts';
import { readAssignment } from './agent.ts';
import { inLanguage } from './command-words.ts';
import { isRunning } from './run-lock.ts';
import type { StateSummary } from './state-db.ts';

const KeptLine = z.object({ fault: LineFault, detail: z.string(), since: z.string() });
const Link = z.object({ joined: z.boolean(), since: z.iso.datetime() });

/** What the state folder tells, a line each. `state` is null before the agent has run once. */
export function statusText(stateDir: string, state: StateSummary | null, language: Language): string {
  const t = inLanguage(language);
  const file = readAgentFile(stateDir);
  const running = isRunning(stateDir);
  const known = readAssignment(state?.assignment ?? null);
  const waiting = state?.waiting ?? 0;
  const oldest = typeof state?.oldestAt === 'number' ? new Date(state.oldestAt).toISOString() : null;
  const lines: [label: string, text: string][] = [
    [t('running', '動作中'), runningText(running, t)],
    [t('connected', '接続'), connectedText(running, state?.link ?? null, t)],
    ...(state?.line ? [lineText(state.line, t)] : []),
    [t('last round', '最後のラウンド'), state?.round ?? t('none yet', 'まだありません')],
    [t('state', '状態フォルダー'), stateDir],
    ['API', file.apiUrl],
    [t('site', 'サイト'), file.siteName],
    [t('server', 'サーバー'), `${file.serverName} (${file.roles.join(', ')})`],
    [t('agent', 'エージェント'), file.agentId],
    [t('key', '鍵'), fingerprintOf(readAgentKey(stateDir))],
    [t('allow', '許可'), [t('Microsoft’s hosts', 'Microsoft のホスト'), ...file.allow].join(', ')],
    [
      t('assignment', '割り当て'),
      known
        ? t(
            `${counted(known.tasks.length, 'check')} every ${known.everySeconds} s (revision ${known.revision})`,
            `${known.tasks.length} 件のチェックを ${known.everySeconds} 秒ごと (リビジョン ${known.revision})`,
          )
        : t('none yet', 'まだありません'),
    ],
    [
      t('waiting', '送信待ち'),
      t(
        `${counted(waiting, 'result')}${oldest ? `, the oldest from ${oldest}` : ''}`,
        `結果 ${waiting} 件${oldest ? ` (最も古いもの: ${oldest})` : ''}`,
      ),
    ],
    [
      t('dropped', '破棄'),
      t(`${counted(state?.dropped ?? 0, 'result')}, ever`, `結果 ${state?.dropped ?? 0} 件 (累計)`),
    ],
  ];
  const width = Math.max(...lines.map(([label]) => columnsOf(label))) + 2;
  return lines
    .map(([label, text]) => `${label}${' '.repeat(width - columnsOf(label))}${plainText(text)}`)
    .join('\n');
}

/** Why it reports by HTTPS, as the running agent has kept it. */
function lineText(kept: string, t: Texts): [label: string, text: string] {
  const { fault, detail, since } = KeptLine.parse(JSON.parse(kept));
  return [
    t('line', '回線'),
    t(
      `HTTPS since ${since}: WebSocket does not get through (${fault}: ${detail}), so no order reaches this server`,
      `${since} から HTTPS を使用。WebSocket が通らないため (${fault}: ${detail})、このサーバーには実行の指示が届きません`,
    ),
  ];
}

type Texts = ReturnType<typeof inLanguage>;

function runningText(running: boolean | null, t: Texts): string {
  if (running === null)
    return t(
      'cannot tell: run this as the account that runs the agent',
      '不明。エージェントを実行しているアカウントで実行してください',
    );
  return running ? t('yes', 'はい') : t('no', 'いいえ');
}

/** A process that was killed says nothing of its connection: what does not run is not connected. */
function connectedText(running: boolean | null, kept: string | null, t: Texts): string {
  const link = kept === null ? null : Link.safeParse(JSON.parse(kept)).data;
  if (running === false || !link) return t('no', 'いいえ');
  return link.joined
    ? t(`yes, since ${link.since}`, `はい (${link.since} から)`)
    : t(`no, since ${link.since}: the log says why`, `いいえ (${link.since} から)。理由はログにあります`);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
