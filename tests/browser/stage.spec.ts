/** The stage as a reader meets it: phase by phase, forward and back, by mouse and by keyboard. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './audit';
import { PlaygroundPage } from './playground';
import { expect, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

const masked = {
	rounds: 2,
	numClients: 30,
	cohortSize: 6,
	secureAggregation: 'true',
	dropout: 0.2,
	seed: 3
};

/** Runs to the end and stands at the newest moment, with nothing moving. */
async function openFinished(page: Page, settings: Record<string, string | number> = masked) {
	const playground = new PlaygroundPage(page);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await playground.open(settings);
	await playground.start();
	await playground.waitUntilDone();
	return playground;
}

const bead = (page: Page, name: string) =>
	page
		.getByRole('group', { name: 'Phases of the round' })
		.getByRole('button', { name, exact: true });
const caption = async (page: Page) =>
	(await page.locator('.caption > p[aria-hidden]').allInnerTexts())
		.join(' ')
		.replaceAll('\u00a0', ' ');
const pixels = (page: Page) =>
	page
		.locator('section canvas')
		.evaluateAll((layers: HTMLCanvasElement[]) => layers.map((layer) => layer.toDataURL()).join());

test('each phase has its caption, and stepping back shows what was shown before', async ({
	page
}) => {
	await openFinished(page);
	const shown = new Map<string, string>();
	const titles = {
		choose: /^Choosing For round 2 the server draws 6 of 30 writers/,
		broadcast: /^Broadcasting .* 7,850 numbers, 31\.4 kB each/,
		train: /^Training Writer \d+ takes \d+ steps over its \d+ digits/,
		mask: /^Masking Writer \d+ hides its 7,850 numbers under \d+ pair masks? and one of its own/,
		upload: /^Uploading Writer \d+ sends \d+\.\d kB; the server cannot read it/,
		sum: /^Summing The server adds up \d masked updates/,
		unmask: /^Unmasking .* 0 of \d,\d{3} numbers \(one is the weight\) differ/,
		apply: /^Applying The mean of \d updates moves the shared model by/,
		evaluate: /^Evaluating The new model reads \d+\.\d % of \d,\d{3} digits/
	};
	for (const [phase, title] of Object.entries(titles)) {
		await bead(page, phase).click();
		await expect.poll(() => caption(page)).toMatch(title);
		shown.set(phase, await pixels(page));
	}
	expect(new Set(shown.values()).size).toBe(Object.keys(titles).length);
	for (const phase of Object.keys(titles).reverse().slice(1)) {
		await page.locator('body').press('ArrowLeft');
		await expect(bead(page, phase)).toHaveAttribute('aria-current', 'step');
		expect(await pixels(page), phase).toBe(shown.get(phase));
	}
});

test('figures beside the stage know what it has shown, and steps need no valid settings', async ({
	page
}) => {
	const playground = await openFinished(page, { rounds: 3, numClients: 20, cohortSize: 4 });
	const last = await playground.accuracies();
	await playground.openSettings();
	await playground.field('Client rate').fill('-1');
	await expect(playground.field('Client rate')).toHaveAttribute('aria-invalid', 'true');
	await playground.field('Client rate').blur();

	await page.keyboard.press('Home');
	await expect(playground.button('Previous phase')).toBeDisabled();
	expect((await playground.accuracies()).slice(0, 2)).toEqual(['– –', '– –']);
	await expect(page.getByText('no evaluation yet')).toBeVisible();
	await bead(page, 'evaluate').click();
	const first = await playground.accuracies();
	expect(first[0]).toMatch(/^\d+\.\d % \d+\.\d %$/);
	await playground.button('Next phase').click();
	await expect(bead(page, 'choose')).toHaveAttribute('aria-current', 'step');
	expect(await playground.accuracies()).toEqual(first);

	await expect(playground.button('Go on')).toBeEnabled();
	await playground.field('Client rate').fill('0.1');
	await playground.field('Client rate').blur();
	await page.keyboard.press('End');
	await expect(playground.button('Next phase')).toBeDisabled();
	expect(await playground.accuracies()).toEqual(last);
});

test('keys go from round to round and change the speed', async ({ page }) => {
	await openFinished(page);
	const round = page.getByRole('slider', { name: 'Round', exact: true });
	const body = page.locator('body');
	await expect(round).toHaveAttribute('aria-valuetext', 'Round 2 of 2, 2 trained');
	await body.press('Shift+ArrowLeft');
	await expect(round).toHaveAttribute('aria-valuetext', 'Round 1 of 2, 2 trained');
	await body.press('Shift+ArrowRight');
	await expect(round).toHaveAttribute('aria-valuetext', 'Round 2 of 2, 2 trained');
	await body.press('Home');
	await expect(bead(page, 'choose')).toHaveAttribute('aria-current', 'step');
	const speed = page.getByRole('slider', { name: /Speed/ });
	await expect(speed).toHaveAttribute('aria-valuetext', '1×');
	await body.press('+');
	await expect(speed).toHaveAttribute('aria-valuetext', '2×');
	await body.press('-');
	await body.press('-');
	await expect(speed).toHaveAttribute('aria-valuetext', '½×');
});

