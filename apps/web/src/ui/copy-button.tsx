import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { Icon } from './icon.tsx';

/** Puts a text where it can be pasted from, and says so. */
export function CopyButton({ text, label, wide = false }: { text: string; label: string; wide?: boolean }) {
  const { findings } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <>
      <button
        className={wide ? 'button' : 'button quiet square'}
        type="button"
        onClick={copy}
        {...(!wide && { 'aria-label': `${findings.copy}: ${label}` })}
      >
        <Icon name={copied ? 'pass' : 'copy'} />
        {wide && (copied ? findings.copied : findings.copyAs(label))}
      </button>
      <output className="spoken">{copied ? findings.copied : ''}</output>
    </>
  );
}
