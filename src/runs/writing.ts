/** Signs of life of an answer that is being written: a stream has many pieces, a display needs two events a second. */

const gapMs = 500;

/** To be called with each piece; `say` gets how many came since it was called last. */
export function everyHalfSecond(now: () => Date, say: (pieces: number) => void): () => void {
  let pieces = 0;
  let said = 0;
  return () => {
    pieces += 1;
    const at = now().getTime();
    if (at - said < gapMs) return;
    said = at;
    say(pieces);
    pieces = 0;
  };
}
