/** What OLLAMA_HOST may have wrong, where nothing answers there: each form gets a sentence of its own. */
import { describe, expect, it } from 'vitest';
import { ollamaServer } from '../../../src/arms/ollama/ollama-address.ts';
import { failureContext } from '../../../src/arms/ollama/ollama-models.ts';

const hint = (host: string, cause: string): string | undefined =>
  failureContext(ollamaServer({ OLLAMA_HOST: host })).hints[cause];

describe('the address of an Ollama server', () => {
  it('says that Ollama speaks http where https was written', () => {
    expect(hint('https://10.0.0.5:11434', 'tls')).toBe(
      'Ollama itself speaks http: write http://10.0.0.5:11434, unless a proxy in front of it does TLS',
    );
    expect(hint('https://ollama.example', 'refused-connection')).toContain('write http://ollama.example:11434');
  });

  it('says which port was asked where the address names none', () => {
    expect(hint('http://10.0.0.5', 'refused-connection')).toBe(
      "the address names no port, so port 80 is asked, as Ollama's own client does; Ollama listens on http://10.0.0.5:11434",
    );
    expect(hint('10.0.0.5:11434', 'refused-connection')).toBeUndefined();
    expect(hint('10.0.0.5', 'refused-connection')).toBeUndefined();
  });

  it.each(['/v1', '/api', '/v1/'])('refuses an address that ends in %s', (path) => {
    expect(() => ollamaServer({ OLLAMA_HOST: `http://10.0.0.5:11434${path}` })).toThrow(
      `OLLAMA_HOST ends in ${path.replace(/\/$/, '')}, and gapcheck speaks Ollama's own API.`,
    );
  });
});
