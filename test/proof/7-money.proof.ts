/** The bill: what a machine can do is measured under the load of the run itself. */
import { capacityRatio } from './capacity.ts';
import { type ProofRow, proofRow } from './row.ts';

export const rows: ProofRow[] = [1, 4, 16].map((inFlight) =>
  proofRow({
    word: `capacity-${inFlight}`,
    what: `capacity of a server of known rate, -j ${inFlight} through the command: off by`,
    side: 'at most',
    bar: 5,
    unit: '%',
    measure: async () => {
      const ratio = await capacityRatio(inFlight);
      return { value: 100 * Math.abs(ratio - 1), shown: `${(100 * (ratio - 1)).toFixed(1)} %` };
    },
  }),
);
