/** Votes too fast for two answers to have been read: the session warns of them, and the report rests nothing on them. */

/** Half of a rater's ballots below this many milliseconds. Keys are off for the first 1.5 s. */
export const tooFastMs = 3000;
/** Fewer votes tell nothing of a rater's haste. */
export const votesForHaste = 5;
