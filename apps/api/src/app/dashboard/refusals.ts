import { refusal } from '../../platform/refusal.ts';

export const notBuilt = refusal('app.not-built', {
  en: () => 'The dashboard is not built yet. Run npm run build, then start Mailpath again.',
  ja: () => 'ダッシュボードがビルドされていません。npm run build を実行し、Mailpath を起動し直してください。',
});
