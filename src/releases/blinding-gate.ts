/** The gate on the votes themselves: whether anything may act on them at all. */
import { listed, plural } from '../text/numbers.ts';
import type { GateInput, GateResult } from './gate-input.ts';

export function blindingGate({ rest, imported, notBlind, settings, voidedLate = 0 }: GateInput): GateResult {
  const base = { gate: 'blinding', scope: 'votes' } as const;
  if (!rest.ok && rest.cause !== 'haste') return { ...base, state: 'broken', message: rest.why };
  if (!rest.ok) return { ...base, state: 'undecided', message: rest.why };
  if (imported.length > 0) {
    const message = `Votes of ${listed(imported)} were imported: nothing shows that people cast them, or blind.`;
    return { ...base, state: 'undecided', message };
  }
  const notes = [
    ...(voidedLate > 0
      ? [`${plural(voidedLate, 'vote was', 'votes were')} voided after the result could be seen.`]
      : []),
    ...(notBlind.votes > 0
      ? [
          `Not blind: ${notBlind.votes} of ${notBlind.of} ballots; their raters had read one of the answers beside a model's name.`,
        ]
      : []),
  ];
  if (notes.length === 0) return { ...base, state: 'passed', message: 'Seal, chains and blinding hold.' };
  const message = `Seal and chains hold. ${notes.join(' ')}`;
  return settings.blinding === 'strict'
    ? { ...base, state: 'undecided', message: `${message} Let somebody else vote.` }
    : { ...base, state: 'passed', message };
}
