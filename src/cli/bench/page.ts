/** The playground as a browser meets it: bytes before Start, time to the first round, long tasks. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { startRun, visitBuiltSite } from './builtSite';

export interface PageFigures {
	/** Sum of all scripts fetched before Start is pressed, each gzipped. */
	scriptBytesBeforeStart: number;
	/** Index, portraits and the files of a cohort of ten: all that its first training needs. */
	dataBytesBeforeFirstRound: number;
	/** From Start to the end of the first round: workers, wasm and all digits loaded, model evaluated. */
	firstRoundMs: number;
	/** Main-thread tasks over 50 ms while rounds of 30 clients train, after the first round. */
	numLongTasks: number;
	longestTaskMs: number;
	numRounds: number;
}

/** Clients of the default cohort. */
const COHORT_SIZE = 10;

/** Needs the built site (`npm run build`). */
export function measurePage(): Promise<PageFigures> {
	return visitBuiltSite({}, async (browser, address) => ({
		...(await measureFirstVisit(await browser.newPage(), address)),
		...(await measureLongTasks(await browser.newPage(), address))
	}));
}

async function measureFirstVisit(page: Page, address: string) {
	let scriptBytes = 0;
	let dataBytes = 0;
	let numWriters = 0;
	const sizing: Promise<void>[] = [];
	// The cohort's ten files come first; whatever follows is for evaluation and baselines.
	const cohortLoaded = page.waitForResponse(
		(response) => response.url().includes('/data/writers/') && ++numWriters === COHORT_SIZE
	);
	page.on('response', (response) => {
		const { pathname } = new URL(response.url());
		const isCounted = numWriters <= COHORT_SIZE;
		const add = async () => {
			const body = await response.body().catch(() => Buffer.alloc(0));
			if (pathname.endsWith('.js')) scriptBytes += gzipSync(body).length;
			if (pathname.includes('/data/') && isCounted) dataBytes += body.length;
		};
		sizing.push(add());
	});
	await page.goto(`${address}playground`, { waitUntil: 'networkidle' });
	await Promise.all(sizing);
	const scriptBytesBeforeStart = scriptBytes;
	const started = performance.now();
	await startRun(page);
	await cohortLoaded;
	await Promise.all(sizing);
	const dataBytesBeforeFirstRound = dataBytes;
	await page
		.getByText(/^Round [2-9] of/)
		.first()
		.waitFor();
	const firstRoundMs = performance.now() - started;
	return { scriptBytesBeforeStart, dataBytesBeforeFirstRound, firstRoundMs };
}

async function measureLongTasks(page: Page, address: string) {
	const numRounds = 20;
	await page.goto(`${address}playground?cohortSize=30&rounds=${numRounds}`, {
		waitUntil: 'networkidle'
	});
	await startRun(page);
	await page
		.getByText(/^Round ([2-9]|\d\d) of/)
		.first()
		.waitFor();
	await page.evaluate(() => {
		const durations: number[] = [];
		Object.assign(window, { longTasks: durations });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) durations.push(entry.duration);
		}).observe({ entryTypes: ['longtask'] });
	});
	await page.getByText(/^Done/).first().waitFor({ timeout: 120_000 });
	const durations = await page.evaluate(
		() => (window as unknown as { longTasks: number[] }).longTasks
	);
	return { numLongTasks: durations.length, longestTaskMs: Math.max(0, ...durations), numRounds };
}
