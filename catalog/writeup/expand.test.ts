import { describe, expect, test } from 'vitest';
import { brokerOf } from '../cell/broker.ts';
import { cellName } from '../cell/cell.ts';
import { cellsOf } from '../evidence/cells.ts';
import type { Claim } from './schema.ts';
import { file, parseShort as parse, two } from './testing/short-writeup.ts';

function cellNames(claim: Claim): string[] {
  return cellsOf(claim).map((cell) => cellName(cell));
}

describe('what is written out', () => {
  test('defaults, groups, outcomes and controls', () => {
    const { claims, problems } = parse(two);
    const run = {
      engine: 'bullmq',
      versions: ['6.7.0'],
      pools: ['solo'],
      platforms: ['linux', 'darwin'],
      launches: ['plain'],
      except: [],
    };
    const says = ['It is short of words', 'It has words enough'];
    expect(problems).toEqual([]);
    expect(claims).toEqual([
      {
        id: 'fault',
        says: says[0],
        run,
        expect: { outcome: 'fails', signature: 'short', facts: {} },
        control: 'cure',
      },
      { id: 'cure', says: says[1], run, expect: { outcome: 'works', facts: {} }, control: 'fault' },
    ]);
  });

  test.each([
    ['works', { outcome: 'works', facts: {} }],
    ['{ works: }', { outcome: 'works', facts: {} }],
    [
      '{ works: { said: 2, loud: false, pool: solo, runs: ">= 1" } }',
      {
        outcome: 'works',
        facts: { said: '= 2', loud: 'false', pool: 'solo', runs: '>= 1' },
      },
    ],
    ['fails', { outcome: 'fails', facts: {} }],
    ['{ fails: short }', { outcome: 'fails', signature: 'short', facts: {} }],
    ['{ fails: { facts: { said: 0 } } }', { outcome: 'fails', facts: { said: '= 0' } }],
    [
      '{ fails: { signature: short, facts: { said: 0 } } }',
      {
        outcome: 'fails',
        signature: 'short',
        facts: { said: '= 0' },
      },
    ],
  ])('expect: %s', (written, expected) => {
    const { claims, problems } = parse(two.replace('expect: works', `expect: ${written}`));
    expect(problems).toEqual([]);
    expect(claims[1]?.expect).toEqual(expected);
  });

  test('several pools are several cells, each with its name', () => {
    const { claims, problems } = parse(
      two.replace('pool: solo, platforms: unix', 'pools: [prefork, threads], platforms: linux'),
    );
    expect(problems).toEqual([]);
    expect(claims.slice(0, 1).flatMap(cellNames)).toEqual([
      'bullmq-6.7.0.prefork.linux',
      'bullmq-6.7.0.threads.linux',
    ]);
  });

  test('a claim takes a default back with null, and one of another engine takes platforms alone', () => {
    const { claims, problems } = parse(`
run: { version: '6.7.0', pool: solo, platforms: [unix, win32], node: '22' }
claims:
  - { id: fault, says: It is short of words, expect: { fails: short } }
  - { id: cure, says: It has words enough, run: { node: null, versions: ['6.6.0', '6.7.0'] }, expect: works }
  - { id: other, says: Celery has words enough, run: { engine: celery, version: '5.7.0', pool: gevent }, expect: works }
`);
    expect(problems).toEqual([]);
    expect(claims.map(({ run }) => [run.node, run.versions, run.pools, run.platforms])).toEqual([
      [['22'], ['6.7.0'], ['solo'], ['linux', 'darwin', 'win32']],
      [undefined, ['6.6.0', '6.7.0'], ['solo'], ['linux', 'darwin', 'win32']],
      [undefined, ['5.7.0'], ['gevent'], ['linux', 'darwin', 'win32']],
    ]);
  });

  test('of exceptions among the defaults a claim has those that concern it', () => {
    const { claims } = parse(
      `
run:
  versions: ['5.6.3', '5.7.0']
  pool: solo
  platforms: linux
  python: ['3.9', '3.13']
  except: [{ version: '5.7.0', python: '3.9', because: Celery 5.7.0 asks for a newer one }]
claims:
  - { id: fault, says: It is short of words, expect: { fails: short } }
  - { id: cure, says: It has words enough, run: { python: '3.13' }, expect: works }
`,
      'celery',
    );
    expect(claims.map(({ run }) => run.except.length)).toEqual([1, 0]);
    expect(claims.map((claim) => cellsOf(claim).length)).toEqual([3, 2]);
  });

  test('what the broker must be like is told by the cell and the claim', () => {
    const { claims, problems } = parse(`
configs:
  small: { maxmemory: 3mb, maxmemory-policy: noeviction }
run: { version: '6.7.0', pool: solo, platforms: linux }
claims:
  - { id: fault, says: It is short of words, run: { config: small, server: '>=6.2', login: 'app:a:b' }, expect: { fails: short } }
  - { id: cure, says: It has words enough, run: { topologies: [single, cluster], tls: true }, expect: works }
  - { id: any-broker, says: It needs no Redis for it, run: { needs: any }, expect: works }
`);
    expect(problems).toEqual([]);
    const brokers = claims.map((claim) => cellsOf(claim).map((cell) => brokerOf(claim.run, cell)));
    expect(brokers).toEqual([
      [
        {
          kind: 'redis',
          topology: 'single',
          tls: false,
          version: '>=6.2',
          config: { maxmemory: '3mb', 'maxmemory-policy': 'noeviction' },
          login: { user: 'app', password: 'a:b' },
        },
      ],
      [
        { kind: 'redis', topology: 'single', tls: true },
        { kind: 'redis', topology: 'cluster', tls: true },
      ],
      [{ kind: 'any', topology: 'single', tls: false }],
    ]);
    expect(claims.flatMap(cellNames)).toEqual([
      'bullmq-6.7.0.solo.linux.server-from-6.2.config-small',
      'bullmq-6.7.0.solo.linux.tls',
      'bullmq-6.7.0.solo.linux.cluster.tls',
      'bullmq-6.7.0.solo.linux',
    ]);
  });
});

