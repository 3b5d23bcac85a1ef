const fnvPrime = 16_777_619;
/** 2³² ÷ the golden ratio, odd. */
const golden = 2_654_435_761;

/**
 * A quick keyed hash of texts, 0 to 2⁵³ − 1: picks samples, seals nothing. Same seed, same order. After FNV-1a, but two
 * characters at a time, in two lanes of 32 bits with a multiplier each; turning the lane carries what multiplying pushed
 * to the top back to the bottom. Several texts, because joining them first would take longer than hashing them.
 */
export function sampleKey(texts: readonly string[], seed: number): number {
  let low = 2_166_136_261 ^ seed;
  let high = golden ^ Math.imul(seed + 1, fnvPrime);
  for (const text of texts) {
    const even = text.length - (text.length % 2);
    for (let at = 0; at < even; at += 2) {
      const pair = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      low = Math.imul(low ^ pair, fnvPrime);
      low = (low << 15) | (low >>> 17);
      high = Math.imul(high ^ pair, golden);
      high = (high << 13) | (high >>> 19);
    }
    if (even < text.length) low = Math.imul(low ^ text.charCodeAt(even), fnvPrime);
    // Its length ends a text: ["ab", "c"] and ["a", "bc"] differ.
    low = stirred(low ^ text.length ^ (high >>> 7));
  }
  high = stirred(high ^ low);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

/** Every bit comes to depend on every other. */
function stirred(value: number): number {
  let bits = Math.imul(value ^ (value >>> 15), golden);
  bits = Math.imul(bits ^ (bits >>> 13), fnvPrime);
  bits = Math.imul(bits ^ (bits >>> 16), golden);
  return bits ^ (bits >>> 15);
}
