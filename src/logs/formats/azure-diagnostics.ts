/** Diagnostic logs of Azure's model services: they name model, times and lengths, and never hold a text. */
import { reject } from '../draft.ts';
import { objectOf } from '../fields.ts';
import type { LogFormat } from './format.ts';

export const azureDiagnostics: LogFormat = {
  name: 'azure-diagnostics',
  title: 'diagnostic logs of Azure OpenAI',
  sign: (record) => {
    const properties = objectOf(record.properties);
    return properties?.modelDeploymentName !== undefined &&
      properties.requestLength !== undefined &&
      /COGNITIVESERVICES/i.test(typeof record.resourceId === 'string' ? record.resourceId : '')
      ? { score: 0.97, why: 'records are of a cognitive service, with lengths and without texts' }
      : undefined;
  },
  map: () => reject('a call without its texts: diagnostic logs of Azure OpenAI never hold them'),
  noPrompts:
    'log the requests where they pass: turn on the logging of LLM messages in Azure API Management and export that table, or write them down in the app',
};
