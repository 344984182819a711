import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/words.tsx';
import { TopBar } from './top-bar.tsx';

interface Props {
  title: string;
  /** Where it is another one than the title of the window. */
  heading?: string;
  lead?: string | false | undefined;
  /** At the other end of the heading. */
  beside?: ReactNode;
  children: ReactNode;
}

/** What every page has around it that belongs to the installation and to no site. */
export function InstallationShell({ title, heading = title, lead, beside, children }: Props) {
  const { product } = useWords();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <>
      <TopBar site="" findings={0} live={null} />
      <main id="main" className="page" tabIndex={-1}>
        <div className="title-bar">
          <div>
            <h1>{heading}</h1>
            {lead && <p className="lead">{lead}</p>}
          </div>
          {beside}
        </div>
        {children}
      </main>
    </>
  );
}
