export {
  comparisonText,
  type ComparedCell,
  type ComparedRow,
  type ComparedServer,
} from './comparison-text.ts';
export { findingText, type FindingWords } from './finding-text.ts';
export { type LogLine, logLineText } from './log-line.ts';
export { plainText } from './plain-text.ts';
export { frameOf, languageOf, onPaper, OUTCOME_STYLE, type Screen, screenOf } from './screen.ts';
export { textTable, type Cell, type TextTable } from './text-table.ts';
export { columnsOf } from './columns.ts';
export { wrapText } from './wrap-text.ts';
export { stepTree } from './steps/step-tree.ts';
export { OUTCOMES } from './steps/step-words.ts';
export { escaped } from './report/html.ts';
export { htmlReport, type Report, type ReportedFinding } from './report/html-report.ts';
export { REPORT_POLICY } from './report/style.ts';
export { withoutTokens } from './report/without-tokens.ts';
