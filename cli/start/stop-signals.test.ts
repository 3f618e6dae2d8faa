import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForStop } from './stop-signals.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

test('the first signal asks to stop', () => {
  using signals = listenForStop(vi.fn());
  expect(signals.stop.aborted).toBe(false);
  process.emit('SIGTERM', 'SIGTERM');
  expect(signals.stop.reason).toEqual(new Error('Stopped by SIGTERM'));
});

test('the same Ctrl-C, passed on by npm, does not count as a second one', () => {
  const hurry = vi.fn();
  using signals = listenForStop(hurry);
  process.emit('SIGINT', 'SIGINT');
  expect(signals.stop.aborted).toBe(true);
  vi.advanceTimersByTime(100);
  process.emit('SIGINT', 'SIGINT');
  expect(hurry).not.toHaveBeenCalled();
});

test('a second Ctrl-C hurries', () => {
  const hurry = vi.fn();
  using signals = listenForStop(hurry);
  process.emit('SIGINT', 'SIGINT');
  expect(signals.stop.aborted).toBe(true);
  vi.advanceTimersByTime(1000);
  process.emit('SIGINT', 'SIGINT');
  expect(hurry).toHaveBeenCalledExactlyOnceWith('SIGINT');
});

test('nothing is listened for afterwards', () => {
  const before = process.listenerCount('SIGHUP');
  listenForStop(vi.fn())[Symbol.dispose]();
  expect(process.listenerCount('SIGHUP')).toBe(before);
});
