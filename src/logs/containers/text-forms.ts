/**
 * Text files that are neither a table nor JSON, but of a form that a tool writes: each becomes JSON, so that the formats
 * behind it are the same ones. Lines of the result are lines of the file where that can be.
 */

import { userError } from '../../errors.ts';
import { aiderHistory, isAiderHistory } from './aider-history.ts';
import { isLlmText, llmText } from './llm-text.ts';
import { isLogfmt, logfmtLines } from './logfmt.ts';
import { isMail, refuseMail } from './mail-file.ts';
import { isOtherText, refuseOtherText } from './other-text.ts';
import { isPrefixedJson, prefixedJson } from './prefixed-json.ts';
import { isMarkdownText, isQuestionList, questionList, refuseMarkdown } from './question-list.ts';
import type { TextForm } from './text-form.ts';
import { isWhatsApp, whatsAppChat } from './whatsapp.ts';

interface Form {
  knows(head: string, file: string): boolean;
  read(text: string, file: string): TextForm | Promise<TextForm>;
}

const forms: readonly Form[] = [
  { knows: isAiderHistory, read: aiderHistory },
  { knows: isLlmText, read: llmText },
  { knows: (_head, file) => /\.ya?ml$/i.test(file), read: yamlValue },
  { knows: isPromptfooPage, read: refusePromptfooPage },
  { knows: isConsoleText, read: refuseConsoleText },
  { knows: isOtherText, read: refuseOtherText },
  { knows: isLogfmt, read: logfmtLines },
  { knows: isWhatsApp, read: whatsAppChat },
  { knows: isMail, read: refuseMail },
  { knows: isQuestionList, read: questionList },
  { knows: isMarkdownText, read: refuseMarkdown },
  { knows: (head, file) => !/\.(?:csv|tsv)$/i.test(file) && isPrefixedJson(head), read: prefixedJson },
];

/** The form that a file's first text shows, if it is one of ours. */
export const textForm = (head: string, file: string): Form | undefined => forms.find(({ knows }) => knows(head, file));

async function yamlValue(text: string, file: string): Promise<TextForm> {
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(text);
  const broken = [documents].flat().find((document) => document.errors.length > 0);
  if (broken)
    throw userError(
      'logs.yaml',
      `${file}: not valid YAML (${broken.errors[0]?.message.split('\n')[0]}).`,
      'mend that line, or export the file as JSON',
    );
  return {
    text: [documents]
      .flat()
      .map((document) => JSON.stringify(document.toJS({ maxAliasCount: 100 })))
      .join('\n'),
    notes: [],
  };
}

function isPromptfooPage(head: string): boolean {
  return /^\s*<(?:!doctype|html)/i.test(head) && /promptfoo/i.test(head.slice(0, 65_536));
}

function refusePromptfooPage(_text: string, file: string): never {
  throw userError(
    'logs.page',
    `${file} is the report page of promptfoo, made to be looked at.`,
    'export its results as JSON: promptfoo export eval latest -o results.json',
  );
}

/** What `console.log` and `console.dir` make of an object: names without quotes, depth cut off. */
function isConsoleText(head: string): boolean {
  return (
    /^\s*(?:\w+ )?[[{]\s*\n?\s*(?:\{\s*\n?\s*)?[A-Za-z_$][\w$]*: /.test(head) &&
    /'[^'\n]*'|\[Object\]|\[Array\]|undefined/.test(head)
  );
}

function refuseConsoleText(_text: string, file: string): never {
  throw userError(
    'logs.console-text',
    `${file} is what JavaScript's console prints of objects (as the ConsoleSpanExporter of OpenTelemetry does), which is no JSON and may be cut off.`,
    'write the records with JSON.stringify, one a line; for spans, export them over OTLP to a collector with a file exporter',
  );
}
