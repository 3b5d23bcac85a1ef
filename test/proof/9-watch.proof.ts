/** A week of real traffic: its verdicts and its word on drift over simulated streams, and GAPCHECK_WEEK_KILLS kills. */
import { type ProofRow, percent, proofRow } from './row.ts';
import { killWeek, type WeekKills } from './watch-kills.ts';
import { type Stream, simulate, streams } from './watch-streams.ts';

const kills = Number(process.env.GAPCHECK_WEEK_KILLS ?? 20);
const weeks = 4_000;
const margin = 0.3;

let measured: Promise<WeekKills> | undefined;
const killed = (): Promise<WeekKills> => {
  measured ??= killWeek(kills);
  return measured;
};

/** Each stream with its mean where the verdict would be wrong. */
function wrongRates(): { name: string; rate: number }[] {
  return Object.entries(streams).flatMap(([name, of]) =>
    [5, 6].flatMap((perDay) => {
      const atMargin = simulate(of(-margin), perDay, weeks);
      const equal = simulate(of(0), perDay, weeks);
      return [
        { name: `"within", ${name}`, rate: atMargin.good / weeks },
        { name: `"keep", ${name}`, rate: equal.keep / weeks },
        { name: `"better", ${name}`, rate: equal.better / weeks },
      ];
    }),
  );
}

const alarmRate = (stream: Stream, perDay: number): number => simulate(stream, perDay, weeks).alarms / weeks;

export const rows: ProofRow[] = [
  proofRow({
    word: 'watch-wrong',
    what: `weeks of 5 and 6 votes a day that stay, drift or change on day 4: verdicts about the week's mean that are wrong (${weeks} each)`,
    side: 'at most',
    // Three standard errors of a share of 5 % over 4,000 weeks.
    bar: 5 + 1.04,
    unit: '%',
    measure: () => {
      const worst = wrongRates().reduce((most, one) => (one.rate > most.rate ? one : most));
      return { value: 100 * worst.rate, shown: `${percent(worst.rate)} at worst (${worst.name})` };
    },
  }),
  proofRow({
    word: 'watch-alarm',
    what: `weeks that stay the same, net -30, 0 and +30: a drift is seen (${weeks} each)`,
    side: 'at most',
    bar: 5 + 1.04,
    unit: '%',
    measure: () => {
      const rates = [-0.3, 0, 0.3].map((mean) => alarmRate(streams.stationary(mean), 5));
      return { value: 100 * Math.max(...rates), shown: `${rates.map(percent).join(', ')}` };
    },
  }),
  proofRow({
    word: 'watch-drift',
    what: 'weeks of 5 votes a day that move by 10 and by 20 per 100 a day: a drift is seen, against the 25 % and 81 % that the report states',
    side: 'at most',
    bar: 4,
    unit: 'points off',
    measure: () => {
      const rising = (step: number): Stream => Array.from({ length: 7 }, (_, at) => step * (at - 3));
      const [slow, quick] = [alarmRate(rising(0.1), 5), alarmRate(rising(0.2), 5)];
      return {
        value: 100 * Math.max(Math.abs(slow - 0.25), Math.abs(quick - 0.81)),
        shown: `${percent(slow)} and ${percent(quick)}`,
      };
    },
  }),
  proofRow({
    word: 'watch-lost',
    what: `a week with a rotating log, ${kills} × kill -9: records lost or counted twice, prompts drawn twice, days drawn otherwise, prompts without an answer`,
    side: 'at most',
    bar: 0,
    unit: 'in all',
    measure: async () => {
      const { records, lost, drawnTwice, otherDraw, unanswered, ...rest } = await killed();
      return {
        value: lost + drawnTwice + otherDraw + unanswered,
        shown: `${lost} of ${records} records, ${drawnTwice} prompts, ${otherDraw} days, ${unanswered} answers (${rest.kills} kills)`,
      };
    },
  }),
  proofRow({
    word: 'watch-paid',
    what: 'the same kills: calls for an answer that was recorded already',
    side: 'at most',
    bar: 0,
    unit: 'calls',
    measure: async () => {
      const { paidTwice, calls } = await killed();
      return { value: paidTwice, shown: `${paidTwice} of ${calls} calls` };
    },
  }),
];
