/** The published schema and the JSON report hold each other: nothing missing, nothing extra, no NaN. */
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { agentInput, sealedAgentInput } from '../../helpers/agent-input.ts';
import { demoTasks, fullInput, reportInput, sealedInput } from '../../helpers/report-input.ts';
import { severalInput } from '../../helpers/several-input.ts';

const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(reportSchema);

const inputs = {
  demo: reportInput(),
  'every part': fullInput(),
  sealed: sealedInput(),
  'four open arms': severalInput(),
  'whole agents': agentInput(),
  'whole agents, no end check': agentInput({ checked: false }),
  'whole agents, sealed': sealedAgentInput(),
  'nobody voted': reportInput({ tasks: [{ task: 'a', votes: '' }] }),
  'no task': reportInput({ tasks: [] }),
  'all identical': reportInput({ tasks: [{ task: 'a', votes: 'iiiiiiii' }] }),
  'neither model': reportInput({
    tasks: demoTasks.map((task) => ({ ...task, votes: 'nnnnnnnn', verdict: { neither: true } })),
    overall: { neither: true },
  }),
};

describe('the report schema', () => {
  it('that readers are given is the one that the report holds to (vitest -u writes it again)', async () => {
    await expect(`${JSON.stringify(reportSchema, null, 2)}\n`).toMatchFileSnapshot(
      '../../../schema/report.schema.json',
    );
  });

  it.each(Object.entries(inputs))('accepts %s', (_, input) => {
    const report = JSON.parse(jsonReport(buildReport(input))) as unknown;
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refuses a report with a field more, a field less, or another version', () => {
    const report = JSON.parse(jsonReport(buildReport(reportInput()))) as Record<string, unknown>;
    expect(validate({ ...report, extra: 1 })).toBe(false);
    expect(validate({ ...report, pairs: undefined })).toBe(false);
    expect(validate({ ...report, schema: 99 })).toBe(false);
  });

  it('writes no number that JSON cannot', () => {
    for (const input of Object.values(inputs)) {
      const walk = (value: unknown): void => {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
      };
      walk(buildReport(input));
    }
  });
});
