import { describe, expect, it } from 'vitest';
import { accessWords, serviceSid } from './folder-access.ts';

describe('who may read the state folder on Windows', () => {
  it('knows the SID of a service’s account, as sc.exe showsid prints it', () => {
    expect(serviceSid('TrustedInstaller')).toBe(
      'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
    );
    expect(serviceSid('trustedinstaller')).toBe(serviceSid('TrustedInstaller'));
  });

  it('is said by number, for the system, its administrators and the service alone', () => {
    const [folder, ...words] = accessWords('C:\\ProgramData\\Mailpath 状態');
    expect(folder).toBe('C:\\ProgramData\\Mailpath 状態');
    expect(words).toContain('/inheritance:r');
    const granted = words.filter((word) => word.includes(':('));
    expect(granted).toHaveLength(3);
    for (const word of granted) expect(word).toMatch(/^\*S-1-5-[\d-]+:\(OI\)\(CI\)[FM]$/);
  });
});
