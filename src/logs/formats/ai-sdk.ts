/** Vercel AI SDK telemetry (v5, v6 spans); v7 writes OpenTelemetry GenAI spans. */
import type { LogFormat } from './format.ts';
import { spanFormat } from './span-family.ts';
import { attributesOf } from './spans.ts';

export const aiSdk: LogFormat = {
  name: 'ai-sdk',
  title: 'Vercel AI SDK spans',
  sign: (record) =>
    attributesOf(record)['ai.operationId'] === undefined
      ? undefined
      : { score: 0.99, why: 'spans have ai.operationId' },
  ...spanFormat,
};
