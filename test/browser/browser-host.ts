import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { createLogger } from '../../src/base/log.ts';
import { APP, type RunningHost, signInLink, startHost } from '../../src/host/start-host.ts';
import { ensureWebBuild } from '../../src/host/web-build.ts';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import { type Api, apiClient, tempFolder, writeConfig } from '../support/test-host.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  readonly host: RunningHost;
  readonly api: Api;
  readonly home: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page itself; a test ends with none. */
  readonly faults: readonly string[];
}

/** A real host with the built pages, a home folder of its own, and a browser that is signed in. */
export async function visit(
  options: {
    servers?: Record<string, ServerEntry>;
    /** A data folder that is there; else one of its own. */
    folder?: string;
    viewport?: { width: number; height: number };
    colorScheme?: 'light' | 'dark';
  } = {},
): Promise<Visit> {
  const home = mkdtempSync(join(tmpdir(), 'meanwhile-test-home-'));
  const ownHome = process.env.HOME;
  process.env.HOME = home;
  onTestFinished(() => {
    process.env.HOME = ownHome;
    rmSync(home, { recursive: true, force: true });
  });
  makeDocuments(home);
  const folder = options.folder ?? tempFolder();
  if (options.servers !== undefined) writeConfig(folder, options.servers);
  const host = await startHost({
    folder,
    port: 0,
    hostname: '127.0.0.1',
    env: process.env,
    log: createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
    pages: ensureWebBuild(APP, () => {}),
  });
  onTestFinished(() => host.close());
  const browser = await launch();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      faults.push(message.text());
  });
  await page.goto(signInLink(host));
  await page.waitForURL(`${host.url}/`);
  return { host, api: apiClient(host.url, host.token), home, page, context, faults };
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

/** A folder worth a backup: enough data that packing it takes longer than a moment. */
function makeDocuments(home: string): void {
  for (let year = 2020; year < 2026; year++) {
    const folder = join(home, 'Documents', String(year));
    mkdirSync(folder, { recursive: true });
    for (let letter = 0; letter < 50; letter++)
      writeFileSync(join(folder, `letter-${letter}.txt`), randomBytes(200_000).toString('hex'));
  }
}
