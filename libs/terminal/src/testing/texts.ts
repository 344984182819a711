/** Pieces that texts of checks, servers and people are made of, in both scripts, and what is hard to measure. */
const PIECES = [
  'app01',
  'smtp.office365.com:587',
  'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=1',
  'The',
  'port',
  'ポート',
  'サーバーの時計を確認してください。',
  '、',
  '」',
  '「',
  '（',
  '）。',
  'ー',
  'っ',
  '々',
  'ｶﾞ',
  '가나다',
  'e\u0301',
  'か\u3099',
  '👩‍💻',
  '🇯🇵',
  '≠',
  '–',
  '\u001b[31mred\u001b[0m',
  '\u202e',
  '\u200b',
  '\r\n',
  '\t',
  ' ',
  '  ',
  '\u3000',
];

/** Texts of them in an order that is the same in every run (a linear congruential generator, Numerical Recipes). */
export function texts(count = 120): string[] {
  let state = 20_261_127;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(14) }, () => PIECES[next(PIECES.length)]).join(next(2) === 0 ? '' : ' '),
  );
}
