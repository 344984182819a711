import type { Severity } from '../api/types.ts';
import { Icon, type IconName } from './icon.tsx';

const ICON: Record<Severity | 'pass' | 'none', IconName> = {
  pass: 'pass',
  error: 'error',
  warning: 'warning',
  info: 'info',
  none: 'none',
};

export const StateIcon = ({ state, size }: { state: Severity | 'pass' | 'none'; size?: number }) => (
  <span className="state" data-state={state}>
    <Icon name={ICON[state]} {...(size !== undefined && { size })} />
  </span>
);
