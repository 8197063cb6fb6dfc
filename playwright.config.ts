/** The browser suite: real Chromium against the built site, as `vite preview` serves it. */
import { defineConfig, devices, type ReporterDescription } from '@playwright/test';
import { browserOfThisMachine, isRoot } from './src/build/browser/machine';
import { findFreePort } from './tests/harness/freePort';

// This file is read again by the processes that run the tests; they inherit what was found first.
const port = (process.env.MANY_HANDS_PORT ??= String(await findFreePort()));
const reportFile = process.env.MANY_HANDS_REPORT;
const jsonReport: ReporterDescription[] = reportFile ? [['json', { outputFile: reportFile }]] : [];

export default defineConfig({
	testDir: 'tests/browser',
	reporter: [['line'], ...jsonReport],
	retries: 0,
	// Every page trains in workers of its own; two pages at once would fight for the cores.
	workers: 1,
	// Limits are for what hangs: a shared machine may take four times as long as a quiet one.
	timeout: 240_000,
	expect: { timeout: 20_000 },
	// Ends the suite with a report of what has run; the harness would end it without one.
	globalTimeout: 50 * 60_000,
	forbidOnly: true,
	use: {
		...devices['Desktop Chrome'],
		baseURL: `http://127.0.0.1:${port}`,
		actionTimeout: 30_000,
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: browserOfThisMachine(),
			chromiumSandbox: !isRoot,
			args: [
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				// Whatever asks for another host gets an error, as it would without a network.
				'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'
			]
		}
	},
	// Specs that look at layout go through the widths themselves; the others run once, at this size.
	projects: [{ name: 'desktop', use: { viewport: { width: 1280, height: 800 } } }],
	webServer: {
		// Not through npx: ending npx would leave vite alive.
		command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
		url: `http://127.0.0.1:${port}`,
		timeout: 30_000
	}
});
