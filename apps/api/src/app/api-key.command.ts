import { ApiKeyCreation } from '../trust/access/api-key.ts';
import { ApiKeysService, EVERYTHING } from '../trust/access/api-keys.service.ts';
import { runNamedCommand } from './named-command.ts';

// Makes another API key when every known one is lost.
await runNamedCommand(
  'npm run api-key -- NAME (for whom or what the key is, at most 100 characters)',
  ApiKeyCreation.shape.name,
  async (source, name) => {
    const { key } = await ApiKeysService.over(source).create({ name, ...EVERYTHING });
    return `API key "${name}" (shown only now, keep it): ${key}`;
  },
);
