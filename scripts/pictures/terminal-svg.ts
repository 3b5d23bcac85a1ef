/** What tmux captured of a terminal (text with SGR sequences) → an SVG with real text, for light and dark pages. */

interface Run {
  text: string;
  column: number;
  classes: string;
}

const cell = { width: 8.4, height: 19, size: 14 };
const margin = { side: 16, top: 44, bottom: 14 };

const style = `
.page{fill:#ffffff;stroke:#d0d7de}.bar{fill:#f6f8fa}.rule{stroke:#d0d7de}.name{fill:#57606a}
text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:${cell.size}px;fill:#1f2328;white-space:pre}
.bold{font-weight:700}.dim{fill:#656d76}.line{text-decoration:underline}
.red{fill:#b3261e}.green{fill:#1a7f37}.yellow{fill:#7d4e00}.blue{fill:#0550ae}.magenta{fill:#8250df}.cyan{fill:#0a6c74}
@media (prefers-color-scheme:dark){
.page{fill:#0d1117;stroke:#3d444d}.bar{fill:#161b22}.rule{stroke:#3d444d}.name{fill:#9198a1}
text{fill:#e6edf3}.dim{fill:#9198a1}
.red{fill:#ff8a80}.green{fill:#56d364}.yellow{fill:#e3b341}.blue{fill:#79c0ff}.magenta{fill:#d2a8ff}.cyan{fill:#56d4dd}
}`;

const colours = ['', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', ''];

/** `title` names the window, `description` says in words what is on it. Trailing empty lines are left out. */
export function terminalSvg(
  captured: string,
  { columns, title, description }: { columns: number; title: string; description: string },
): string {
  const lines = captured.replace(/\s+$/, '').split('\n');
  let pen = new Set<string>();
  const rows = lines.map((line, row) => {
    const parsed = runsOf(line, pen);
    pen = parsed.pen;
    return parsed.runs.map((run) => textElement(run, row)).join('');
  });
  const width = Math.ceil(columns * cell.width + 2 * margin.side);
  const height = margin.top + lines.length * cell.height + margin.bottom;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${xmlText(title)}</title>
<desc id="description">${xmlText(description)}</desc>
<style>${style}
</style>
<rect class="page" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
<path class="bar" d="M1 30V9a8 8 0 0 1 8-8H${width - 9}a8 8 0 0 1 8 8V30Z"/>
<path class="rule" d="M1 30.5H${width - 1}"/>
<text class="name" x="${width / 2}" y="20" text-anchor="middle">${xmlText(title)}</text>
${rows.filter(Boolean).join('\n')}
</svg>
`;
}

function runsOf(line: string, before: ReadonlySet<string>): { runs: Run[]; pen: Set<string> } {
  const pen = new Set(before);
  const runs: Run[] = [];
  let column = 0;
  for (const part of line.split(/(\u001b\[[\d;]*m|\u001b\([B0])/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) for (const code of codes.split(';')) apply(pen, Number(code));
    else if (!part.startsWith('\u001b')) {
      if (part.trim() !== '') runs.push({ text: part, column, classes: [...pen].sort().join(' ') });
      column += [...part].length;
    }
  }
  return { runs, pen };
}

function apply(pen: Set<string>, code: number): void {
  if (code === 0) pen.clear();
  else if (code === 1) pen.add('bold');
  else if (code === 2) pen.add('dim');
  else if (code === 4) pen.add('line');
  else if (code === 22) for (const name of ['bold', 'dim']) pen.delete(name);
  else if (code === 24) pen.delete('line');
  else if (code === 49)
    return; // tmux resets a background that nobody set
  else if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) {
    for (const name of colours) pen.delete(name);
    const colour = code === 39 ? '' : code === 90 ? 'dim' : colours[code % 10];
    if (colour) pen.add(colour);
  } else throw new Error(`The picture has no drawing of SGR ${code}.`);
}

/** Its own length, whatever font a reader has: columns stay columns. */
function textElement({ text, column, classes }: Run, row: number): string {
  const lead = text.length - text.trimStart().length;
  const body = text.trim();
  const x = round(margin.side + (column + lead) * cell.width);
  const y = margin.top + row * cell.height + 13;
  const length = round([...body].length * cell.width);
  return `<text${classes === '' ? '' : ` class="${classes}"`} x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${xmlText(body)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const xmlText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
