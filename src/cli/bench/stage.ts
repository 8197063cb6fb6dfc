/**
 * The stage while clients train: what a frame costs with 48 of them, what one of an empty page costs while they do, and
 * what 200 rounds of all 289 leave behind.
 */
import type { Browser, Page } from 'playwright-core';
import { startRun, visitBuiltSite } from './builtSite';
import { readFrames, type FrameCost, type TraceEvent } from './frames';

export interface Spread {
	median: number;
	/** 19 of 20 are below. */
	high: number;
	/** Of the worst frame of each recording, the middle one: a single outlier may be the machine's. */
	worst: number;
}

export interface StageTiming {
	model: string;
	/** "1×", or as fast as it trains. */
	speed: string;
	cohortSize: number;
	numFrames: number;
	wallMs: Spread;
	processorMs: Spread;
	/** The same of a page with nothing but a number that changes, opened beside the stage afterwards. */
	floor: { wallMs: Spread; processorMs: Spread };
}

export interface MemoryPoint {
	roundNum: number;
	/** Heap of the page's main thread after a collection, and everything of the page and its workers. */
	heapBytes: number;
	totalBytes: number;
}

export interface CrowdTiming {
	numClients: number;
	seconds: number;
	memory: MemoryPoint[];
	numLongTasks: number;
	longestTaskMs: number;
}

export interface StageFigures {
	frames: StageTiming[];
	crowd: CrowdTiming;
}

const COHORT_SIZE = 48;
const RECORDED_MS = 8_000;
const NUM_RECORDINGS = 3;
const settings = [
	{ model: 'softmax', speed: '1×', firstRound: 3 },
	{ model: 'softmax', speed: 'full', firstRound: 3 },
	{ model: '2nn', speed: '1×', firstRound: 1 },
	{ model: 'cnn-small', speed: '1×', firstRound: 1 }
] as const;
/** Draws a frame whenever there is one, and does next to nothing for it. */
const emptyPage =
	'data:text/html,<p>0</p><script>let n=0;(function f(){document.querySelector("p").textContent=n++;requestAnimationFrame(f)})()</script>';
/** Some rounds more than are measured: charts that are drawn when a run rests are none of its frames. */
const CROWD = { numClients: 289, rounds: 210 };
const MEASURED_ROUNDS = [50, 100, 150, 200];

/** Needs the built site (`npm run build`). */
export async function measureStage(): Promise<StageFigures> {
	const frames = await visitBuiltSite({}, async (browser, address) => {
		const timings: StageTiming[] = [];
		for (const setting of settings) timings.push(await timeFrames(browser, address, setting));
		return timings;
	});
	// Without the switch, the browser answers when it next collects garbage, which may take a minute.
	const options = {
		isIsolated: true,
		args: ['--enable-blink-features=ForceEagerMeasureMemory']
	};
	const crowd = await visitBuiltSite(options, async (browser, address) =>
		watchCrowd(await browser.newPage(), address)
	);
	return { frames, crowd };
}

async function timeFrames(
	browser: Browser,
	address: string,
	{ model, speed, firstRound }: (typeof settings)[number]
): Promise<StageTiming> {
	const page = await browser.newPage();
	await openPlayground(page, address, {
		cohortSize: COHORT_SIZE,
		secureAggregation: true,
		model
	});
	if (speed === 'full') await chooseFullSpeed(page);
	await startRun(page);
	await waitForRound(page, firstRound);
	const stages: FrameCost[][] = [];
	// A second page that draws takes a part of the two cores by itself: it comes when the stage has been measured.
	for (let i = 0; i < NUM_RECORDINGS; i++) stages.push((await recordFrames(browser, 1))[0]);
	const beside = await browser.newPage();
	await beside.goto(emptyPage);
	const [, empty] = await recordFrames(browser, 2);
	await beside.close();
	await page.close();
	return {
		model,
		speed,
		cohortSize: COHORT_SIZE,
		numFrames: stages.flat().length,
		...spreadsOf(stages),
		floor: spreadsOf([empty])
	};
}

function spreadsOf(recordings: readonly FrameCost[][]) {
	return {
		wallMs: spreadOf(recordings, ({ wallMs }) => wallMs),
		processorMs: spreadOf(recordings, ({ processorMs }) => processorMs)
	};
}

/** The frames of so many pages that drew, the costliest page first. */
async function recordFrames(browser: Browser, numPages: number): Promise<FrameCost[][]> {
	const pages = readFrames(await recordTrace(browser, RECORDED_MS));
	if (pages.length < numPages)
		throw new Error(`expected frames of ${numPages} pages in the trace, got ${pages.length}`);
	return pages;
}

