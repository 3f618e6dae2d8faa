import { expect, it } from 'vitest';
import { workflowFaults } from './faults.ts';

const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const workflow = (step: string, key = 'timeout-minutes') =>
  `on: push\njobs:\n  bath:\n    runs-on: ubuntu-latest\n    ${key}: 5\n    steps:\n      - ${step}\n`;

it('has nothing to say of a sound workflow', async () => {
  expect(await workflowFaults(workflow(`uses: ${checkout}`), 'bath.yml')).toEqual([]);
});

it('names the place of a key that there is not', async () => {
  const [fault] = await workflowFaults(workflow('run: make', 'timeout-minuts'), 'bath.yml');
  expect(fault).toMatch(/^bath\.yml:5:5: unexpected key "timeout-minuts"/);
});

it('finds a property that no matrix has', async () => {
  const faults = await workflowFaults(workflow('run: echo ${{ matrix.oss }}'), 'bath.yml');
  expect(faults).toHaveLength(1);
});

it('wants actions at a commit', async () => {
  const faults = await workflowFaults(workflow('uses: actions/checkout@v7'), 'bath.yml');
  expect(faults).toEqual([
    expect.stringContaining('expected actions/checkout at a commit, got v7'),
  ]);
});
