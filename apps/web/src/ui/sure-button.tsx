import { useState } from 'react';
import { useWords } from '../words/words.tsx';

interface Props {
  /** What it does, in a word or two. */
  label: string;
  /** To what, for those who do not see where it stands. */
  of: string;
  /** What is lost by it, asked before it is done. */
  ask: string;
  busy: boolean;
  onSure: () => void;
}

/** For what cannot be taken back: asked twice, in place; the second button stands where the first stood. */
export function SureButton({ label, of, ask, busy, onSure }: Props) {
  const { sure: words } = useWords();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button className="button quiet" type="button" onClick={() => setAsked(true)}>
        {label} <span className="spoken">{of}</span>
      </button>
    );
  return (
    <fieldset className="sure" aria-label={`${label} ${of}`}>
      <span>{ask}</span>
      <button
        className="button danger"
        type="button"
        disabled={busy}
        onClick={() => {
          setAsked(false);
          onSure();
        }}
      >
        {label}
      </button>
      <button className="button quiet" type="button" onClick={() => setAsked(false)}>
        {words.not}
      </button>
    </fieldset>
  );
}