test('a mask, the server and a client open, by keyboard as well', async ({ page }) => {
	await openFinished(page);
	await bead(page, 'mask').click();
	const mask = page
		.getByRole('button', { name: /^Mask between Writer \d+ and Writer \d+/ })
		.first();
	await mask.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: /one mask$/ })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('heading', { name: /one mask$/ })).toHaveCount(0);
	await page.getByRole('button', { name: /^Server/ }).press('Enter');
	await expect(page.getByRole('heading', { name: 'What the server sees now' })).toBeVisible();
	await expectAccessible(page);

	const clients = page.getByRole('listbox', { name: 'Clients' });
	await clients.getByRole('option').first().focus();
	await page.keyboard.press('ArrowRight');
	const name = await page.locator('[role="option"]:focus').getAttribute('aria-label');
	await page.keyboard.press('Enter');
	const heading = page.getByRole('heading', { name: name!.split(',')[0], exact: true });
	await expect(heading).toBeVisible();
});

test('in front of a class the stage stands alone in large type, and all comes back', async ({
	page
}) => {
	await openFinished(page);
	const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
	const usual = await size();
	const words = page.locator('.stage text', { hasText: 'Server' });
	const usualWords = (await words.boundingBox())!;
	const others = [
		page.getByRole('navigation', { name: 'Site' }),
		page.getByRole('button', { name: 'Settings', exact: true }),
		page.getByRole('heading', { name: 'Loss', exact: true }),
		page.getByText('Machine room')
	];
	await page.getByRole('button', { name: 'Present', exact: true }).click();
	for (const other of others) await expect(other).toBeHidden();
	expect(await size()).toBeCloseTo(usual * 1.25, 5);
	expect((await words.boundingBox())!.height).toBeGreaterThan(usualWords.height);
	await expect(page.getByRole('heading', { name: 'Accuracy', exact: true })).toBeVisible();
	await expect(page.locator('.caption .sentence')).toBeInViewport({ ratio: 1 });
	await expectAccessible(page);
	await page.locator('body').press('p');
	for (const other of others) await expect(other).toBeVisible();
	expect(await size()).toBe(usual);
	await page.locator('body').press('p');
	await page.getByRole('button', { name: 'Leave' }).click();
	await expect(others[0]).toBeVisible();
});

test('in front of a class open settings take no room, and are there again afterwards', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await playground.open({ numClients: 30 });
	const boxes = () =>
		page.evaluate(() =>
			['[data-tour="stage"]', '.dock', '[data-tour="accuracy"]'].map((part) => {
				const { left, right, top } = document.querySelector(part)!.getBoundingClientRect();
				return [left, right, top].map(Math.round);
			})
		);
	const leave = playground.button('Leave');
	await page.keyboard.press('p');
	await expect(leave).toBeVisible();
	const withoutSettings = await boxes();
	await page.keyboard.press('p');
	await playground.openSettings();
	await page.keyboard.press('p');
	await expect(leave).toBeVisible();
	await expect.poll(boxes).toEqual(withoutSettings);
	const [, dock, accuracy] = withoutSettings;
	expect(dock[1]).toBeLessThanOrEqual(accuracy[0]);
	await page.keyboard.press('p');
	await expect(playground.field('Seed')).toBeVisible();
});

test('Escape closes what is open in turn, and settings give the focus back', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ numClients: 30 });
	const settings = page.getByRole('button', { name: 'Settings', exact: true });
	const parts = [
		page.getByRole('dialog', { name: 'A federation of real hands' }),
		page.getByRole('heading', { name: 'What the server sees now' }),
		playground.button('Leave'),
		page.locator('[data-knob="seed"]')
	];
	await settings.click();
	await page.getByRole('button', { name: /^Server/ }).click();
	await expect(parts[1]).toBeVisible();
	await playground.button('Tour').click();
	await page.getByRole('main').focus();
	await page.keyboard.press('p');
	await expect(parts[2]).toBeVisible();
	for (let numClosed = 1; numClosed <= parts.length; numClosed++) {
		await page.keyboard.press('Escape');
		for (const part of parts.slice(0, numClosed)) await expect(part).toHaveCount(0);
		for (const part of parts.slice(numClosed)) await expect(part).toHaveCount(1);
	}
	await expect(settings).toBeFocused();
	await settings.press('Enter');
	await playground.field('Seed').press('Escape');
	await expect(settings).toBeFocused();
});

