/** OpenInference spans: Phoenix and Arize. */
import type { LogFormat } from './format.ts';
import { spanFormat } from './span-family.ts';
import { attributesOf } from './spans.ts';

export const openInference: LogFormat = {
  name: 'openinference',
  title: 'OpenInference spans',
  sign: (record) =>
    attributesOf(record)['openinference.span.kind'] === undefined
      ? undefined
      : { score: 0.99, why: 'spans have openinference.span.kind' },
  ...spanFormat,
};
