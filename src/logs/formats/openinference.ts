/** OpenInference spans: Phoenix and Arize. */
import type { LogFormat } from './format.ts';
import { spanFormat } from './span-family.ts';
import { hasKey } from './span-fields.ts';
import { attributesOf, isSpan } from './spans.ts';

export const openInference: LogFormat = {
  name: 'openinference',
  title: 'OpenInference spans',
  sign: (record) => {
    const attributes = attributesOf(record);
    if (attributes['openinference.span.kind'] !== undefined)
      return { score: 0.99, why: 'spans have openinference.span.kind' };
    // The REST API of Phoenix takes the kind out of the attributes.
    return (isSpan(record) || attributes !== record) && hasKey(attributes, 'llm.input_messages')
      ? { score: 0.98, why: 'spans have llm.input_messages' }
      : undefined;
  },
  ...spanFormat,
};