test('the focus stays with the buttons of the stage, or goes on to one that can be pressed', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 2, numClients: 10, cohortSize: 3, dropout: 0.3 });
	await playground.button('Start').press('Enter');
	const run = page.getByRole('group', { name: 'Run' }).getByRole('button').first();
	await playground.waitUntilDone();
	await expect(run).toBeFocused();
	for (const name of ['Previous round', 'Previous phase', 'Next round']) {
		const button = playground.button(name);
		await button.focus();
		for (let press = 0; press < 12 && (await button.isEnabled()); press++) {
			await page.keyboard.press('Enter');
		}
		await expect(button).toBeDisabled();
		await expect(button).toBeFocused();
	}

	const present = page.getByRole('button', { name: 'Present', exact: true });
	await present.click();
	await expect(run).toBeFocused();
	await playground.button('Leave').click();
	await expect(present).toBeFocused();
	await playground.openSettings();
	await playground.button('Close the settings').click();
	await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();

	await playground.button('without drop-outs').press('Enter');
	const masked = playground.button('with secure aggregation');
	await expect(masked).toBeFocused();
	await masked.press('Enter');
	await expect(playground.button('Pin this run')).toBeFocused();
	const reset = page.getByRole('button', { name: 'Reset', exact: true });
	await reset.press('Enter');
	await expect(reset).toBeFocused();
	await expect(reset).toBeDisabled();
});

test('a crowd is zoomed, and one of it is found by name', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ cohortSize: 10 });
	const client = page.getByRole('option', { name: 'Writer 250,' });
	const before = (await client.boundingBox())!;
	await playground.button('Closer').click();
	await playground.button('Closer').click();
	expect((await client.boundingBox())!.width).toBeGreaterThan(before.width * 2);
	await page.getByRole('combobox', { name: 'Find' }).selectOption('250');
	await expect(page.getByRole('heading', { name: 'Writer 250' })).toBeVisible();
	const stage = (await page.locator('section canvas').first().boundingBox())!;
	const box = (await client.boundingBox())!;
	expect(box.x).toBeGreaterThanOrEqual(stage.x);
	expect(box.x + box.width).toBeLessThanOrEqual(stage.x + stage.width);
	await playground.button('All').click();
	expect((await client.boundingBox())!.width).toBeCloseTo(before.width, 0);
});

test('who is looked for stays in sight, ringed and named, and a button leads to the rest', async ({
	page
}) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const playground = new PlaygroundPage(page);
	await playground.open();
	await page.getByLabel('Find').selectOption('200');
	const heading = page.getByRole('heading', { name: 'Writer 200' });
	await expect(heading).toBeAttached();
	await expect(page.locator('svg .label').filter({ hasText: 'Writer 200' })).toBeInViewport();
	await expect(page.locator('svg .ring').first()).toBeInViewport();
	expect(await page.evaluate(() => scrollY)).toBe(0);
	await playground.button('Details').click();
	await expect(heading).toBeInViewport();
	await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeFocused();
});

test('nothing of the stage lies under the caption, with settings open or not', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	const playground = new PlaygroundPage(page);
	// Sixty have rings on the wide stage; on the narrow one they are a crowd, with a row to find somebody.
	await playground.open({ numClients: 60, cohortSize: 20, secureAggregation: 'true' });
	const room = () =>
		page.evaluate(() => {
			const boxOf = (part: string) => document.querySelector(part)!.getBoundingClientRect();
			return boxOf('.dock').top - boxOf('[data-tour="stage"]').bottom;
		});
	await expect.poll(room).toBeGreaterThanOrEqual(0);
	await expect(page.getByRole('list', { name: 'Colours of the circles' })).toBeInViewport();
	await playground.openSettings();
	await expect(page.getByLabel('Find')).toBeVisible();
	await expect.poll(room).toBeGreaterThanOrEqual(0);
	await expect(page.getByText('broadcast', { exact: true })).toBeVisible();
});

test('the key to the colours is a button away where open settings leave no line for it', async ({
	page
}) => {
	await page.setViewportSize({ width: 1366, height: 768 });
	const playground = new PlaygroundPage(page);
	await playground.open({ numClients: 60, cohortSize: 10, secureAggregation: 'true' });
	const key = page.getByRole('list', { name: 'Colours of the circles' });
	const fold = page.locator('summary', { hasText: /^Key$/ });
	await expect(key).toBeInViewport({ ratio: 1 });
	await expect(fold).toBeHidden();
	await playground.openSettings();
	await expect(fold).toBeInViewport({ ratio: 1 });
	await fold.click();
	expect(await page.evaluate(() => scrollY)).toBe(0);
	await expect(key.last()).toBeInViewport({ ratio: 1 });
	await fold.click();
	await expect(key).toHaveCount(1);
});

test('the buttons that step stand still while captions change', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 2, secureAggregation: 'true', dropout: 0.2, baselines: 'false' });
	for (const open of [false, true]) {
		if (open) await playground.openSettings();
		const tops = new Set<number>();
		const captions = new Set<string>();
		// A press finishes a phase that still moves, or goes on to the next one.
		for (let press = 0; press < 40 && captions.size < 7; press++) {
			await playground.button('Next phase').click();
			await page.waitForTimeout(300);
			captions.add(await caption(page));
			tops.add(Math.round((await playground.button('Next phase').boundingBox())!.y));
			await expect(page.getByLabel('Find')).toBeInViewport({ ratio: 1 });
		}
		expect(captions.size).toBe(7);
		expect([...tops]).toHaveLength(1);
	}
});
