/** A task with its definition and its instances (Natural Instructions): a prompt for each instance. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, filled, listOf } from '../fields.ts';
import type { Draft, LogFormat } from './format.ts';

const definitionIn = (record: JsonObject): string | undefined =>
  filled(record.Definition) ?? filled(listOf(record.Definition)?.[0]);

export const instructionTasks: LogFormat = {
  name: 'instruction-tasks',
  title: 'tasks with a definition and instances',
  sign: (record) =>
    definitionIn(record) && listOf(record.Instances)
      ? { score: 0.95, why: 'each record is a task with its Definition and Instances' }
      : undefined,
  map: (record) => {
    const definition = definitionIn(record);
    const instances = listOf(record.Instances)?.filter(isObject) ?? [];
    return definition === undefined || instances.length === 0
      ? reject('a task without instances')
      : instances.map((instance) => promptOf(instance, definition, filled(listOf(record.Categories)?.[0])));
  },
};

function promptOf(instance: JsonObject, definition: string, task: string | undefined): Mapped {
  const input = filled(instance.input);
  const said = filled(instance.output) ?? filled(listOf(instance.output)?.[0]);
  if (input === undefined) return reject('an instance without input');
  return settle(
    compact<Draft>({
      messages: [
        { role: 'system', content: definition },
        { role: 'user', content: input },
      ],
      ref: said === undefined ? undefined : { text: said },
      task,
      source_id: filled(instance.id),
    }),
  );
}
