/** A program that learns from ballots whose side is whose, and tells how often it names the side of another one. */

/** What a rater saw of one ballot, and where the open model's answer stood. */
export interface ShownSides {
  left: string;
  right: string;
  openIs: 'left' | 'right';
}

const featuresOf = (bytes: string): Set<string> => {
  const bare = bytes.replace(/ref \d{6}/g, '');
  return new Set([...(bare.match(/\S+/g) ?? []), ...(bare.match(/\W{2,6}/g) ?? []), `length ${bare.length}`]);
};

/** Learns from all other ballots which features are whose, and names the side of this one. Share of right answers. */
export function guessed(sides: readonly ShownSides[]): number {
  const known = sides.map(({ left, right, openIs }) => ({ left: featuresOf(left), right: featuresOf(right), openIs }));
  let right = 0;
  for (const [at, one] of known.entries()) {
    const weight = new Map<string, number>();
    for (const [other, { openIs, ...both }] of known.entries()) {
      if (other === at) continue;
      const [open, closed] = openIs === 'left' ? [both.left, both.right] : [both.right, both.left];
      for (const feature of open) if (!closed.has(feature)) weight.set(feature, (weight.get(feature) ?? 0) + 1);
      for (const feature of closed) if (!open.has(feature)) weight.set(feature, (weight.get(feature) ?? 0) - 1);
    }
    const score = (features: Set<string>): number =>
      [...features].reduce(
        (sum, feature) => sum + Math.sign(weight.get(feature) ?? 0) * Math.abs(weight.get(feature) ?? 0),
        0,
      );
    const openIs = score(one.left) > score(one.right) ? 'left' : 'right';
    if (openIs === one.openIs) right += 1;
  }
  return right / known.length;
}
