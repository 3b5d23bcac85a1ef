import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkReference, type ReferenceFile } from '../../reference.ts';

const path = '../shared/data/stats-reference-2.json';
const missing = !existsSync(path);
if (missing) console.log(`skipped: ${path} is not here; the worked examples below still run`);

/** The worked examples of the method page: they run without the reference file. */
const worked: ReferenceFile = {
  methods: {
    verdict: {
      tolerance: 5e-4,
      cases: [
        {
          input: rule({ wins: 0, ties: 1, losses: 8 }),
          expected: { logEKeep: Math.log(44.38), verdict: 'keep-closed' },
        },
        { input: rule({ wins: 5, ties: 2, losses: 1 }), expected: { logEGood: 3.151, verdict: 'open-good-enough' } },
        { input: rule({ wins: 1, ties: 0, losses: 7 }), expected: { logEKeep: Math.log(9.39), verdict: 'undecided' } },
      ],
    },
    leaning: {
      tolerance: 5e-4,
      cases: [
        {
          input: rule({ wins: 3, ties: 4, losses: 1 }),
          expected: { logEGood: Math.log(8.215), leaning: 'leans-open' },
        },
        { input: rule({ wins: 4, ties: 0, losses: 0 }), expected: { leaning: 'none' } },
      ],
    },
    plannedLook: {
      tolerance: 1e-4,
      cases: [
        { input: { wins: 0, ties: 1, losses: 7, margin: 0.3 }, expected: { verdict: 'keep-closed' } },
        { input: { wins: 1, ties: 0, losses: 7, margin: 0.3 }, expected: { verdict: 'undecided' } },
        {
          input: { wins: 5, ties: 2, losses: 1, margin: 0.3 },
          expected: { verdict: 'open-good-enough', lower: -0.1546, upper: 0.8354 },
        },
        { input: { wins: 0, ties: 10, losses: 0, margin: 0.3 }, expected: { verdict: 'open-good-enough' } },
        {
          input: { wins: 9, ties: 2, losses: 1, margin: 0.3 },
          expected: { verdict: 'open-better', lower: 0.1649, upper: 0.8836 },
        },
      ],
    },
    taskVerdict: {
      tolerance: 1e-4,
      cases: [
        {
          input: {
            planned: { wins: 3, ties: 4, losses: 5 },
            later: [1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, -1],
            margin: 0.3,
          },
          expected: { goodAt: 20, keepAt: null, lower: -0.1631, upper: 0.2863 },
        },
      ],
    },
    overallLook: {
      tolerance: 1e-4,
      cases: [
        { input: { strata: traffic721(), margin: 0.3 }, expected: { estimate: 0.08, lower: -0.2319, upper: 0.3689 } },
      ],
    },
    stratifiedLogE: {
      tolerance: 1e-4,
      cases: [{ input: { strata: traffic721(), m: -0.3, side: 'gt' }, expected: { logE: Math.log(11.592) } }],
    },
    tango: {
      tolerance: 1e-9,
      cases: [
        {
          input: { b: 4, c: 9, n: 20 },
          expected: { estimate: -0.25, lower: -0.5430166010898785, upper: 0.10543767747561267 },
        },
      ],
    },
    anytimeInterval: {
      tolerance: 1e-6,
      cases: [{ input: { wins: 12, ties: 4, losses: 4 }, expected: { lower: -0.110788, upper: 0.8020778 } }],
    },
    bangIndex: {
      tolerance: 1e-6,
      cases: [
        {
          input: { correct: 12, incorrect: 5, dontKnow: 3 },
          expected: { bi: 0.35, se: 0.1907223, tangoLower: -0.0542532, tangoUpper: 0.6506708 },
        },
      ],
    },
  },
};

function rule<T extends object>(input: T) {
  return { ...input, margin: 0.3, alpha: 0.05, minVotes: 8 };
}

/** Traffic .7/.2/.1, planned 20/8/8. */
function traffic721() {
  return [
    { weight: 0.7, planned: 20, wins: 9, ties: 5, losses: 6 },
    { weight: 0.2, planned: 8, wins: 2, ties: 2, losses: 4 },
    { weight: 0.1, planned: 8, wins: 4, ties: 2, losses: 2 },
  ];
}

describe('reference cases', () => {
  it('agrees with the worked examples', () => {
    const { passed, failures } = checkReference(worked);
    expect(failures).toEqual([]);
    expect(passed).toBe(16);
  });

  it.skipIf(missing)('agrees with scipy, statsmodels and R in all 255 cases in use', () => {
    const { passed, failures, retired } = checkReference(JSON.parse(readFileSync(path, 'utf8')));
    expect(failures).toEqual([]);
    expect(passed).toBe(255);
    expect(retired.map((line) => line.split(':')[0])).toEqual([
      'firstCrossing',
      'overallWeighted',
      'carryOverPrefix',
      'nextTask',
      'weightedEvidence',
      'overallVerdict',
    ]);
  });

  it('fails a value that is off, and a method that nobody knows, by name', () => {
    const wrong = {
      methods: {
        wilson: { tolerance: 1e-9, cases: [{ input: { x: 3, n: 10 }, expected: { lower: 0.1077913, upper: 0.6 } }] },
        jeffreys: { tolerance: 1e-9, cases: [] },
      },
    };
    const { passed, failures } = checkReference(wrong);
    expect(passed).toBe(0);
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatch(/^wilson case 1: lower is 0\.10779/);
    expect(failures[1]).toMatch(/^jeffreys: no such method/);
  });
});
