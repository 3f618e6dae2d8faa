import { expect, it } from 'vitest';
import { logLines } from './log.ts';

it('parts actor and text, and gives each actor a voice of its own', () => {
  const lines = logLines(['worker | ready', 'client | sent', 'worker |   indented | piped']);
  expect(lines.map(({ number, actor, text, voice }) => [number, actor, text, voice])).toEqual([
    [1, 'worker', 'ready', 0],
    [2, 'client', 'sent', 1],
    [3, 'worker', '  indented | piped', 0],
  ]);
});

it('takes a line without an actor as a continuation', () => {
  expect(logLines(['worker | Traceback:', '  File "a.py"'])[1]).toMatchObject({
    actor: 'worker',
    text: '  File "a.py"',
  });
});

it('marks the lines that tell', () => {
  const lines = logLines(['worker | ready', 'worker | LaneError'], () => [1]);
  expect(lines.map(({ telling }) => telling)).toEqual([false, true]);
});
