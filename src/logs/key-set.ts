/** Slots up to which it grows fourfold: each growth puts every key in its place again. */
const largest = 1 << 21;

/** A set of 53-bit keys in 16 MB at most: full at 1.5 million keys, further ones are taken for new. */
export class KeySet {
  private table = new Float64Array(1 << 12);
  private readonly most: number;
  size = 0;

  constructor(most = 1_500_000) {
    this.most = most;
  }

  /** False when the key was there already. */
  add(key: number): boolean {
    const value = key + 1;
    let at = this.slot(this.table, value);
    if (this.table[at] === value) return false;
    if (this.size >= this.most) return true;
    if (this.size * 4 >= this.table.length * 3) {
      this.grow();
      at = this.slot(this.table, value);
    }
    this.table[at] = value;
    this.size += 1;
    return true;
  }

  private slot(table: Float64Array, value: number): number {
    const mask = table.length - 1;
    let at = value & mask;
    while (table[at] !== 0 && table[at] !== value) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const next = new Float64Array(Math.min(this.table.length * 4, Math.max(this.table.length * 2, largest)));
    for (const value of this.table) if (value !== 0) next[this.slot(next, value)] = value;
    this.table = next;
  }
}
