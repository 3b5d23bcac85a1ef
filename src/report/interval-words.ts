/** What the interval beside a lead says, for the terminal and every table. */

/** True of a planned look: its intervals hold the true lead in 95 to 96 % of cases on average, enumerated and simulated. */
export const intervalsHold = 'Of 100 such intervals, about 95 hold the true lead.';

/** What the interval is, for every table; after later votes only what holds after looking may stand beside a verdict. */
export const intervalWords = (isExtended: boolean, isCarried = false): string =>
  `${isCarried ? 'Re-used votes had been read in their own run before. ' : ''}${intervalOf(isExtended)}`;

/** Of a plain estimate that went on after a look: more votes are asked for where it is near a verdict. */
export const stoppedLead = 'tends to look larger than it is';

const intervalOf = (isExtended: boolean): string =>
  isExtended
    ? `The planned votes were read once, when the result was opened, and later votes one by one. The 95 % interval holds the leads that these votes do not rule out, however often somebody looked. Where votes were added, the lead itself ${stoppedLead}.`
    : `The planned votes were read once, when the result was opened. The 95 % interval holds the leads that these votes do not rule out, and each verdict follows from it. ${intervalsHold}`;
