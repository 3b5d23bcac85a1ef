/** GAPCHECK_AGENT_KILLS says how many kills; the proof makes 200 of them. */
import { expect, test } from 'vitest';
import { killAgents } from '../proof/agent-kills.ts';

const kills = Number(process.env.GAPCHECK_AGENT_KILLS ?? 20);

test.skipIf(process.platform !== 'linux')(
  `kill -9 and resume loses no finished trial and leaves no orphan and no copy (${kills} kills)`,
  async () => {
    const found = await killAgents(kills);
    expect(found).toMatchObject({ lost: 0, twice: 0, orphans: 0, copies: 0 });
    expect(found.kills).toBeGreaterThanOrEqual(kills);
  },
  60_000 + kills * 15_000,
);
