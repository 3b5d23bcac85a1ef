/** What is different about an arm since it was locked. A different identity means its answers may be different. */
import type { LockedArm } from './lock-file.ts';

export interface ArmChange {
  field: string;
  locked: string;
  now: string;
  /** Part of the identity: its answers are asked again. */
  answers: boolean;
}

const identityFields = ['provider', 'model', 'host', 'digest', 'quantization', 'template', 'parameters'] as const;

/** Every difference; none is "as locked". Both sides come from `lockedArm`. */
export function armChanges(locked: LockedArm, now: LockedArm): ArmChange[] {
  const changes: ArmChange[] = identityFields
    .filter((field) => locked[field] !== now[field])
    .map((field) => ({
      field,
      locked: short(locked[field]),
      now: `${short(now[field])}${field === 'digest' && sameWeights(locked, now) ? ' (same weights, other settings)' : ''}`,
      answers: true,
    }));
  changes.push(...fileChanges(locked, now));
  if (changes.length === 0 && locked.identity !== now.identity) {
    const [before, after] = [short(locked.identity), short(now.identity)];
    changes.push({ field: 'settings', locked: before, now: after, answers: true });
  }
  const [before, after] = [locked.observed.fingerprint, now.observed.fingerprint];
  // It is no part of the identity: where it alone is another one, the provider says that it changed something.
  if (before !== undefined && after !== undefined && before !== after)
    changes.push({ field: 'system fingerprint', locked: before, now: after, answers: false });
  const price = (arm: LockedArm): string => (arm.price ? `$${arm.price.in} in, $${arm.price.out} out` : 'unknown');
  if (price(locked) !== price(now))
    changes.push({ field: 'price per million', locked: price(locked), now: price(now), answers: false });
  const licence = (arm: LockedArm): string =>
    arm.licence === undefined ? 'none stated' : (arm.licence ?? 'not identified');
  if (licence(locked) !== licence(now))
    changes.push({ field: 'licence', locked: licence(locked), now: licence(now), answers: false });
  return changes;
}

/** What of a model file is other: its weights, or a parameter that it sets. A lock of an older version does not say. */
function fileChanges(locked: LockedArm, now: LockedArm): ArmChange[] {
  const changes: ArmChange[] = [];
  if (locked.weights !== undefined && now.weights !== undefined && locked.weights !== now.weights)
    changes.push({ field: 'weights', locked: short(locked.weights), now: short(now.weights), answers: true });
  const [before, after] = [locked.modelParameters, now.modelParameters];
  if (before === undefined && (after === undefined || locked.weights === undefined)) return changes;
  for (const name of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]))
    if (before?.[name] !== after?.[name])
      changes.push({
        field: `parameter ${name}`,
        locked: before?.[name] ?? 'none',
        now: after?.[name] ?? 'none',
        answers: true,
      });
  return changes;
}

const sameWeights = (locked: LockedArm, now: LockedArm): boolean =>
  locked.weights !== undefined && locked.weights === now.weights;

/** Digests and hashes are told apart by their first 12 characters. */
function short(value: string | null | undefined): string {
  if (value === null || value === undefined) return 'none';
  return /^(sha256:)?[0-9a-f]{40,}$/.test(value) ? value.replace('sha256:', '').slice(0, 12) : value;
}
