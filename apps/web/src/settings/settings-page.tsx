import { useState } from 'react';
import { Link } from 'wouter';
import { useSettings, useSite } from '../api/site-queries.ts';
import { paths } from '../paths.ts';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useMay } from '../ui/use-role.ts';
import { useWords } from '../words/words.tsx';
import { ClientCertificate } from './client-certificate.tsx';
import { ClientSecret } from './client-secret.tsx';
import { PasteUrl } from './paste-url.tsx';
import style from './settings-page.module.css';
import { SiteForm } from './site-form.tsx';
import { Verdicts } from './verdicts.tsx';

/** What Mailpath has to know of an installation, how often it looks, and how the settings are judged. */
export function SettingsPage({ siteId }: { siteId: string }) {
  const words = useWords();
  const asked = useSite(siteId);
  // Fields keep what is typed, so a form is made anew where a pasted address has changed the site.
  const [taken, setTaken] = useState(0);
  const mayChange = useMay(siteId, 'administrator');
  return (
    <SiteShell siteId={siteId} place="settings" title={words.settings.title}>
      {() => (
        <>
          <div className="title-bar">
            <h1>{words.settings.title}</h1>
            <Link className="button" href={paths.setUp(siteId)}>
              {words.setUp.title}
            </Link>
          </div>
          {!mayChange && <p className="lead">{words.settings.readOnly}</p>}
          <Answered by={asked}>
            {(site) => (
              <div className={style.columns}>
                <SiteForm key={taken} site={site} mayChange={mayChange} />
                <div className={style.beside}>
                  <PasteUrl siteId={siteId} mayChange={mayChange} onTaken={() => setTaken(taken + 1)} />
                  {mayChange && <ClientCertificate siteId={siteId} />}
                  {mayChange && <ClientSecret siteId={siteId} />}
                  <Judged siteId={siteId} />
                </div>
              </div>
            )}
          </Answered>
        </>
      )}
    </SiteShell>
  );
}

function Judged({ siteId }: { siteId: string }) {
  const { settings: words } = useWords();
  const { data } = useSettings(siteId);
  if (!data || data.verdicts.length === 0) return null;
  return (
    <section className={style.card} aria-labelledby="judged">
      <h2 id="judged">{words.judged}</h2>
      <Verdicts verdicts={data.verdicts} />
    </section>
  );
}
