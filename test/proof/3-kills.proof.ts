/** kill -9: GAPCHECK_KILL_CYCLES kills of a run, GAPCHECK_KILLS kills of a blind session. */
import { type ProofRow, proofRow } from './row.ts';
import { killRuns, type RunKills } from './run-kills.ts';

const runKills = Number(process.env.GAPCHECK_KILL_CYCLES ?? 20);
/** Each takes a session of three seconds. */
const sessionKills = Number(process.env.GAPCHECK_KILLS ?? 8);

let measured: Promise<RunKills> | undefined;
/** Both rows look at the same kills. */
const killed = (): Promise<RunKills> => {
  measured ??= killRuns(runKills);
  return measured;
};

/** Asked late: where tmux has to be and is not, asking throws. */
const hasTerminal = async (): Promise<boolean> => (await import('../helpers/terminal.ts')).hasTmux;

const votes = proofRow({
  word: 'kill-session',
  what: `blind session, ${sessionKills} × kill -9 within 60 ms of a vote: votes lost or doubled`,
  side: 'at most',
  bar: 0,
  unit: 'votes',
  measure: async () => {
    const { killSessions } = await import('./session-kills.ts');
    const { kills, votes, lost, twice } = await killSessions(sessionKills);
    return { value: lost + twice, shown: `${lost} lost, ${twice} doubled (${votes} votes, ${kills} kills)` };
  },
});

export const rows: ProofRow[] = [
  proofRow({
    word: 'kill-lost',
    what: `run, ${runKills} × kill -9 and resume: recorded attempts lost`,
    side: 'at most',
    bar: 0,
    unit: 'attempts',
    measure: async () => {
      const { kills, attempts, lost } = await killed();
      return { value: lost, shown: `${lost} of ${attempts} attempts (${kills} kills)` };
    },
  }),
  proofRow({
    word: 'kill-twice',
    what: 'the same kills: requests made twice, beyond those in flight at a kill',
    side: 'at most',
    bar: 0,
    unit: 'requests',
    measure: async () => {
      const { inFlight, mostInFlight, twice } = await killed();
      return { value: twice, shown: `${twice} requests (${inFlight} were in flight, of at most ${mostInFlight})` };
    },
  }),
  {
    ...votes,
    run: async () => ((await hasTerminal()) ? votes.run() : { notRun: 'tmux is not installed' }),
  },
];
