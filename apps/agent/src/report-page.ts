import { linksOf, render } from '@mailpath/diagnosis';
import type { Language, ServerReport } from '@mailpath/protocol';
import { htmlReport } from '@mailpath/terminal';

/** What this server saw, as the API reports on a site: one HTML file that runs nothing. */
export function reportPage(
  { server, startedAt, findings, results }: ServerReport,
  language: Language,
): string {
  return htmlReport({
    language,
    generatedAt: startedAt,
    name: server.name,
    verdict: null,
    findings: findings.map((finding) => ({
      ...render(finding, language),
      links: linksOf(finding, language),
      since: null,
    })),
    comparison: null,
    checklist: null,
    results: results.map((result) => ({ server: server.name, result })),
  });
}