describe('what is refused is told at the line of the short form', () => {
  test.each([
    [
      'pool: solo',
      'pool: gevent',
      `${file}:12:32: run.pool: expected what bullmq has (prefork, solo, threads), got gevent. Write one of these.`,
    ],
    [
      'platforms: unix',
      'platforms: windoes',
      `${file}:12:49: run.platforms: expected linux or darwin or win32 or wine or windows or unix or everywhere`,
    ],
    [
      'platforms: unix',
      'platforms: [linux, windoes]',
      `${file}:12:57: run.platforms[1]: expected linux or`,
    ],
    [
      "version: '6.7.0', ",
      '',
      `${file}:14:5: claims[0]: expected "version" or "versions" for "fault", got none here nor in the write-up's own "run". Add it to one of them.`,
    ],
    [
      'pool: solo',
      'pool: solo, pools: [threads]',
      `${file}:12:45: run.pools: expected "pool" or "pools", got both.`,
    ],
    [
      'pool: solo',
      "pool: solo, python: '3.11'",
      `${file}:12:46: run.python: expected no "python" for bullmq, which has none, got 3.11.`,
    ],
    [
      'pool: solo',
      'pool: solo, needs: rabbitmq',
      `${file}:12:45: run.needs: expected what bullmq has (redis, postgres, any, nothing), got rabbitmq.`,
    ],
    [
      'pool: solo',
      'pool: solo, config: small',
      `${file}:12:46: run.config: expected the id of a configuration of this write-up, got "small". There is none.`,
    ],
    [
      'pool: solo',
      'pool: solo, topology: cluster, needs: any',
      `${file}:12:48: run.topology: expected "needs: redis" beside "topology", got any.`,
    ],
    [
      'pool: solo',
      'pool: solo, needs: [redis, any]',
      `${file}:14:5: claims[0]: expected cells with names of their own, got bullmq-6.7.0.solo.linux twice. Make two claims of it.`,
    ],
    [
      'enough, expect',
      'enough, run: { platforms: linux }, expect',
      `${file}:14:5: claims[0]: expected a control with a cell on every platform of "fault", got none on darwin from "cure", which it has because none is written. Add the platform there, or name another control.`,
    ],
    [
      'enough, expect',
      'enough, control: cure, expect',
      `${file}:15:53: claims[1].control: expected another claim as the control, got "cure" itself. Write control: fault.`,
    ],
    [
      '{ fails: short }',
      'fails',
      `${file}:15:5: claims[1]: expected a control for "cure", which fix.claim names, got no claim that shows the failure. Add "shownBy" to the write-up, or write control: fault.`,
    ],
    [
      'words, expect',
      'words, run: { poll: solo }, expect',
      `${file}:14:53: unknown key "poll" in claims[0].run. Did you mean "pool"?`,
    ],
  ])('%s written as %s', (from, to, problem) => {
    expect(two).toContain(from);
    expect(parse(two.replace(from, to)).problems.join('\n')).toContain(problem);
  });
});

describe('a failure that prints nothing', () => {
  const seen =
    "seen: [{ what: Jobs wait and nobody takes them, metric: queue.waiting, is: '> 0' }]";
  const silent = two.replace('{ fails: short }', 'fails');

  test('says what can be measured, and which claim shows it', () => {
    const { problems, claims } = parse(`shownBy: fault\n${seen}\n${silent}`, 'bullmq', '[]');
    expect(problems).toEqual([]);
    expect(claims[1]?.control).toBe('fault');
  });

  test.each([
    [seen, 'signatures: expected "shownBy" beside "signatures: []", got none.'],
    ['shownBy: fault', 'signatures: expected "seen" beside "signatures: []", got none.'],
    [
      `shownBy: fault\n${seen.replace('queue.waiting', 'queue.wating')}`,
      'seen[0].metric: expected queue.waiting or',
    ],
    [`shownBy: fault\n${seen.replace('> 0', 'many')}`, 'seen[0].is: expected a comparison'],
  ])('is refused with %s alone', (extra, problem) => {
    const { problems } = parse(`${extra}\n${silent}`, 'bullmq', '[]');
    expect(problems.join('\n')).toContain(problem);
  });
});
