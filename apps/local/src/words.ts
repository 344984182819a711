import type { Language, Readiness, SettingState } from '@mailpath/protocol';

interface LocalWords {
  /** Findings that were seen once. */
  waiting: (count: number) => string;
  checklist: {
    head: { item: string; what: string; verdict: string };
    verdict: Record<SettingState, string>;
    readyForEnd: string;
    readiness: Record<Readiness['state'], string>;
    allOthers: string;
    /** A mailbox, and the server that opens it. */
    at: (mailbox: string, server: string) => string;
  };
  headings: { findings: string; checklist: string };
}

/**
 * The words of `npm start` and the demonstration around what the API answers, which comes in the language that it was
 * asked in.
 */
export const WORDS: Record<Language, LocalWords> = {
  en: {
    waiting: (count) =>
      count === 1
        ? '1 more was seen once, and opens with a later round that sees it again.'
        : `${count} more were seen once, and open with a later round that sees them again.`,
    checklist: {
      head: { item: 'item', what: 'what', verdict: 'verdict' },
      verdict: { holds: 'holds', broken: 'BROKEN', 'cannot-tell': 'cannot tell' },
      readyForEnd: 'Ready for the end of basic authentication',
      readiness: { ready: 'ready', 'not-ready': 'NOT READY', 'cannot-tell': 'cannot tell' },
      allOthers: 'all others',
      at: (mailbox, server) => `${mailbox} on ${server}`,
    },
    headings: { findings: 'What is wrong, the worst first:', checklist: "Cisco's checklist, item by item:" },
  },
  ja: {
    waiting: (count) =>
      `ほかに ${count} 件が一度だけ確認されました。次のラウンドで再び確認されると検出結果になります。`,
    checklist: {
      head: { item: '項目', what: '内容', verdict: '判定' },
      verdict: { holds: '問題なし', broken: '問題あり', 'cannot-tell': '判定不可' },
      readyForEnd: '基本認証の廃止への準備',
      readiness: { ready: '準備完了', 'not-ready': '未対応', 'cannot-tell': '判定不可' },
      allOthers: 'その他すべて',
      at: (mailbox, server) => `${server} の ${mailbox}`,
    },
    headings: { findings: '検出された問題 (重大なものから):', checklist: 'Cisco のチェックリスト (項目別):' },
  },
};
