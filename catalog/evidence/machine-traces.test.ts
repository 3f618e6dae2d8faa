import os from 'node:os';
import { expect, test, vi } from 'vitest';
import { soundEvidence } from '../fixtures/sound-project.ts';
import { findMachineTraces, thisMachine, type Machine } from './machine-traces.ts';

const machine: Machine = { home: '/srv/ada', tmp: '/scratch', host: 'engine', user: 'ada' };

function tracesIn(line: string, on = machine) {
  return findMachineTraces({ ...soundEvidence, commands: [line] }, on);
}

test.each([
  ['worker | /srv/ada/.cache/venv', '/srv/ada', '<home>'],
  ['worker | /scratch/run-1/tasks.py', '/scratch', '<tmp>'],
  ['worker | celery@engine ready.', 'engine', '<host>'],
  ['worker | ada@elsewhere ready.', 'ada@', '<user>'],
  ['File "/home/grace/app/tasks.py"', '/home/grace', '<home>'],
  ['File "/Users/grace/tasks.py"', '/Users/grace', '<home>'],
  ['File "/root/tasks.py"', '/root', '<home>'],
  ['File "C:\\Users\\grace\\tasks.py"', 'C:\\Users\\grace', '<home>'],
  ['File "c:\\\\users\\\\grace\\\\tasks.py"', 'c:\\\\users\\\\grace', '<home>'],
  ['cd /tmp/run-7', '/tmp/run-7', '<tmp>'],
  ['cd /var/folders/zz/run-7', '/var/folders/zz/run-7', '<tmp>'],
])('%j names a machine', (line, text, placeholder) => {
  expect(tracesIn(line)).toEqual([{ at: 'commands[0]', text, placeholder }]);
});

test.each([
  '<home>/.cache and <tmp>/run-1 and <user>@<host>',
  'the engineer started search-engine and engine-room',
  'the root of the problem',
  'https://example.org/tmp/page',
  'File "<cache>/root/tasks.py"',
  'canada@elsewhere',
])('%j names none', (line) => {
  expect(tracesIn(line)).toEqual([]);
});

test('the machine this runs on is known', () => {
  const { home } = thisMachine();
  expect(tracesIn(`cd ${home}`, thisMachine())).toMatchObject([{ text: home }]);
});

test('a user that the system does not know has no name, and is no trace', () => {
  const userInfo = vi.spyOn(os, 'userInfo').mockImplementation(() => {
    throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
  });
  try {
    const nobody = thisMachine();
    expect(nobody.user).toBe('');
    expect(findMachineTraces({ log: ['worker@somewhere @ 3'] }, nobody)).toEqual([]);
  } finally {
    userInfo.mockRestore();
  }
});
