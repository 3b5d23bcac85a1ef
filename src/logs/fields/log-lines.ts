/** Lines that a program writes about itself: their texts are no prompts. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { foldedName } from './names.ts';

const levelNames = new Set(['level', 'severity', 'levelname', 'log_level', 'loglevel', 'lvl', 'level_name']);
const levels = /^(?:trace|debug|verbose|info|information|notice|warn|warning|error|err|fatal|critical|silly|http)$/i;
/** A text that such a line has, and a prompt may have as well. */
const messageNames = new Set(['message', 'msg', 'text', 'content']);
const httpLine = /^(?:GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS|CONNECT) \S+(?: HTTP\/[\d.]+)?$/;

const isLevel = (value: Json | undefined): boolean =>
  (typeof value === 'string' && levels.test(value.trim())) ||
  (typeof value === 'number' && value >= 10 && value <= 60 && value % 10 === 0);

/** `name` holds what a program logged: beside a level of logs, or the first line of an HTTP request. */
export function isLogLine(record: JsonObject, name: string, value: string): boolean {
  if (httpLine.test(value)) return true;
  return (
    messageNames.has(foldedName(name)) &&
    Object.entries(record).some(([other, level]) => levelNames.has(foldedName(other)) && isLevel(level))
  );
}
