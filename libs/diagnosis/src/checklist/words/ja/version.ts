import type { version as en } from '../en/version.ts';

const LATEST = '使用中のリリースの最新の ES をインストールすることが推奨されます。';

export const version: typeof en = {
  'version.missing': () => 'ECE のバージョンが入力されていません。',
  'version.enter': () =>
    'リリースと ES レベルを ECE の表記どおりに入力してください。例: 12.6(1) と ES5、11.6(1) と ES12_ET1。',
  'version.unknown-form': (given) => `${given.join(' と ')} は認識できるバージョンの形式ではありません。`,
  'version.too-old': (release) =>
    `${release} には、Microsoft 365 の OAuth に対応した ES は知られていません。最初に対応したのは 11.6(1) の ES12 と ES12_ET1 です。`,
  'version.upgrade': () => 'OAuth に対応したリリースに ECE をアップグレードしてください。',
  'version.later': (release) =>
    `${release} はチェックリストに記載されたリリースより後のものです。OAuth は標準で含まれていると考えられます。`,
  'version.no-minimum': (release) => `チェックリストには ${release} の最小レベルが記載されていません。`,
  'version.read-notes': () =>
    `そのリリースのリリース ノートとガイドで OAuth への対応を確認してください。${LATEST}`,
  'version.no-level': (release, needed) =>
    `${release} には ${needed.join(' と ')} が必要ですが、ES レベルが入力されていません。`,
  'version.low': (release, level, needed) =>
    `${release} は ${level} です。Microsoft 365 の OAuth には ${needed.join(' と ')} が必要です。`,
  'version.install': (needed) => `${needed.join(' と ')} をインストールしてください。${LATEST}`,
  'version.test-unknown': (release, level, test) =>
    `${release} は ${level} です。番号だけでは ${test} が含まれているかどうか判断できません。`,
  'version.check-test': (level, test) =>
    `${level} のリリース ノートで、${test} が含まれていることを確認してください。`,
  'version.enough': (release, level, needed) =>
    `${release} の ${level} は Microsoft 365 の OAuth に対応しています (${needed.join(' と ')} 以降)。`,
  'version.latest': () => LATEST,
};
