import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { detectors } from '../detectors/detectors.ts';
import { readAlertSettings } from './config.ts';

const secret = `whsec_${'a'.repeat(43)}=`;

async function read(text: string, env: Record<string, string> = {}) {
  await using folder = await makeTemporaryFolder('alerts');
  const file = path.join(folder.path, 'alerts.yaml');
  await writeFile(file, text);
  try {
    return readAlertSettings(file, detectors, env);
  } catch (error) {
    return (error as Error).message.replaceAll(file, 'alerts.yaml');
  }
}

test('thresholds are changed, detectors left out, and secrets taken from the environment', async () => {
  const text = `
address: https://ops.example.org/
webhooks:
  - { name: chat, kind: slack, urlFrom: CHAT_URL, detectors: [loop-blocked] }
  - { name: pager, kind: standard, url: https://pager.example.org/in, secretFrom: PAGER_SECRET }
detectors:
  oldest-waiting-job: { on: 60, off: 30 }
  version-skew: { enabled: false }
`;
  const env = { CHAT_URL: 'https://chat.example.org/T0/B0/secret', PAGER_SECRET: secret };
  const settings = await read(text, env);
  if (typeof settings === 'string') throw new Error(settings);
  expect(settings.address).toBe('https://ops.example.org');
  expect(settings.webhooks).toMatchObject([{ url: env.CHAT_URL }, { secret }]);
  const names = settings.detectors.map(({ name }) => name);
  expect(names).not.toContain('version-skew');
  const oldest = settings.detectors.find(({ name }) => name === 'oldest-waiting-job');
  expect(oldest?.thresholds).toMatchObject({ on: 60, off: 30, onForSeconds: 30 });
});

test('JSON is read, too, and nothing changes nothing', async () => {
  expect(await read('{"webhooks": []}')).toMatchObject({ webhooks: [], detectors });
  expect(await read('')).toMatchObject({ webhooks: [], detectors });
});

test.for([
  [
    'webhooks:\n  - { name: chat, kind: sms, url: https://a.example }',
    /^alerts\.yaml:2: webhooks\.0\.kind: /,
  ],
  [
    'webhooks:\n  - name: chat\n    kind: slack',
    /^alerts\.yaml:2: webhooks\.0: expected url or urlFrom/,
  ],
  ['detectors:\n  no-such: { on: 1 }', /^alerts\.yaml:2: detectors\.no-such: expected a detector/],
  ['detectors:\n  failure-rate:\n    off: 90', /failure-rate: expected off to be at most on/],
  ['webhooks: [\n  {', /^alerts\.yaml:\d/],
  ['detektors: {}', /^alerts\.yaml:1: file: /],
  [
    'webhooks:\n  - { name: a, kind: standard, url: https://a.example, secretFrom: GONE }',
    /alerts\.yaml:2: .*GONE to be set/,
  ],
] as const)('what is wrong in %j is told with its line', async ([text, message]) => {
  expect(await read(text)).toMatch(message);
});

test('a secret that is none is not repeated', async () => {
  const text = 'webhooks:\n  - { name: a, kind: standard, url: https://a.example, secretFrom: S }';
  const told = await read(text, { S: 'hunter2' });
  expect(told).toMatch(/expected it to hold whsec_/);
  expect(told).not.toContain('hunter2');
});
