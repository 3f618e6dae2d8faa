import { describe, expect, test } from 'vitest';
import { readEvidence } from '../evidence/read.ts';
import { cellName, type Evidence } from '../evidence/schema.ts';
import { readWriteups } from '../writeup/read.ts';
import type { Claim, Expectation, Writeup } from '../writeup/schema.ts';
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
function flipsFor(writeup: Writeup, { claim: id, control }: Evidence): Flip[] {
  const claim = writeup.claims.find((one) => one.id === id);
  const controlling = writeup.claims.find((one) => one.id === control.claim);
  if (claim === undefined || controlling === undefined) {
    throw new Error(`${writeup.slug} has no claim ${id}, or none ${control.claim}`);
  }
  // A sentence kept because it is false fails at its outcome already: what else it says is not reached.
  const own = flipsOf(writeup, claim);
  return [...(claim.known === 'refuted' ? own.slice(0, 1) : own), ...flipsOf(writeup, controlling)];
}

describe.each(writeups.map((writeup) => [writeup.id, writeup] as const))('%s', (_id, writeup) => {
  const own = evidence.filter(({ slug }) => slug === writeup.slug);

  test('has evidence whose verdict each flip turns over', () => {
    const kept: string[] = [];
    let flips = 0;
    for (const one of own) {
      const { verdict } = judgeEvidence(writeup, one);
      for (const flip of flipsFor(writeup, one)) {
        flips += 1;
        if (judgeEvidence(flip.writeup, one).verdict !== verdict) continue;
        kept.push(`${one.claim} in ${cellName(one.cell)} stays ${verdict} with ${flip.name}`);
      }
    }
    expect(kept).toEqual([]);
    // At least the outcome of the claim and that of its control; so nothing passes for want of evidence.
    expect(flips).toBeGreaterThanOrEqual(2 * own.length);
    expect(own).not.toEqual([]);
  });
});
