import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const told = async (agent: string) => {
  const script = path.join(import.meta.dirname, 'which-node.mjs');
  const { stderr } = await execa(process.execPath, [script], {
    env: { npm_config_user_agent: agent },
  });
  return stderr;
};

test('an npm on an older Node is told of in one line', async () => {
  expect(await told('npm/11.19.1 node/v20.20.2 linux x64')).toBe(
    `npm runs on Node 20.20.2, poolproof on the Node ${process.versions.node} that was installed with it: nothing to do.`,
  );
});

test('there is nothing to say of a newer one, or without npm', async () => {
  expect(await told('npm/11.19.1 node/v24.21.0 linux x64')).toBe('');
  expect(await told('')).toBe('');
});
