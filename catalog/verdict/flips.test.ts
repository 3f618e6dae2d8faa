import { describe, expect, test } from 'vitest';
import { readEvidence } from '../evidence/read.ts';
import { cellName, type Evidence, type Observation } from '../evidence/schema.ts';
import { readWriteups } from '../writeup/read.ts';
import type { Claim, Expectation, Writeup } from '../writeup/schema.ts';
import { factHolds } from './facts.ts';
import { judgeEvidence } from './judge-evidence.ts';

/**
 * What a write-up says may not stand beside evidence of the contrary: each outcome, fact and signature
 * is turned into its opposite, one at a time, and each must turn the verdict over.
 */
const writeups = readWriteups();
const evidence = readEvidence();

interface Flip {
  readonly name: string;
  readonly writeup: Writeup;
}

/** The write-up with one thing that it expects of a claim turned round, for each such thing. */
function flipsOf(writeup: Writeup, { id, expect: expected }: Claim): Flip[] {
  const outcome = expected.outcome === 'works' ? 'fails' : 'works';
  return [
    { name: `${id}: ${outcome}`, writeup: expecting({ ...expected, outcome }) },
    ...Object.entries(expected.facts).map(([name, value]) => {
      const facts = { ...expected.facts, [name]: opposite(value) };
      return {
        name: `${id}: ${name} ${opposite(value)}`,
        writeup: expecting({ ...expected, facts }),
      };
    }),
    ...writeup.signatures
      .filter((signature) => signature.id === expected.signature)
      .map((signature) => ({
        name: `${id}: another signature than ${signature.id}`,
        writeup: {
          ...writeup,
          signatures: writeup.signatures.with(writeup.signatures.indexOf(signature), {
            ...signature,
            template: `${signature.template}, which nobody prints`,
          }),
        },
      })),
  ];

  function expecting(other: Expectation): Writeup {
    const claims = writeup.claims.map((one) => (one.id === id ? { ...one, expect: other } : one));
    return { ...writeup, claims };
  }
}

const opposites: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function opposite(fact: string): string {
  const [, operator = '', number = ''] = /^(=|!=|<=?|>=?)\s*(-?[\d.]+)$/.exec(fact.trim()) ?? [];
  const turned = opposites[operator];
  return turned === undefined ? `not ${fact}` : `${turned} ${number}`;
}

/** The claim and its control, each with what may be turned round in it. */
function flipsFor(
  writeup: Writeup,
  { claim: id, control }: Evidence,
): Record<'own' | 'other', Flip[]> {
  const claim = writeup.claims.find((one) => one.id === id);
  const controlling = writeup.claims.find((one) => one.id === control.claim);
  if (claim === undefined || controlling === undefined) {
    throw new Error(`${writeup.slug} has no claim ${id}, or none ${control.claim}`);
  }
  return { own: flipsOf(writeup, claim), other: flipsOf(writeup, controlling) };
}

/** What is expected, with everything turned round that was not seen. */
function asSeen(
  { facts }: Expectation,
  outcome: Expectation['outcome'],
  observation: Observation,
): Expectation {
  const turned = Object.entries(facts).map(([name, value]) => {
    const seen = observation.facts[name];
    return [name, seen !== undefined && factHolds(seen, value) ? value : `${seen ?? 'none'}`];
  });
  return { outcome, facts: Object.fromEntries(turned) as Expectation['facts'] };
}

/** What takes a machine or a server that nobody has run it on yet: a GPU, Dragonfly. */
const withoutEvidence = ['BUG-036', 'BUG-050'];

test('a write-up has evidence, unless it says what it takes', () => {
  const without = writeups.filter(({ slug }) => !evidence.some((one) => one.slug === slug));
  expect(without.map(({ id }) => id)).toEqual(withoutEvidence);
});

const proven = writeups.filter(({ id }) => !withoutEvidence.includes(id));

describe.each(proven.map((writeup) => [writeup.id, writeup] as const))('%s', (_id, writeup) => {
  const own = evidence.filter(({ slug }) => slug === writeup.slug);

  test('has evidence whose verdict each flip turns over', () => {
    const kept: string[] = [];
    let flips = 0;
    for (const one of own) {
      const { verdict } = judgeEvidence(writeup, one);
      const keeps = (flip: Flip) => judgeEvidence(flip.writeup, one).verdict === verdict;
      const { own: ofClaim, other: ofControl } = flipsFor(writeup, one);
      flips += ofClaim.length + ofControl.length;
      const told = (flip: Flip) =>
        `${one.claim} in ${cellName(one.cell)} stays ${verdict} with ${flip.name}`;
      if (verdict !== 'refuted') kept.push(...ofClaim.filter(keeps).map(told));
      kept.push(...ofControl.filter(keeps).map(told));
    }
    expect(kept).toEqual([]);
    // At least the outcome of the claim and that of its control; so nothing passes where evidence is missing.
    expect(flips).toBeGreaterThanOrEqual(2 * own.length);
    expect(own).not.toEqual([]);
  });

  // What is refuted for two reasons stays so when one of them is turned round: so all are, at once.
  test('refutes nothing that would stay refuted once it said what was seen', () => {
    for (const one of own) {
      const { verdict, outcome, observation } = judgeEvidence(writeup, one);
      if (verdict !== 'refuted' || outcome === 'unclear' || observation === undefined) continue;
      const claims = writeup.claims.map((claim) =>
        claim.id === one.claim
          ? { ...claim, expect: asSeen(claim.expect, outcome, observation) }
          : claim,
      );
      expect(judgeEvidence({ ...writeup, claims }, one).verdict, one.claim).toBe('confirmed');
    }
  });
});
