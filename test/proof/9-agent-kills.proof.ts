/** kill -9 of a run of whole agents: GAPCHECK_AGENT_KILLS kills, and resumes until each run is whole. */
import { type AgentKills, killAgents } from './agent-kills.ts';
import { type ProofRow, proofRow } from './row.ts';

const kills = Number(process.env.GAPCHECK_AGENT_KILLS ?? 200);

let measured: Promise<AgentKills> | undefined;
/** Both rows look at the same kills. */
const killed = (): Promise<AgentKills> => {
  measured ??= killAgents(kills);
  return measured;
};

const onLinux = (row: ProofRow): ProofRow => ({
  ...row,
  run: async () => (process.platform === 'linux' ? row.run() : { notRun: 'orphans are looked for in /proc' }),
});

export const rows: ProofRow[] = [
  onLinux(
    proofRow({
      word: 'agent-kills-lost',
      what: `whole agents, ${kills} × kill -9 and resume: finished trials lost or doubled`,
      side: 'at most',
      bar: 0,
      unit: 'trials',
      measure: async () => {
        const { lost, twice, trials, interrupted } = await killed();
        return {
          value: lost + twice,
          shown: `${lost} lost, ${twice} doubled (${trials} trials, ${interrupted} cut off)`,
        };
      },
    }),
  ),
  onLinux(
    proofRow({
      word: 'agent-kills-orphans',
      what: 'the same kills: processes and copies left when the run is whole',
      side: 'at most',
      bar: 0,
      unit: 'left behind',
      measure: async () => {
        const { orphans, copies } = await killed();
        return { value: orphans + copies, shown: `${orphans} processes, ${copies} copies` };
      },
    }),
  ),
];
