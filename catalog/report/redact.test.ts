import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

describe('takes out', () => {
  it.each([
    ['redis://admin:hunter2@lane.prod.internal:6379/0', 'redis://[host]:6379/0'],
    ['rediss://:p%40ss@10.2.3.4:6380', 'rediss://[host]:6380'],
    ['amqp://guest:guest@rabbit//', 'amqp://[host]//'],
    ['postgresql+psycopg://u:p@db/app', 'postgresql+psycopg://[host]/app'],
    ['https://user@sentry.lanes.io/42', 'https://[host]/42'],
    ['connect ECONNREFUSED 10.0.3.7:6379', 'connect ECONNREFUSED [address]:6379'],
    ['from fe80:0:0:1:2:3:4:5 port 3', 'from [address] port 3'],
    ['from 2001:db8::17 port 3', 'from [address] port 3'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: [removed]'],
    ['password=hunter2&x=1', 'password=[removed]&x=1'],
    ['{"apiKey": "s3cr3t value", "a": 1}', '{"apiKey": [removed], "a": 1}'],
    ["DB_PASSWORD='a b'", 'DB_PASSWORD=[removed]'],
    ['AWS_SECRET_ACCESS_KEY: abcdef', 'AWS_SECRET_ACCESS_KEY: [removed]'],
    ['worker --token abcdef -l info', 'worker --token [removed] -l info'],
    ['AUTH hunter2', 'AUTH [removed]'],
    ['key ghp_abcdefghijklmnopqrst12345', 'key [removed]'],
    ['id AKIAABCDEFGHIJKLMNOP', 'id [removed]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', 'jwt [removed]'],
    ['mail of eve.lane+x@lanes.co.uk bounced', 'mail of [e-mail] bounced'],
    ['celery@ip-10-2-3-4 ready.', 'celery@[host] ready.'],
    ['File "/home/eve/app/tasks.py"', 'File "/home/[user]/app/tasks.py"'],
    ['at /Users/Eve/app/worker.js:3:1', 'at /Users/[user]/app/worker.js:3:1'],
    ['File "C:\\Users\\eve\\app.py"', 'File "C:\\Users\\[user]\\app.py"'],
    ['C:\\\\Users\\\\eve\\\\app.py', 'C:\\\\Users\\\\[user]\\\\app.py'],
    ['Nov  5 08:15:30 lane7 celery[42]: ready', 'Nov  5 08:15:30 [host] celery[42]: ready'],
    ['getaddrinfo ENOTFOUND redis.prod.internal', 'getaddrinfo ENOTFOUND [host]'],
    ['getaddrinfo ENOTFOUND a1.cache.amazonaws.com', 'getaddrinfo ENOTFOUND [host]'],
  ])('%s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it('a key over several lines', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----';
    expect(redact(`a\n${key}\nb`)).toBe('a\n[removed: a key or certificate]\nb');
  });
});

it.each([
  '[2026-11-02 08:15:31,470: ERROR/MainProcess] Task tasks.add[8b1d1f1e-3c6b-4f5e-9f0a-2b7d1c9e8a11] raised',
  'ValueError: not enough values to unpack (expected 3, got 0)',
  '  File "/srv/app/site-packages/celery/app/trace.py", line 734, in fast_trace_task',
  'Error: Missing lock for job 42. moveToFinished',
  '    at Job.moveToFailed (/app/node_modules/.pnpm/bullmq@5.56.3/node_modules/bullmq/dist/cjs/classes/job.js:475:19)',
  'redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.',
  'connect ECONNREFUSED 127.0.0.1:6379',
  'celery v5.6.1 (recovery), kombu 5.6.1, Windows 10.0.19045',
  'See https://docs.celeryq.dev/en/stable and https://github.com/celery/celery/issues/1',
  'celery.exceptions.NotRegistered: tasks.add of celery.app.task',
])('leaves as it stands: %s', (text) => {
  expect(redact(text)).toBe(text);
});
