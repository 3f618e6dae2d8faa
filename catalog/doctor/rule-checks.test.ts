import { expect, test } from 'vitest';
import { parseShort, two } from '../writeup/testing/short-writeup.ts';

test.each([
  ['- sure: { broker: { maxmemory-policy: "!= noeviction" } }'],
  ['- perhaps: { packages: { bullmq: affected } }\n    claim: fault'],
  ['- sure: { machine: { platform: [linux, darwin] } }\n    unless: { process: { pool: solo } }'],
  ['- sure: { broker: { memory-percent: ">= 80", cluster: true } }\n    fix: Give it more memory.'],
  ['- sure: { packages: { bull: any, ioredis: ">= 5.9.0 < 5.9.1" } }\n    uses: bull'],
])('%s is a rule', (rule) => {
  expect(parseShort(`${two.trim()}\napplies:\n  ${rule}`).problems).toEqual([]);
});

test.each([
  [
    '- sure: { brokr: { cluster: true } }',
    '17:13: unknown key "brokr" in applies[0].sure. Did you mean "broker"? Known keys: packages, machine, broker, process',
  ],
  [
    '- sure: { broker: { maxmemory-polcy: lots } }',
    '17:23: unknown key "maxmemory-polcy" in applies[0].sure.broker. Did you mean "maxmemory-policy"?',
  ],
  [
    '- sure: { machine: { platform: win23 } }',
    '17:34: applies[0].sure.machine.platform: expected linux or darwin or win32, or != and one of them',
  ],
  [
    '- sure: { broker: { cluster: perhaps } }',
    '17:32: applies[0].sure.broker.cluster: expected boolean, got "perhaps"',
  ],
  [
    '- sure: { broker: { memory-percent: full } }',
    '17:39: applies[0].sure.broker.memory-percent: expected a comparison such as ">= 80", got "full"',
  ],
  [
    '- sure: { packages: { bullmq: old } }',
    'applies[0].sure.packages.bullmq: expected affected, any, missing',
  ],
  [
    '- unless: { broker: { cluster: true } }',
    '17:5: applies[0]: expected "sure" or "perhaps", got neither.',
  ],
  [
    '- { sure: { broker: { cluster: true } }, perhaps: { broker: { cluster: true } } }',
    'applies[0]: expected "sure" or "perhaps", got both.',
  ],
  ['- sure: {}', 'applies[0].sure: expected at least one condition, got none.'],
  ['- sure: { broker: {} }', 'applies[0].sure: expected at least one condition, got none.'],
  [
    '- sure: { packages: { bullmq: affected } }\n    claim: falt',
    '18:12: applies[0].claim: expected the id of a claim of this write-up, got "falt". Did you mean "fault"?',
  ],
  [
    '- sure: { broker: { cluster: true } }\n    claim: fault',
    '18:12: applies[0].claim: expected a package that is "affected" beside "claim", got none.',
  ],
  [
    '- sure: { machine: { platform: [linux, darwin, win32] } }',
    'applies[0].sure.machine.platform: expected some of linux, darwin, win32, got all of them.',
  ],
])('%s is refused with its place', (rule, problem) => {
  const { problems } = parseShort(`${two.trim()}\napplies:\n  ${rule}`);
  expect(problems.join('\n')).toContain(problem);
});
