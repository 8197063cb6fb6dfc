/** The built site in a real browser, for as long as something is measured there. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview, type Plugin } from 'vite';
import { browserOfThisMachine, isRoot } from '../../build/browser/machine';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

export interface SiteOptions {
	/** Sets the site apart from others, so that a page may ask what memory it takes. */
	isIsolated?: boolean;
	/** More switches for the browser. */
	args?: readonly string[];
}

/** Serves the site and opens a browser, hands both over, and ends them. Needs `npm run build`. */
export async function visitBuiltSite<Result>(
	{ isIsolated = false, args = [] }: SiteOptions,
	visit: (browser: Browser, address: string) => Promise<Result>
): Promise<Result> {
	if (!existsSync(`${projectFolder}/build/index.html`)) {
		throw new Error('expected the built site, got no build folder; run "npm run build" first');
	}
	process.chdir(projectFolder);
	const server = await preview({
		preview: { port: 0 },
		logLevel: 'silent',
		plugins: isIsolated ? [isolation] : []
	});
	const browser = await chromium.launch({
		executablePath: browserOfThisMachine(),
		chromiumSandbox: !isRoot,
		args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', ...args]
	});
	try {
		return await visit(browser, server.resolvedUrls!.local[0]);
	} finally {
		await browser.close();
		await server.close();
	}
}

/** Presses Start. */
export async function startRun(page: Page): Promise<void> {
	await page
		.getByRole('button', { name: /^Start/ })
		.first()
		.click();
}

const isolation: Plugin = {
	name: 'isolation',
	configurePreviewServer(server) {
		server.middlewares.use((_request, response, next) => {
			response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
			response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
			next();
		});
	}
};
