/** Commands to copy, within 80 columns; what one is for stands beside it, or below where there is no room. */
export function examples(...rows: (readonly [command: string, about?: string])[]): string {
  const lines = rows.map(([command, about]) => {
    const typed = `  $ ${command}`;
    if (about === undefined) return typed;
    return typed.length + about.length + 3 <= 80 ? `${typed}   ${about}` : `${typed}\n      ${about}`;
  });
  return ['\nExamples:', ...lines].join('\n');
}
