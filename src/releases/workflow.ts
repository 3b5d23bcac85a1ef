/** The workflow that `init --ci` writes: weekly, by hand, and when lock, config, prompts or votes change. */
export const workflowPath = '.github/workflows/gapcheck.yml';

export interface WorkflowInput {
  /** Prompt file, as the config names it. */
  prompts?: string;
  /** Environment variables that hold keys or endpoints; each becomes a repository secret of that name. */
  secrets: readonly string[];
  /** Endpoints that are no secret. */
  env: Readonly<Record<string, string>>;
  version: string;
}

export function workflowText({ prompts, secrets, env, version }: WorkflowInput): string {
  const paths = ['gapcheck.lock.json', 'gapcheck.config.yaml', ...(prompts ? [prompts] : []), 'gapcheck-votes/**'];
  const variables = [
    ...Object.entries(env).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`),
    ...secrets.map((name) => `      ${name}: \${{ secrets.${name} }}`),
  ];
  return `# Written by gapcheck init --ci. Votes come back as files in gapcheck-votes/, by pull request: they hold no
# prompt, no answer and no model. The run folder is an artifact with the key in it: keep this repository private.
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
  pull_request:
    paths:
${paths.map((path) => `      - ${JSON.stringify(path)}`).join('\n')}
permissions:
  contents: read
  actions: read
  checks: write
  pull-requests: write
concurrency: gapcheck
jobs:
  gapcheck:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    env:
${variables.length > 0 ? variables.join('\n') : '      CI: "true"'}
    steps:
      - uses: actions/checkout@v5
      - if: \${{ !inputs.baseline }}
        uses: gapcheck/gapcheck@v${version}
        with:
          version: ${JSON.stringify(version)}
      # The first run, or a new one: its lock file is for you to commit, its folder for the jobs to come.
      - if: \${{ inputs.baseline }}
        run: |
          npx --yes gapcheck@${version} run --lock --no-score --yes --results gapcheck-results
          echo "BASELINE=$(node -p 'JSON.parse(require("fs").readFileSync("gapcheck.lock.json", "utf8")).run.id')" >> "$GITHUB_ENV"
          npx --yes gapcheck@${version} packet --rater reviewer -o packet-reviewer.json --results gapcheck-results
      - if: \${{ inputs.baseline }}
        uses: actions/upload-artifact@v4
        with: { name: "gapcheck-run-\${{ env.BASELINE }}", path: "gapcheck-results/*" }
      - if: \${{ inputs.baseline }}
        uses: actions/upload-artifact@v4
        with: { name: gapcheck-lock-and-packet, path: "gapcheck.lock.json\\npacket-reviewer.json" }
`;
}
