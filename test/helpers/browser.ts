import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const browserPath = '/usr/bin/chromium';

/** Whether pages can be opened here. In CI a missing Chromium is a failure, elsewhere a reason to skip. */
export const hasBrowser = ((): boolean => {
  if (existsSync(browserPath)) return true;
  if (process.env.CI) throw new Error(`install Chromium at ${browserPath}: the page's tests need it`);
  console.warn(`No Chromium at ${browserPath}: the packet page is not tried in a browser.`);
  return false;
})();

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A headless Chromium that talks to nobody of its own accord. */
export const quietBrowser = {
  executablePath: browserPath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet],
};

export const launchBrowser = (): Promise<Browser> => chromium.launch(quietBrowser);

/** Collects what a page logs, throws or asks anybody for. A download of its own making is no request. */
export function complaintsOf(page: Page, file: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (url !== pathToFileURL(file).href && !url.startsWith('blob:')) complaints.push(`request: ${url.slice(0, 80)}`);
  });
  return complaints;
}
