import type { Checklist } from '@mailpath/protocol';
import { languageOf, type Screen } from '@mailpath/terminal';
import { checklistTable } from '../checklist-table.ts';
import { comparisonTable } from '../comparison-table.ts';
import { findingsList } from '../findings-list.ts';
import type { Concluded } from '../open-findings.ts';
import { WORDS } from '../words.ts';
import { BROKEN } from './servers.ts';

/** Where what is printed can be asked for. */
export interface Places {
  url: string;
  key: string;
  siteId: string;
  controlUrl: string;
}

/** What is printed at the end, section by section. */
export function report(concluded: Concluded, checklist: Checklist, places: Places, screen: Screen): string {
  const { headings } = WORDS[languageOf(screen)];
  const sections = [
    comparisonTable(concluded.comparison, screen),
    headings.findings,
    findingsList(concluded, screen),
    headings.checklist,
    checklistTable(checklist, screen),
    overRest(places),
    TO_GO_ON,
  ];
  return sections.filter((section) => section !== null).join('\n\n');
}

const overRest = ({ url, key, siteId, controlUrl }: Places): string =>
  `The same over REST, to be pasted into a shell (reference: ${url}/docs):

  API=${url} SITE=${siteId} CONTROL=${controlUrl}
  KEY=${key}
  curl -s -H "Authorization: Bearer $KEY" $API/v1/sites/$SITE/comparison                # the table above
  curl -s -H "Authorization: Bearer $KEY" $API/v1/sites/$SITE/findings                  # Accept-Language: ja for Japanese
  curl -s -H "Authorization: Bearer $KEY" $API/v1/sites/$SITE/checklist                 # the checklist: why, and what to do
  curl -s -H "Authorization: Bearer $KEY" "$API/v1/sites/$SITE/results?outcome=fail"    # each failure, with its evidence
  curl -s -H "Authorization: Bearer $KEY" $API/v1/sites/$SITE/settings                  # version, URLs, token, protocols
  curl -s -H "Authorization: Bearer $KEY" $API/v1/sites/$SITE/credentials               # what the token says; never the token`;

const TO_GO_ON = `Fix a fault, break something else, and ask all servers again ("curl $CONTROL" lists what can be done):

  curl -s -X DELETE $CONTROL/faults/${BROKEN[0]?.address}                                           # ${BROKEN[0]?.name} is well again
  curl -s -X PATCH $CONTROL/mailboxes/support@contoso.example -H 'content-type: application/json' -d '{"licensed":false}'
  curl -s -H "Authorization: Bearer $KEY" -X POST $API/v1/sites/$SITE/runs              # then the comparison once more`;
