import { describe, expect, it } from 'vitest';
import { isLoopback, ollamaHost } from '../../../src/arms/wire/hosts.ts';

describe('OLLAMA_HOST, as Ollama’s own client reads it', () => {
  // The table of ollama's envconfig/config_test.go (TestHost), with bind-all addresses turned into this machine.
  it.each([
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['1.2.3.4', 'http://1.2.3.4:11434'],
    [':1234', 'http://127.0.0.1:1234'],
    ['1.2.3.4:1234', 'http://1.2.3.4:1234'],
    ['example.com', 'http://example.com:11434'],
    ['example.com:1234', 'http://example.com:1234'],
    [':0', 'http://127.0.0.1:0'],
    ['1.2.3.4:66000', 'http://1.2.3.4:11434'],
    ['1.2.3.4:-1', 'http://1.2.3.4:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::]', 'http://[::1]:11434'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]:1337', 'http://[::1]:1337'],
    [' 1.2.3.4 ', 'http://1.2.3.4:11434'],
    ['"1.2.3.4"', 'http://1.2.3.4:11434'],
    ["'1.2.3.4:5'", 'http://1.2.3.4:5'],
    ['http://1.2.3.4', 'http://1.2.3.4:80'],
    ['https://1.2.3.4', 'https://1.2.3.4:443'],
    ['https://1.2.3.4:4321', 'https://1.2.3.4:4321'],
    ['https://example.com/ollama/', 'https://example.com:443/ollama'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['ollama.com', 'https://ollama.com:443'],
  ])('%s is %s', (value, url) => expect(ollamaHost(value)).toBe(url));
});

describe('this machine', () => {
  it.each([
    ['127.0.0.1:8000', true],
    ['localhost', true],
    ['[::1]:11434', true],
    ['127.9.9.9', true],
    ['192.168.1.5:11434', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
    ['api.openai.com', false],
  ])('%s: %s', (host, loopback) => expect(isLoopback(host)).toBe(loopback));
});
