import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { Icon } from './icon.tsx';

/** Puts a text where it can be pasted from, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { findings } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <>
      <button
        className="button quiet square"
        type="button"
        onClick={copy}
        aria-label={`${findings.copy}: ${label}`}
      >
        <Icon name={copied ? 'pass' : 'copy'} />
      </button>
      <output className="spoken">{copied ? findings.copied : ''}</output>
    </>
  );
}
