/** What a self-contained page may do: run its one style sheet and its one script, and ask nobody for anything. */

/** Content-Security-Policy for a meta tag. `sha256` gives lower-case hex. */
export function pagePolicy(
  parts: { style: string; script: string; images?: boolean },
  sha256: (text: string) => string,
): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${base64OfHex(sha256(parts.style))}'`,
    `script-src 'sha256-${base64OfHex(sha256(parts.script))}'`,
    // Images are data inside the page, so that no server is called for one.
    ...(parts.images ? ['img-src data:'] : []),
    // These two do not fall back to default-src.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const base64OfHex = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))));
