/**
 * src → dist. The program and the API as one file per entry and one chunk per lazy import, so that a command reads only
 * what it uses; the page that a rater without Node votes in, with its style sheet; source maps beside the code. Plain
 * JavaScript, because it runs before anything is built.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = { absWorkingDir: root, bundle: true, metafile: true, logLevel: 'warning', charset: 'utf8' };

/** Small, without dependencies of their own that matter, and read at most starts: one file is read faster than many. */
const inlined = ['commander', 'csv-parse', 'valibot', 'cli-table3'];

/** Large, and needed by few answers: read when the first JSON Schema is compiled. The code that uses them is synchronous. */
const readLate = {
  ajv: "export function Ajv(options) { return new (read('ajv').Ajv)(options); }",
  'ajv/dist/2020.js': "export function Ajv2020(options) { return new (read('ajv/dist/2020.js').Ajv2020)(options); }",
  'ajv-formats': "export default { default: (...given) => read('ajv-formats').default(...given) };",
};

const packages = {
  name: 'packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.startsWith('node:')) return undefined;
      if (path in readLate) return { path, namespace: 'late' };
      const isInside = importer.includes('node_modules');
      return isInside || inlined.includes(path.split('/')[0]) ? undefined : { path, external: true };
    });
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `import { createRequire } from 'node:module';\nconst read = createRequire(import.meta.url);\n${readLate[path]}`,
    }));
  },
};

const programOptions = {
  ...shared,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: 'dist',
  // Chunks lie beside the entries: what is read relative to `import.meta.url` is then the same for all of them.
  chunkNames: '[name]-[hash]',
  splitting: true,
  // For inlined packages that are CommonJS and ask for modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Node parses every byte at each start; names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
};

/** What a run of a file and its report import lazily: each of these begins a part that they read. */
const lazyParts = {
  reporting: ['src/cli/run-command.ts', 'src/cli/verbs/report.ts', 'src/app/result/show-report.ts'],
  running: ['src/cli/verbs/run.ts', 'src/app/main-job.ts', 'src/app/result/write-reports.ts', 'src/logs/table.ts'],
};

/** Files that these import statically, themselves included. */
function reached(inputs, files, seen = new Set()) {
  for (const file of files) {
    if (seen.has(file) || !inputs[file]) continue;
    seen.add(file);
    const { imports } = inputs[file];
    reached(
      inputs,
      imports.flatMap(({ path, kind, external }) => (external || kind === 'dynamic-import' ? [] : [path])),
      seen,
    );
  }
  return seen;
}

/**
 * Cut by who imports it, the code of a run would be a hundred files, and opening so many takes longer than running them.
 * So whoever imports some of it lazily imports all of it, and it lies in a few files.
 */
function together({ inputs }) {
  const reporting = reached(inputs, lazyParts.reporting);
  const running = [...reached(inputs, lazyParts.running)].filter((file) => !reporting.has(file));
  const own = { reporting: [...reporting], running };
  return {
    name: 'together',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import' ? { path: join(resolveDir, path), namespace: 'lazy' } : undefined,
      );
      onResolve({ filter: /^together:/ }, ({ path }) => ({ path, namespace: 'together' }));
      onLoad({ filter: /./, namespace: 'together' }, ({ path }) => ({
        contents: lazyParts[path.slice('together:'.length)].map((file) => `import './${file}';`).join('\n'),
        resolveDir: root,
      }));
      onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => {
        const needed = reached(inputs, [relative(root, path).replaceAll('\\', '/')]);
        const used = Object.keys(own).filter((name) => own[name].some((file) => needed.has(file)));
        const lines = used.map((name) => `import 'together:${name}';`);
        return { contents: [...lines, `export * from ${JSON.stringify(path)};`].join('\n'), resolveDir: root };
      });
    },
  };
}

const cut = await build({ ...programOptions, plugins: [packages], write: false });
const program = await build({ ...programOptions, plugins: [together(cut.metafile), packages] });

const page = await build({
  ...shared,
  entryPoints: { 'packet-page': 'src/page/main.ts', 'packet-page-style': 'src/page/page.css' },
  outdir: 'dist/assets',
  entryNames: '[name]',
  minify: true,
  // Safari 16 and Firefox 115: what people who do not update still have.
  target: ['es2022', 'chrome110', 'safari16', 'firefox115'],
  format: 'iife',
  platform: 'browser',
  charset: 'ascii',
  legalComments: 'none',
});

/** Declarations that the API's own reach: nobody can import the others. */
function declared(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, target] of readFileSync(join(root, file), 'utf8').matchAll(
    /(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g,
  ))
    declared(`${join(dirname(file), target)}.d.ts`.replaceAll('\\', '/'), seen);
  return seen;
}

/** Each package whose code is in the bundle, with its licence. */
function licences() {
  const names = Object.keys(program.metafile.inputs).flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/[^@]*$/.exec(file)?.[1] ?? [],
  );
  return [...new Set(names)].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
  });
}
const licenceFile = 'dist/LICENSES.txt';
writeFileSync(join(root, licenceFile), licences().join(`\n${'-'.repeat(80)}\n\n`));

/** What an earlier build left, or nobody can reach, goes: `npm pack` would ship it. */
const made = new Set([program, page].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
const kept = new Set([...made, licenceFile, ...declared('dist/index.d.ts')]);
for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const file = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
  if (entry.isFile() && !kept.has(file)) rmSync(join(root, file));
}
