/** routes.json as `report --routes` wrote it, or a sentence that says what is wrong with it. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findCheck } from '../../checks/registry.ts';
import { userError } from '../../errors.ts';
import type { CheckSpec } from '../../records/prompt-record.ts';
import { oddInRoutes, type RoutesRecord } from '../../records/routes-record.ts';

const writeAgain = 'gapcheck report --routes routes.json writes it';

/** Throws (exit 2) with the file and the field. */
export function readRoutes(path: string): RoutesRecord {
  const file = basename(path);
  const value = parsed(path, file);
  const odd = oddInRoutes(value);
  if (odd !== undefined) throw userError('bad-routes', `${file}: "${odd}" is not as gapcheck writes it.`, writeAgain);
  const routes = value as RoutesRecord;
  for (const [task, specs] of Object.entries(routes.checks))
    for (const [at, spec] of specs.entries()) refuseOddCheck(spec, `${file}: checks["${task}"][${at}]`);
  const tasks = routes.routes.map(({ task }) => task);
  const twice = tasks.find((task, at) => tasks.indexOf(task) < at);
  if (twice !== undefined) throw userError('bad-routes', `${file}: the task "${twice}" has two routes.`, writeAgain);
  return routes;
}

/** As the config is checked: a check that cannot run would pass everything, or nothing. */
function refuseOddCheck(spec: CheckSpec, path: string): void {
  const check = findCheck(spec.check);
  if (!check) throw userError('bad-routes', `${path}: there is no check "${spec.check}".`, writeAgain);
  check.validate(spec, path);
}

function parsed(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? `There is no file ${path}.` : `${file} cannot be read as JSON.`;
    throw userError(missing ? 'no-routes-file' : 'bad-routes', what, writeAgain, error);
  }
}
