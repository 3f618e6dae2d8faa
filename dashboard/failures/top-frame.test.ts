import { expect, test } from 'vitest';
import { topFrame } from './top-frame.ts';

const cases: readonly (readonly [string, string, string | undefined, boolean])[] = [
  [
    'behind libraries',
    'Error: x\n    at Socket.a (/srv/r/1/node_modules/pg/x.js:3:7)\n    at async loadLanes (/srv/r/1/src/lanes.js:12:3)',
    'loadLanes (src/lanes.js:12)',
    true,
  ],
  [
    'of a module',
    'Error: x\n    at node:internal/timers:4:1\n    at file:///srv/app/worker.mjs:9:1',
    'app/worker.mjs:9',
    true,
  ],
  [
    'on Windows',
    'Error: x\n    at Pump.run (C:\\app\\src\\pump.js:5:2)',
    'Pump.run (src/pump.js:5)',
    true,
  ],
  [
    'none of its own',
    'Error: x\n    at ChildPool.x (/srv/node_modules/bullmq/dist/cjs/classes/child-pool.js:40:1)',
    'ChildPool.x (classes/child-pool.js:40)',
    false,
  ],
  [
    'of Python',
    'Traceback\n  File "/usr/lib/python3/dist-packages/celery/app/trace.py", line 4, in f\n  File "/srv/app/tasks.py", line 7, in add\n  File "/srv/venv/lib/python3.11/site-packages/redis/client.py", line 9, in get\nValueError: x',
    'add (app/tasks.py:7)',
    true,
  ],
  ['of a text', 'nothing of a stack', undefined, false],
];

test.for(cases)('the top frame %s', ([, stack, text, own]) => {
  const frame = topFrame(stack);
  expect(frame?.text).toBe(text);
  expect(frame?.own ?? false).toBe(own);
});

test('two releases with other folders and lines have the same frame', () => {
  const of = (release: number) =>
    topFrame(`Error: x\n    at run (/srv/releases/${release}/src/a.js:${release}:1)`)?.key;
  expect(of(1)).toBe(of(2));
});
