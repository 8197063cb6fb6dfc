/** What a first visit costs, and whether the page keeps its hands free while it trains. */
import { gzipSync } from 'node:zlib';
import { defaultConfig } from '../../src/lib/federated/config';
import { sampleCohort } from '../../src/lib/federated/cohort';
import { PlaygroundPage, runLimitMs } from './playground';
import { expect, test } from './watchedPage';

/** `npm test` shows lines that begin so, also where everything passes. */
const tell = (figure: string) => console.log(`\n· ${figure}`);
const kilobyte = 1000;
const megabyte = 1000 * kilobyte;
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

test('at most 145 KB of JavaScript come before Start', async ({ page }) => {
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (!new URL(response.url()).pathname.endsWith('.js')) return;
		sizes.push(response.body().then((body) => gzipSync(body).length));
	});
	await new PlaygroundPage(page).open();
	const numBytes = sum(await Promise.all(sizes));
	tell(`JavaScript before Start: ${(numBytes / kilobyte).toFixed(1)} kB, gzip`);
	expect(numBytes).toBeGreaterThan(0);
	expect(numBytes).toBeLessThanOrEqual(145 * kilobyte);
});

test('at most 1.5 MB of data come before the first cohort of ten trains', async ({ page }) => {
	const files: { path: string; numBytes: Promise<number> }[] = [];
	page.on('response', (response) => {
		const [, path] = new URL(response.url()).pathname.split('/data/');
		if (path) files.push({ path, numBytes: response.body().then((body) => body.length) });
	});
	const everybody = Array.from({ length: defaultConfig.numClients }, (_, id) => id);
	const cohort = sampleCohort(defaultConfig.seed, 1, everybody, 10);
	const playground = new PlaygroundPage(page);
	await playground.open({ cohortSize: 10 });
	await playground.button('Next round').click();
	await expect(playground.line).toHaveText(/^Paused\. Round 1 of 60/, { timeout: runLimitMs });

	// What comes later is for the evaluation and the baselines: they concern everybody.
	const pathOf = (id: number) => `writers/${String(id).padStart(3, '0')}.bin`;
	const numBefore =
		1 + Math.max(...cohort.map((id) => files.findIndex(({ path }) => path === pathOf(id))));
	const before = files.slice(0, numBefore);
	const writers = before.map(({ path }) => path).filter((path) => path.startsWith('writers/'));
	expect(writers.sort()).toEqual(cohort.map(pathOf));

	const numBytes = sum(await Promise.all(before.map((file) => file.numBytes)));
	tell(`Data before the first cohort trains: ${(numBytes / megabyte).toFixed(2)} MB`);
	expect(numBytes).toBeLessThanOrEqual(1.5 * megabyte);
});

for (const cohortSize of [30, 289]) {
	test(`tasks over 50 ms, while ${cohortSize} clients train, are counted`, async ({ page }) => {
		const playground = new PlaygroundPage(page);
		await playground.open({ cohortSize, rounds: 8 });
		await page.evaluate(() => {
			const tasks: { startTime: number; duration: number }[] = [];
			Object.assign(window, { longTasks: tasks });
			const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
			observer.observe({ type: 'longtask' });
		});
		// The page itself waits for the second round: seen from outside, a fast run is over between two looks.
		const secondRound = page.waitForFunction(
			(line) => /^(Round [2-8] of 8|Done)/.test(line?.textContent ?? '') && performance.now(),
			await playground.line.elementHandle(),
			{ timeout: runLimitMs }
		);
		await playground.start();
		const secondRoundMs = Number(await (await secondRound).jsonValue());
		await playground.waitUntilDone();
		const [durations, early] = await page.evaluate((from) => {
			const { longTasks } = window as unknown as {
				longTasks: { startTime: number; duration: number }[];
			};
			const isLater = longTasks.map(({ startTime }) => startTime >= from);
			const lengths = longTasks.map(({ duration }) => duration);
			return [lengths.filter((_, i) => isLater[i]), lengths.filter((_, i) => !isLater[i])];
		}, secondRoundMs);
		// A figure of the machine as much as of the page, so it is told and not judged.
		const count = (all: readonly number[]) =>
			`${all.length}, longest ${Math.max(0, ...all).toFixed(0)} ms`;
		tell(
			`Long tasks with ${cohortSize} clients: from Start to the second round ${count(early)}; then ${count(durations)}`
		);
	});
}
