import { expect, test } from 'vitest';
import { judgeWineArtefact } from './wine-artefact.ts';

test.each<[string, string[]]>([
  [
    'Python whose streams are no pipes',
    [
      "worker | Fatal Python error: init_sys_streams: can't initialize sys standard streams",
      'worker | OSError: [WinError 6] Invalid handle',
    ],
  ],
  [
    'Node that prints into a pipe',
    ['worker | Error: open EBADF', 'worker |     at new Socket (node:net:438:13)'],
  ],
  ['a socket option that is missing', ['client | OSError: [WinError 10042] Windows Error 0x273a']],
  [
    'a function that is missing',
    [
      'worker | wine: Unimplemented function propsys.dll.VariantToString called at address 000000007B013D7E (thread 0108), starting debugger...',
    ],
  ],
  [
    'a program that could not begin',
    [
      'worker | err:virtual:virtual_alloc_first_teb wine: failed to map the shared user data: c0000018',
    ],
  ],
])('%s says nothing, whatever else was seen', (_name, log) => {
  const verdict = judgeWineArtefact(observation(['worker | ready.', ...log]));
  expect(verdict).toMatchObject({ holds: 'unclear', outcome: 'unclear' });
  expect(verdict?.reason).toContain('an artefact of Wine, not of Windows');
});

test.each([
  ['a handle that billiard lost', 'worker | OSError: [WinError 6] The handle is invalid'],
  ['an access that is denied', 'worker | PermissionError: [WinError 5] Access denied'],
  [
    'a file that a program of its own has closed',
    'worker | Error: EBADF: bad file descriptor, write',
  ],
])('%s is no artefact', (_name, line) => {
  expect(judgeWineArtefact(observation([line]))).toBeUndefined();
});

function observation(log: string[]) {
  return {
    jobs: [{ name: 'add(3, 1)', state: 'pending' as const }],
    exits: [],
    facts: {},
    log,
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 1000,
  };
}
