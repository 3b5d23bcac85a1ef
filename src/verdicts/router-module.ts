/** routes.mjs: the routes as a module for Node, over gapcheck's own checks. */
import type { RoutesRecord } from '../records/routes-record.ts';
import { oneLine } from '../text/shell.ts';

/** JSON is JavaScript but for two line separators, which older parsers end a line at. */
const literal = (routes: RoutesRecord): string =>
  JSON.stringify(routes, null, 2).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Apart from its `import`: what looks for the imports of this program finds none here. */
const ofPackage = "from 'gapcheck';";

export const routesModule = (
  routes: RoutesRecord,
): string => `// Written by gapcheck ${oneLine(routes.gapcheck, 40)} from run ${routes.run}.
// Needs: npm install gapcheck, or in a clone of it npm pack, and here npm install PATH/gapcheck-${oneLine(routes.gapcheck, 40)}.tgz
//
//   import { answer, stream } from './routes.mjs';
//   const { text, by, escalated } = await answer({ task: 'TASK', messages: [{ role: 'user', content: '…' }] });
//
// A task that is "open first" is answered by the open model, its answer is checked, and the closed model answers where a
// check fails. A stream begins after the check. Keys are read from the environment.
import { createRouter } ${ofPackage}

export const routes = ${literal(routes)};

export const { answer, stream } = createRouter(routes);
`;
