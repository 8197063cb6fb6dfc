/** A tab that nobody sees: it trains on and draws nothing, and shows the right moment when it is seen again. */
import { OwnTab } from './ownTab';
import { runLimitMs } from './playground';
import { expect, test } from './watchedPage';

/** Long enough that no run ends while a test looks at it. */
const link = '/playground?rounds=2000&numClients=20&cohortSize=5&baselines=false';

/** Presses a button by what it says, or by its name. */
async function start(tab: OwnTab): Promise<void> {
	const isThere = () =>
		tab.evaluate(() =>
			[...document.querySelectorAll('button')].some((button) => /^No tour/.test(button.innerText))
		);
	await expect.poll(isThere).toBe(true);
	await tab.evaluate(() => {
		for (const words of [/^No tour/, /^Start/]) {
			const all = [...document.querySelectorAll('button')];
			all.find((button) => words.test(button.innerText.trim()))?.click();
		}
	});
}

/** Counts from now on how often a layer of the stage is painted, and the frames that the tab gets. */
function countPaints(tab: OwnTab): Promise<void> {
	return tab.evaluate(() => {
		const counts = { paints: 0, frames: 0 };
		Object.assign(window, { counts });
		const { clearRect } = CanvasRenderingContext2D.prototype;
		CanvasRenderingContext2D.prototype.clearRect = function (...box) {
			counts.paints++;
			clearRect.apply(this, box);
		};
		const count = () => {
			counts.frames++;
			requestAnimationFrame(count);
		};
		requestAnimationFrame(count);
	});
}

const readCounts = (tab: OwnTab) =>
	tab.evaluate(() => (window as unknown as { counts: { paints: number; frames: number } }).counts);

/** The round and phase that are looked at, and how many rounds are trained, as far as the page shows. */
async function readMoment(tab: OwnTab) {
	const [strip, phase] = await tab.evaluate(() => [
		document.querySelector('[aria-label="Round"]')?.getAttribute('aria-valuetext') ?? '',
		document.querySelector<HTMLElement>('.caption p')?.innerText.split('\n')[0] ?? ''
	]);
	const [shown, trained] = [/Round (\d+)/, /(\d+) trained/].map((part) =>
		Number(part.exec(strip)?.[1] ?? 0)
	);
	return { shown, trained, phase };
}

async function waitForRounds(tab: OwnTab, least: number): Promise<void> {
	const trained = async () => (await readMoment(tab)).trained;
	await expect.poll(trained, { timeout: runLimitMs }).toBeGreaterThanOrEqual(least);
}

/** What was under way when the tab went is over by then. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 1000));
const stayAway = () => new Promise((resolve) => setTimeout(resolve, 4000));

const isHidden = (tab: OwnTab) => tab.evaluate(() => document.hidden);

test('a hidden tab trains on, draws nothing, and is at the newest moment when it is back', async ({
	browser,
	baseURL
}) => {
	const tab = await OwnTab.open(browser, `${baseURL}${link}`);
	await start(tab);
	await tab.evaluate(() => {
		const plus = { key: '+', bubbles: true };
		for (let i = 0; i < 6; i++) document.body.dispatchEvent(new KeyboardEvent('keydown', plus));
	});
	await waitForRounds(tab, 3);
	await countPaints(tab);
	await tab.hide();
	await expect.poll(() => isHidden(tab)).toBe(true);
	await settle();
	const [before, countsBefore] = [await readMoment(tab), await readCounts(tab)];
	await stayAway();
	expect(await readCounts(tab), 'paints and frames while hidden').toEqual(countsBefore);
	expect(await readMoment(tab), 'what is shown while hidden').toEqual(before);
	await tab.show();
	await expect.poll(() => isHidden(tab)).toBe(false);
	const frames = async () => (await readCounts(tab)).frames;
	await expect.poll(frames).toBeGreaterThan(countsBefore.frames + 2);
	const [after, countsAfter] = [await readMoment(tab), await readCounts(tab)];
	expect(after.trained, 'rounds trained meanwhile').toBeGreaterThan(before.trained + 1);
	expect(after.shown, 'the newest round').toBeGreaterThanOrEqual(after.trained);
	// The three layers, once a frame, however many rounds there were: nothing is caught up with.
	const numFrames = countsAfter.frames - countsBefore.frames;
	expect(countsAfter.paints - countsBefore.paints).toBeLessThanOrEqual(3 * (numFrames + 1));
	await tab.close();
});

test('the playhead stands while nobody sees it', async ({ browser, baseURL }) => {
	const tab = await OwnTab.open(browser, `${baseURL}${link}`);
	await start(tab);
	// A quarter of the usual pace.
	await tab.evaluate(() => {
		const minus = { key: '-', bubbles: true };
		for (let i = 0; i < 2; i++) document.body.dispatchEvent(new KeyboardEvent('keydown', minus));
	});
	await waitForRounds(tab, 2);
	await tab.hide();
	await expect.poll(() => isHidden(tab)).toBe(true);
	await settle();
	const before = await readMoment(tab);
	expect(before.shown).toBeLessThan(before.trained);
	await stayAway();
	expect(await readMoment(tab)).toEqual(before);
	await tab.show();
	await waitForRounds(tab, before.trained + 1);
	// Rounds of its own pace take half a minute; those that were trained meanwhile are not run through.
	expect((await readMoment(tab)).shown).toBe(before.shown);
	await tab.close();
});
