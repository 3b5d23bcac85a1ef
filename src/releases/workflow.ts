/** The workflow that `init --ci` writes: weekly, by hand, and when lock, config, prompts or votes change. */
export const workflowPath = '.github/workflows/gapcheck.yml';

/** Commits of the actions that are used, as of November 2026: a tag can be moved, a commit cannot. */
const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
const upload = 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2';

export interface PromptPath {
  path: string;
  /** Stands for several files. */
  isPattern: boolean;
}

export interface WorkflowInput {
  /** Prompt files, as the config names them. */
  prompts: readonly PromptPath[];
  /** The config's own name. */
  config: string;
  /** Environment variables that hold keys; each becomes a repository secret of that name. */
  secrets: readonly string[];
  /** Endpoints that are no secret. */
  env: Readonly<Record<string, string>>;
  version: string;
  /** Who votes on the locked run, and who on releases. */
  voters: { baseline: readonly string[]; release: string };
}

export function workflowText({ prompts, config, secrets, env, version, voters }: WorkflowInput): string {
  const paths = [
    ...['gapcheck.lock.json', config].map(asPattern),
    ...prompts.map(({ path, isPattern }) => (isPattern ? fromHere(path) : asPattern(path))),
    'gapcheck-votes/**',
  ];
  const packets = voters.baseline.map((rater) => `packet-${rater}.json`);
  const endpoints = Object.entries(env).map(([name, value]) => `${name}: ${inert(value)}`);
  const fromSecrets = secrets.map((name) => `${name}: \${{ secrets.${name} }}`);
  const keys = secrets.map((name) => `${name}=\${{ secrets.${name} }}`);
  return `# Written by gapcheck init --ci. Votes come back as files in gapcheck-votes/, by pull request: they hold no
# prompt, no answer and no model. They count on the default branch, or when somebody who may write here has approved
# the very commit. The run folder is an artifact with the key in it: keep this repository private.
name: gapcheck
on:
  schedule:
    - cron: "23 6 * * 1"
  workflow_dispatch:
    inputs:
      baseline:
        description: Make a new locked run here, instead of comparing with the old one
        type: boolean
        default: false
      void:
        description: Take the votes of this rater out again, in every run that is kept
        type: string
        default: ""
  pull_request:
    paths:
${paths.map((path) => `      - ${JSON.stringify(path)}`).join('\n')}
permissions:
  contents: read
  actions: read
  checks: write
  pull-requests: write
concurrency: gapcheck-\${{ github.event.pull_request.number || github.ref }}
jobs:
  gapcheck:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    steps:
      - uses: ${checkout}
        with: { persist-credentials: false }
      - if: \${{ !inputs.baseline }}
        uses: gapcheck/gapcheck@v${version}
${block('env', endpoints, 8)}        with:
          version: ${JSON.stringify(version)}
          # Who votes on releases.
          rater: ${voters.release}
          void: \${{ inputs.void }}
${keys.length > 0 ? `          keys: |\n${keys.map((line) => `            ${line}`).join('\n')}\n` : ''}      # The first run, or a new one: its lock file is for you to commit, its folder for the jobs to come. It is made on
      # the default branch, because only answers from there are trusted later.
      - if: \${{ inputs.baseline && github.ref_name == github.event.repository.default_branch }}
        run: npx --yes gapcheck@${version} run --lock --no-score --yes --results gapcheck-results
${block('env', [...endpoints, ...fromSecrets], 8)}      - if: \${{ inputs.baseline && github.ref_name == github.event.repository.default_branch }}
        id: baseline
        run: |
          id=$(node -p 'JSON.parse(fs.readFileSync("gapcheck.lock.json", "utf8")).run.id')
          [[ "$id" =~ ^[A-Za-z0-9_-]{4,64}$ ]]
          echo "id=$id" >> "$GITHUB_OUTPUT"
          # Who votes on the locked run.
${voters.baseline.map((rater) => `          npx --yes gapcheck@${version} packet --rater ${rater} -o packet-${rater}.json --results gapcheck-results`).join('\n')}
      - if: \${{ steps.baseline.outputs.id != '' }}
        uses: ${upload}
        with: { name: "gapcheck-run-\${{ steps.baseline.outputs.id }}", path: "gapcheck-results/*" }
      - if: \${{ steps.baseline.outputs.id != '' }}
        uses: ${upload}
        with: { name: gapcheck-lock-and-packet, path: ${JSON.stringify(['gapcheck.lock.json', ...packets].join('\n'))} }
`;
}

/** A YAML string in which nothing is an expression to GitHub. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own syntax
const inert = (value: string): string => JSON.stringify(value.replaceAll('${{', "${{ '${{' }}"));

/** A path filter that matches this one file: what is special in a pattern is quoted. */
const asPattern = (path: string): string => fromHere(path).replace(/[*?+[\]!\\]/g, '\\$&');

const fromHere = (path: string): string => path.replace(/^\.\//, '');

const block = (name: string, lines: readonly string[], indent: number): string => {
  const blank = ' '.repeat(indent);
  return lines.length === 0 ? '' : `${blank}${name}:\n${lines.map((line) => `${blank}  ${line}`).join('\n')}\n`;
};
