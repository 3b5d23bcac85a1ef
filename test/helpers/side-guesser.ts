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

/** How often a feature was the open model's alone, and how often the closed one's. */
type Tally = Map<string, { open: number; closed: number }>;

function tallyWithout(known: readonly { open: Set<string>; closed: Set<string> }[], at: number): Tally {
  const tally: Tally = new Map();
  const count = (feature: string, role: 'open' | 'closed'): void => {
    const seen = tally.get(feature) ?? { open: 0, closed: 0 };
    tally.set(feature, { ...seen, [role]: seen[role] + 1 });
  };
  known.forEach(({ open, closed }, other) => {
    if (other === at) return;
    for (const feature of open) if (!closed.has(feature)) count(feature, 'open');
    for (const feature of closed) if (!open.has(feature)) count(feature, 'closed');
  });
  return tally;
}

/** Learns from all other ballots which features are whose, and names the side of this one. Share of right answers. */
export function guessed(sides: readonly ShownSides[]): number {
  const known = sides.map(({ left, right, openIs }) => {
    const [open, closed] = openIs === 'left' ? [left, right] : [right, left];
    return { open: featuresOf(open), closed: featuresOf(closed) };
  });
  const rights = known.filter(({ open, closed }, at) => {
    const tally = tallyWithout(known, at);
    // The square of a z-score: one feature that is always there outweighs dozens that lean by chance.
    const weight = (feature: string): number => {
      const seen = tally.get(feature);
      if (!seen) return 0;
      const lean = seen.open - seen.closed;
      return (lean * Math.abs(lean)) / (seen.open + seen.closed);
    };
    const score = (features: Set<string>): number => [...features].reduce((sum, one) => sum + weight(one), 0);
    const [ofOpen, ofClosed] = [score(open), score(closed)];
    // Equal scores name the right pane.
    return ofOpen === ofClosed ? sides[at]?.openIs === 'right' : ofOpen > ofClosed;
  });
  return rights.length / known.length;
}
