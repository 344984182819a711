export { type AgentClock, clocksOff } from './agent-clocks.ts';
export { checksSilent, type ScheduledCheck } from './check-silence.ts';
export type { Circumstance } from './circumstances.ts';
export { clockAhead } from './clock.ts';
export { confirmationOf, refutes, settles } from './confirm.ts';
export { demandOf, serviceOf, type DemandVerdict } from './demand.ts';
export { diagnoseServer, sentenceFor, type ServerRound } from './diagnose-server.ts';
export { diagnoseSite, diagnosing, type SiteRound } from './diagnose-site.ts';
export { differences, type Sibling } from './differences.ts';
export type { ServerResults, SiteFacts } from './look.ts';
export { PHASES } from './words/phases.ts';
export { pastOf, type PastResult } from './history.ts';
export { finalResults as lastLooks, nothingRan } from './final-results.ts';
export { headlineOf } from './headline.ts';
export { linksOf, withLinks } from './links.ts';
export { render } from './render.ts';
export { RULES } from './rules.ts';
export {
  type SiteSeen,
  type SiteVerdict,
  verdictOf,
  type VerdictWord,
  type WeighedFinding,
} from './site-verdict.ts';
export { severityOf } from './severity.ts';
export { type AgentSeen, nextSilenceMs, silencesOf } from './silence.ts';
export * from './answers/oauth-error-table.ts';
export * from './answers/oauth-suberror-table.ts';
export * from './answers/explain-token-answer.ts';
export * from './answers/exchange-table.ts';
export { judgeSettings } from './settings/judge-settings.ts';
export type { MailboxSettings, Seen, SiteSettings } from './settings/setting.ts';
export {
  AUTHORIZE_URL_MAX,
  cloudOf,
  NotAnAuthorizeUrl,
  readAuthorizeUrl,
  type AuthorizeUrlParts,
} from './settings/authorize-url.ts';
export { judgeAuthorizeUrl } from './settings/authorize-url-verdicts.ts';
export type { AnswerTables, KnownAnswer } from './sign-in/answers.ts';
export { CATALOGUES, type Catalogue } from './words/catalogue.ts';
export type { FrameWords, NoData } from './words/frame.ts';
export { checklist } from './checklist/checklist.ts';
export type { ChecklistInput, ClientProof, ChecklistServer, OpenFinding } from './checklist/known.ts';
export { readiness } from './checklist/readiness.ts';