async function recordTrace(browser: Browser, durationMs: number): Promise<TraceEvent[]> {
	const session = await browser.newBrowserCDPSession();
	const events: TraceEvent[] = [];
	session.on('Tracing.dataCollected', ({ value }) => {
		events.push(...(value as unknown as TraceEvent[]));
	});
	const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8.execute'];
	const traceConfig = { includedCategories: categories, excludedCategories: ['*'] };
	await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
	await new Promise((resolve) => setTimeout(resolve, durationMs));
	const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
	await session.send('Tracing.end');
	await isComplete;
	await session.detach();
	return events;
}

function spreadOf(recordings: readonly FrameCost[][], read: (frame: FrameCost) => number): Spread {
	const at = (share: number, values: readonly number[]) => {
		const sorted = [...values].sort((a, b) => a - b);
		return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
	};
	const all = recordings.flat().map(read);
	const worsts = recordings.map((frames) => Math.max(...frames.map(read)));
	return { median: at(0.5, all), high: at(0.95, all), worst: at(0.5, worsts) };
}

/** All writers in every round, in the clear, as fast as they train. */
async function watchCrowd(page: Page, address: string): Promise<CrowdTiming> {
	const { numClients, rounds } = CROWD;
	await openPlayground(page, address, {
		cohortSize: numClients,
		rounds,
		secureAggregation: false
	});
	await chooseFullSpeed(page);
	await startRun(page);
	await waitForRound(page, 2);
	const started = performance.now();
	const longTasks = await page.evaluateHandle(() => {
		const tasks: { startMs: number; durationMs: number }[] = [];
		new PerformanceObserver((list) => {
			for (const { startTime, duration } of list.getEntries()) {
				tasks.push({ startMs: startTime, durationMs: duration });
			}
		}).observe({ entryTypes: ['longtask'] });
		return tasks;
	});
	const memory: MemoryPoint[] = [];
	const pauses: { fromMs: number; toMs: number }[] = [];
	for (const roundNum of MEASURED_ROUNDS) {
		await waitForRound(page, roundNum);
		const fromMs = await page.evaluate(() => performance.now());
		memory.push({ roundNum, ...(await readMemory(page)) });
		pauses.push({ fromMs, toMs: await page.evaluate(() => performance.now()) });
	}
	const seconds = (performance.now() - started) / 1000;
	// Measuring holds the page up by itself.
	const durations = (await longTasks.jsonValue())
		.filter(
			({ startMs }) => !pauses.some(({ fromMs, toMs }) => startMs > fromMs - 50 && startMs < toMs)
		)
		.map(({ durationMs }) => durationMs);
	return {
		numClients,
		seconds,
		memory,
		numLongTasks: durations.length,
		longestTaskMs: Math.max(0, ...durations)
	};
}

async function readMemory(page: Page): Promise<Omit<MemoryPoint, 'roundNum'>> {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	await session.detach();
	const totalBytes = await page.evaluate(async () => {
		const { measureUserAgentSpecificMemory } = performance as unknown as {
			measureUserAgentSpecificMemory: () => Promise<{ bytes: number }>;
		};
		return (await measureUserAgentSpecificMemory.call(performance)).bytes;
	});
	return { heapBytes: usedSize, totalBytes };
}

async function openPlayground(
	page: Page,
	address: string,
	settings: Readonly<Record<string, string | number | boolean>>
): Promise<void> {
	const query = Object.entries({ rounds: 500, ...settings }).map(
		([name, value]) => `${name}=${value}`
	);
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(`${address}playground?${query.join('&')}`, { waitUntil: 'networkidle' });
	await page.getByRole('button', { name: 'No tour, thanks' }).click();
}

async function chooseFullSpeed(page: Page): Promise<void> {
	for (let i = 0; i < 6; i++) await page.keyboard.press('+');
}

/** Asks twice a second: watching every frame would cost frames. */
async function waitForRound(page: Page, roundNum: number): Promise<void> {
	const deadline = performance.now() + 300_000;
	const strip = page.getByRole('slider', { name: 'Round', exact: true });
	for (;;) {
		const text = (await strip.getAttribute('aria-valuetext')) ?? '';
		if (Number(/(\d+) trained/.exec(text)?.[1] ?? 0) >= roundNum) return;
		if (performance.now() > deadline) {
			throw new Error(`expected round ${roundNum} within five minutes, got "${text}"`);
		}
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}
