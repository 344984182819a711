import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, memo, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { answer, api, isSignedOut } from './api/client.ts';
import { SITES_KEY } from './api/query-client.ts';
import { ComparisonPage } from './comparison/comparison-page.tsx';
import type { Site } from './api/types.ts';
import { paths } from './paths.ts';
import { useLastError } from './api/use-last-error.ts';
import { Boundary } from './ui/boundary.tsx';
import { Icon } from './ui/icon.tsx';
import { Broken, Loading, Trouble } from './ui/trouble.tsx';
import { useWords } from './words/words.tsx';

const SessionPage = lazy(async () => ({ default: (await import('./session/session-page.tsx')).SessionPage }));
const SessionAgain = lazy(async () => ({
  default: (await import('./session/session-again.tsx')).SessionAgain,
}));
const LinkPage = lazy(async () => ({ default: (await import('./session/link-page.tsx')).LinkPage }));
const FindingsPage = lazy(async () => ({
  default: (await import('./findings/findings-page.tsx')).FindingsPage,
}));
const FindingPage = lazy(async () => ({
  default: (await import('./findings/finding-page.tsx')).FindingPage,
}));
const ChecklistPage = lazy(async () => ({
  default: (await import('./checklist/checklist-page.tsx')).ChecklistPage,
}));
const ServersPage = lazy(async () => ({ default: (await import('./servers/servers-page.tsx')).ServersPage }));
const AgentsPage = lazy(async () => ({ default: (await import('./upgrades/agents-page.tsx')).AgentsPage }));
const AddServerPage = lazy(async () => ({
  default: (await import('./servers/add-server-page.tsx')).AddServerPage,
}));
const ServerPage = lazy(async () => ({ default: (await import('./servers/server-page.tsx')).ServerPage }));
const ThenPage = lazy(async () => ({ default: (await import('./then/then-page.tsx')).ThenPage }));
const CheckPage = lazy(async () => ({ default: (await import('./checks/check-page.tsx')).CheckPage }));
const MailboxesPage = lazy(async () => ({
  default: (await import('./mail/mailboxes-page.tsx')).MailboxesPage,
}));
const SignInPage = lazy(async () => ({ default: (await import('./mail/sign-in-page.tsx')).SignInPage }));
const SetUpPage = lazy(async () => ({ default: (await import('./set-up/set-up-page.tsx')).SetUpPage }));
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/settings-page.tsx')).SettingsPage,
}));
const AuditPage = lazy(async () => ({ default: (await import('./audit/audit-page.tsx')).AuditPage }));
const KeysPage = lazy(async () => ({ default: (await import('./people/keys-page.tsx')).KeysPage }));
const RetentionPage = lazy(async () => ({
  default: (await import('./retention/retention-page.tsx')).RetentionPage,
}));
const SitesPage = lazy(async () => ({ default: (await import('./sites/sites-page.tsx')).SitesPage }));
const UsersPage = lazy(async () => ({ default: (await import('./people/users-page.tsx')).UsersPage }));
const AccountPage = lazy(async () => ({ default: (await import('./people/account-page.tsx')).AccountPage }));

/** Who may look, and at which site; everything below is one page each. */
export function App() {
  return (
    <Suspense>
      <Switch>
        <Route path="/sign-in">
          <LinkRoute />
        </Route>
        <Route>
          <Pages />
        </Route>
      </Switch>
    </Suspense>
  );
}

function LinkRoute() {
  const queries = useQueryClient();
  return <LinkPage onOpen={() => void queries.resetQueries()} />;
}

function Pages() {
  const queries = useQueryClient();
  const { problem } = useWords();
  const [place] = useLocation();
  const sites = useQuery({
    queryKey: SITES_KEY,
    queryFn: () => answer(api.GET('/v1/sites', { params: { query: { limit: 500 } } })),
    // A session that has ended, or an API that is gone, is noticed here, whatever page is open.
    refetchInterval: ({ state }) => (state.error ? 5_000 : 60_000),
    retry: false,
  });
  const error = useLastError(sites);
  if (!sites.data) {
    if (isSignedOut(error)) return <SessionPage onOpen={() => void queries.resetQueries()} />;
    return (
      <main className="page">
        {error ? <Trouble error={error} again={() => void sites.refetch()} /> : <Loading />}
      </main>
    );
  }
  return (
    <>
      <Boundary place={place} instead={(again) => <Broken again={again} />}>
        <Places sites={sites.data.items} />
      </Boundary>
      {isSignedOut(sites.error) && (
        // It waits by itself: the page below stays as it is.
        <Suspense>
          <SessionAgain />
        </Suspense>
      )}
      <output className="strip">
        {sites.error && !isSignedOut(sites.error) && (
          <>
            <Icon name="warning" />
            <b>{problem.title}</b> {problem.lead}
          </>
        )}
      </output>
    </>
  );
}

/** One page each. */
const Places = memo(function Places({ sites: items }: { sites: readonly Site[] }) {
  const [first] = items;
  return (
    <Switch>
      <Route path="/sites">
        <SitesPage />
      </Route>
      <Route path="/sites/:siteId">{({ siteId }) => <ComparisonPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/findings">{({ siteId }) => <FindingsPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/findings/:findingId">
        {({ siteId, findingId }) => <FindingPage siteId={siteId} findingId={findingId} />}
      </Route>
      <Route path="/sites/:siteId/checklist">{({ siteId }) => <ChecklistPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/servers">{({ siteId }) => <ServersPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/servers/new">{({ siteId }) => <AddServerPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/servers/:serverId">
        {({ siteId, serverId }) => <ServerPage siteId={siteId} serverId={serverId} />}
      </Route>
      <Route path="/sites/:siteId/agents">{({ siteId }) => <AgentsPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/then">{({ siteId }) => <ThenPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/checks/:check">
        {({ siteId, check }) => <CheckPage siteId={siteId} check={check} />}
      </Route>
      <Route path="/sites/:siteId/mailboxes">{({ siteId }) => <MailboxesPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/sign-in/:signInId">
        {({ siteId, signInId }) => <SignInPage siteId={siteId} signInId={signInId} />}
      </Route>
      <Route path="/sites/:siteId/set-up">{({ siteId }) => <SetUpPage siteId={siteId} />}</Route>
      <Route path="/sites/:siteId/settings">{({ siteId }) => <SettingsPage siteId={siteId} />}</Route>
      <Route path="/settings/keys">
        <KeysPage />
      </Route>
      <Route path="/settings/retention">
        <RetentionPage />
      </Route>
      <Route path="/settings/audit">
        <AuditPage />
      </Route>
      <Route path="/settings/users">
        <UsersPage />
      </Route>
      <Route path="/account">
        <AccountPage />
      </Route>
      <Route>
        <Redirect to={first && items.length === 1 ? paths.comparison(first.id) : paths.sites()} replace />
      </Route>
    </Switch>
  );
});
