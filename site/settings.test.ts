import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

it('knows nothing of where it stands unless it is told', () => {
  expect(readSettings({})).toEqual({ branch: 'main' });
});

it('takes addresses without the slash at their end', () => {
  const environment = {
    POOLPROOF_SITE: 'https://lanes.example/',
    POOLPROOF_REPOSITORY: 'https://github.com/lanes/bath/',
    POOLPROOF_BRANCH: 'trunk',
  };
  expect(readSettings(environment)).toEqual({
    site: 'https://lanes.example',
    repository: 'https://github.com/lanes/bath',
    branch: 'trunk',
  });
});

it('takes the repository from GitHub Actions', () => {
  const environment = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'lanes/bath' };
  expect(readSettings(environment).repository).toBe('https://github.com/lanes/bath');
});

it.each(['lanes.example', 'ftp://lanes.example', '/lanes'])('refuses %s', (site) => {
  expect(() => readSettings({ POOLPROOF_SITE: site })).toThrow(
    `expected an address in POOLPROOF_SITE, such as https://example.org, got "${site}"`,
  );
});
