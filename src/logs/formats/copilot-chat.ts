/** Chats of GitHub Copilot as VS Code exports and stores them: each request has its message and a response in pieces. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { compact, filled, listOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const copilotChat: LogFormat = {
  name: 'copilot-chat',
  title: 'a chat of GitHub Copilot in VS Code',
  holds: 'conversations',
  sign: (record) =>
    record.responderUsername !== undefined && Array.isArray(record.requests)
      ? { score: 0.98, why: 'chats have requests and a responderUsername' }
      : undefined,
  map: (record) =>
    turnPrompts(
      (listOf(record.requests) ?? []).filter(isObject).flatMap(turnsOf),
      compact({ session_id: filled(record.sessionId) }),
    ),
};

function turnsOf(request: JsonObject): Turn[] {
  const asked = textOf(request.message) ?? textOf(objectOf(request.message)?.text) ?? '';
  const media = attached(request);
  const content = media.length ? [{ type: 'text' as const, text: asked }, ...media] : asked;
  const ts = isoTime(request.timestamp);
  const model = filled(request.modelId)?.replace(/^copilot\//, '');
  const said = (listOf(request.response) ?? []).filter(isObject).map(pieceOf).join('');
  const turns: Turn[] = [{ message: { role: 'user', content }, ...(ts && { ts }) }];
  if (said.trim() !== '' && request.isCanceled !== true)
    turns.push({ message: { role: 'assistant', content: said }, ...(model && { model }) });
  return turns;
}

/** Files, selections and pictures went along with the message; the export has only their names. */
const attached = (request: JsonObject): ContentPart[] =>
  (listOf(objectOf(request.variableData)?.variables) ?? [])
    .filter(isObject)
    .map((value) => ({ type: 'media', media: filled(value.kind) ?? 'file', value }));

/** Progress, tools and edits are no text of the answer; a reference is in it by name. */
function pieceOf(piece: JsonObject): string {
  if (piece.kind === undefined || piece.kind === 'markdownContent')
    return textOf(piece.value) ?? textOf(objectOf(piece.content)?.value) ?? '';
  if (piece.kind !== 'inlineReference') return '';
  const place = objectOf(piece.inlineReference);
  const path = filled(piece.name) ?? filled(place?.name) ?? filled(place?.fsPath) ?? filled(place?.path);
  return path === undefined ? '' : `\`${path.split(/[\\/]/).at(-1)}\``;
}
