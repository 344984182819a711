import { createHash } from 'node:crypto';

/** Of the report: it stands in the file, and the file's policy names it by its hash. */
export const STYLE = `
:root { color-scheme: light; font: 14px/1.5 'Inter Variable', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, 'Noto Sans JP', 'Noto Sans CJK JP', system-ui, sans-serif; color: #10151e; background: #fff; }
body { margin: 2rem auto; max-inline-size: 72rem; padding-inline: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin-block: 0 .25rem; }
h2 { font-size: 1.25rem; margin-block: 2.5rem .75rem; border-block-end: 1px solid #c4ccd8; padding-block-end: .25rem; }
h3 { font-size: 1rem; margin-block: 1.25rem .25rem; }
p, ul, dl { margin-block: .25rem; }
.quiet { color: #465063; }
.verdict { font-size: 1.125rem; padding: .75rem 1rem; border: 1px solid #c4ccd8; border-inline-start-width: 6px; border-radius: 7px; margin-block: 1rem; }
.unsafe, .error { border-color: #be1f18; }
.watch, .warning { border-color: #8a5300; }
.safe { border-color: #0e7a57; }
.finding { border: 1px solid #c4ccd8; border-inline-start-width: 6px; border-radius: 7px; padding: .5rem 1rem .75rem; margin-block: .75rem; break-inside: avoid; }
.finding h3 { margin-block-start: .25rem; }
dt { font-weight: 650; float: inline-start; clear: inline-start; inline-size: 9rem; }
dd { margin-inline-start: 9.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-size: .875rem; }
th, td { text-align: start; vertical-align: top; padding: .375rem .5rem; border: 1px solid #e4e8ee; overflow-wrap: anywhere; }
thead th { background: #f5f6f9; }
tr { break-inside: avoid; }
.fail, .broken { color: #be1f18; font-weight: 650; }
.warn, .throttled { color: #8a5300; }
.none { color: #636d80; }
pre { font: 12px/1.45 ui-monospace, 'Cascadia Mono', Consolas, 'Noto Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: #f5f6f9; border: 1px solid #e4e8ee; border-radius: 7px; padding: .75rem; margin-block: .5rem; }
:lang(ja) { line-height: 1.65; }
@media (max-width: 40rem) { dt { float: none; } dd { margin-inline-start: 0; } }
@media print { body { margin: 0; max-inline-size: none; padding: 0; font-size: 10pt; } .scroll { overflow: visible; } h2, h3 { break-after: avoid; } pre { background: none; } @page { margin: 15mm; } }
`;

const hash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing runs, nothing is fetched, and the one style is this one. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
