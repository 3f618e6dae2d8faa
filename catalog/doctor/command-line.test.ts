import { describe, expect, test } from 'vitest';
import { isLoopback, readBrokerVariable } from './broker-variable.ts';
import { factsOfCommand, splitCommand } from './command-line.ts';

describe('a command', () => {
  test.each([
    [
      'celery -A x worker',
      {
        runs: 'celery worker',
        pool: 'prefork',
        concurrency: 'not set',
        nodename: 'own',
        beat: false,
        pidfile: 'none',
      },
    ],
    ['/opt/venv/bin/celery --app=x worker --pool=solo', { pool: 'solo' }],
    ['celery -A x worker -Pgevent -c100', { pool: 'gevent', concurrency: 'set' }],
    ['celery -A x worker -P threads --autoscale=10,3', { pool: 'threads', concurrency: 'set' }],
    ['python -m celery -A x worker -B', { runs: 'celery worker', beat: true }],
    ['celery -A x worker -n mails@%h', { nodename: 'own' }],
    ['celery -A x worker --hostname=mails@one', { nodename: 'same' }],
    ['celery -A x worker -n w@$HOSTNAME', { nodename: 'own' }],
    [
      'celery -A x beat --pidfile=/run/b.pid',
      { runs: 'celery beat', pidfile: 'named', beat: true },
    ],
    ['celery -A x beat --pidfile=', { pidfile: 'none' }],
    ['celery -A x flower', { runs: 'other' }],
    ['echo celery', { runs: 'other' }],
    [
      'sh -c "sleep 1; celery -A x worker -P solo && echo -P gevent"',
      { runs: 'celery worker', pool: 'solo', 'process-1': 'shell' },
    ],
    ['sh -c "wait && exec celery -A x worker"', { runs: 'celery worker', 'process-1': 'program' }],
    ['watchmedo auto-restart -- celery -A x worker -l info', { runs: 'celery worker' }],
    ['node worker.js', { runs: 'other', 'process-1': 'program' }],
    ['npm start', { 'process-1': 'npm' }],
    ['/usr/local/bin/yarn worker', { 'process-1': 'npm' }],
    ['tini -- npm start', { 'process-1': 'init' }],
    ['bash -c "exec npm start"', { 'process-1': 'npm' }],
    ['sh entrypoint.sh', { 'process-1': 'program' }],
  ])('%s', (command, expected) => {
    expect(factsOfCommand(splitCommand(command))).toMatchObject(expected);
  });
});

describe('a variable', () => {
  test.each([
    [
      'REDIS_URL',
      'redis://:secret@cache:6379/1',
      { host: 'cache', scheme: 'redis', sslCertReqs: false },
    ],
    [
      'CELERY_BROKER_URL',
      'rediss://cache?ssl_cert_reqs=none',
      { host: 'cache', scheme: 'rediss', sslCertReqs: true },
    ],
    ['BROKER', 'amqp://guest:guest@mq//', { host: 'mq', scheme: 'amqp', sslCertReqs: false }],
    ['MY_REDIS_HOST', '127.0.0.1', { host: '127.0.0.1' }],
    ['DATABASE_URL', 'redis://x', undefined],
    ['REDIS_PASSWORD', 'redis://secret', undefined],
    ['REDIS_HOST', '${HOST:?}', undefined],
    ['REDIS_PORT', '6379', undefined],
  ])('%s=%s', (name, value, expected) => {
    expect(readBrokerVariable(name, value)).toEqual(expected);
  });

  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['localhost.example.org', false],
    ['redis', false],
  ])('%s is the machine itself: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
