/** A run on the playground: what starts, pauses, steps and resets it, and what a link brings back. */
import { expectAccessible, expectNoSidewaysScroll } from './audit';
import { PlaygroundPage, runLimitMs } from './playground';
import { expect, open, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

/** A run that lasts while somebody looks on: 50 rounds pass between two looks of a busy machine. */
const long = { rounds: 2000, numClients: 40, cohortSize: 4 };

test('a run starts, pauses, steps and resets', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open(long);
	await expect(playground.line).toHaveText(/^Ready/);
	await playground.start();
	await expect(playground.line).toHaveText(/^Round \d+ of 2000/, { timeout: runLimitMs });

	await playground.button('Pause').click();
	await expect(playground.line).toHaveText(/^Paused/);
	const paused = await playground.round();
	await page.waitForTimeout(1500);
	expect(await playground.round()).toBe(paused);

	// From the newest moment on, the next round has to be trained.
	await page.keyboard.press('End');
	await playground.button('Next round').click();
	await playground.button('Next round').click();
	await expect.poll(() => playground.round()).toBeGreaterThan(paused);
	await expect(playground.line).toHaveText(/^Paused/);
	expect(await playground.round()).toBeLessThanOrEqual(paused + 2);

	await playground.button('Go on').click();
	await expect.poll(() => playground.round()).toBeGreaterThan(paused + 2);
	await playground.button(/^Reset$/).click();
	await expect(playground.line).toHaveText(/^Ready/);
	expect((await playground.accuracies())[0]).toBe('– –');
	await expect(playground.button('Start')).toBeEnabled();
});

test('keys start, pause, step and reset', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open(long);
	await page.keyboard.press('s');
	await expect(playground.line).toHaveText(/^Paused\. Round 1 of 2000/, { timeout: runLimitMs });
	await page.keyboard.press('Space');
	await expect.poll(() => playground.round()).toBeGreaterThan(1);
	await page.keyboard.press('Space');
	await expect(playground.line).toHaveText(/^Paused/);
	await page.keyboard.press('r');
	await expect(playground.line).toHaveText(/^Ready/);
});

test('the link holds the settings, and brings back the same run', async ({ page, context }) => {
	const playground = new PlaygroundPage(page);
	await playground.open();
	await playground.openSettings();
	await playground.field('Rounds').fill('2');
	await playground.field('Cohort size').fill('3');
	await playground.field('Seed').fill('11');
	await expect(page).toHaveURL(/seed=11&.*rounds=2&cohortSize=3&/);
	await playground.start();
	await playground.waitUntilDone();
	const accuracies = await playground.accuracies();
	expect(accuracies[0]).toMatch(/^\d+\.\d % \d+\.\d %$/);

	const again = new PlaygroundPage(await context.newPage());
	await open(again.page, page.url());
	await again.openSettings();
	await expect(again.field('Rounds')).toHaveValue('2');
	await expect(again.field('Cohort size')).toHaveValue('3');
	await expect(again.field('Seed')).toHaveValue('11');
	await again.start();
	await again.waitUntilDone();
	expect(await again.accuracies()).toEqual(accuracies);
});

test('a run goes on while other pages are read, unless a link has other settings', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ ...long, rounds: 500, seed: 11 });
	await playground.start();
	await expect(playground.line).toHaveText(/^Round \d+ of 500/, { timeout: runLimitMs });
	await page.getByRole('link', { name: 'About' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^What is real/);
	await page.goBack();
	await expect.poll(() => playground.round()).toBeGreaterThan(1);
	await playground.waitUntilDone();

	await page.getByRole('link', { name: 'About' }).click();
	await page.getByRole('link', { name: 'Playground', exact: true }).click();
	await expect(playground.line).toHaveText(/^Done\. 500/);
	await expect(page).toHaveURL(/seed=11&/);
	// The stage is as awake as it was: it forgets the run, and follows the next one.
	const caption = page.locator('.caption .sentence');
	await page.getByRole('button', { name: 'Reset', exact: true }).click();
	await expect(caption).toContainText('Before the start');
	await playground.start();
	await expect(caption).not.toContainText('Before the start');
	await playground.button('Pause').click();
	await page.getByRole('link', { name: 'Many Hands' }).click();
	await page.getByRole('link', { name: 'Open these settings in the playground' }).click();
	await expect(playground.line).toHaveText(/^Ready/);
	await playground.openSettings();
	await expect(playground.field('Clients')).toHaveValue('30');
});

test('a link with autorun=1 starts by itself', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 1, cohortSize: 2, autorun: 1 });
	await playground.waitUntilDone();
});

test('bad values of a link are named, and the defaults stand in', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: -3, model: 'vgg', speed: 9, seed: 11 });
	const sentences = await page.getByRole('alert').allInnerTexts();
	expect(sentences.join('\n')).toContain(
		'rounds: expected a whole number from 1 to 5000, got "-3"'
	);
	expect(sentences.join('\n')).toContain(
		'model: expected one of softmax, 2nn, cnn-small, cnn, got "vgg"'
	);
	expect(sentences.join('\n')).toContain('speed: there is no knob of this name');
	await playground.openSettings();
	await expect(playground.field('Rounds')).toHaveValue('60');
	await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue('softmax');
	await expect(playground.field('Seed')).toHaveValue('11');
});

test('a bad setting is refused beside its control, in one sentence', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open();
	await playground.openSettings();
	await playground.field('Client rate').fill('0');
	await expect(playground.field('Client rate')).toHaveAttribute('aria-invalid', 'true');
	await expect(
		page.getByText('Client rate: expected a number above 0 and at most 10, got "0"')
	).toHaveCount(2);
	await expect(playground.button('Start')).toBeDisabled();
	await playground.field('Client rate').fill('0.2');
	await expect(playground.field('Client rate')).toHaveAttribute('aria-invalid', 'false');
	await expect(playground.button('Start')).toBeEnabled();
	await playground.field('Client rate').fill('0,05');
	await expect(page).toHaveURL(/clientLr=0\.05&/);
});

for (const height of [740, 800]) {
	test(`a client that is clicked opens in sight, ${height} px high, and Esc closes it`, async ({
		page
	}) => {
		const playground = new PlaygroundPage(page);
		await page.setViewportSize({ width: height === 740 ? 360 : 1280, height });
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await playground.open({ numClients: 30 });
		const client = page.getByRole('listbox', { name: 'Clients' }).getByRole('option').nth(7);
		await client.click();
		const heading = page.getByRole('heading', { name: 'Writer 7' });
		await expect(heading).toBeInViewport();
		const card = (await heading.boundingBox())!;
		const bar = (await page.getByRole('group', { name: 'Run' }).boundingBox())!;
		const isBeside = card.x > bar.x + bar.width;
		expect(isBeside || card.y + card.height < bar.y).toBe(true);
		// What it explains is still there: on a wide screen all of it, with the circle that was pressed.
		const stage = page.locator('[data-tour="stage"]');
		await expect(stage).toBeInViewport({ ratio: height === 740 ? 0.25 : 1 });
		await page.keyboard.press('Escape');
		await expect(heading).toHaveCount(0);
		// A circle would take the arrows: after a pointer they step through the phases.
		await expect(playground.button('Start')).toBeFocused();
		await client.press('Enter');
		await expect(heading).toBeInViewport();
		await page.keyboard.press('Escape');
		await expect(heading).toHaveCount(0);
		await expect(client).toBeFocused();
	});
}

for (const { width, colorScheme } of [
	{ width: 360, colorScheme: 'dark' },
	{ width: 1280, colorScheme: 'light' }
] as const) {
	test(`a finished run is accessible and fits into ${width} px, ${colorScheme}`, async ({
		page
	}) => {
		const playground = new PlaygroundPage(page);
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await playground.open({ rounds: 2, numClients: 40, cohortSize: 4 });
		await playground.start();
		await playground.waitUntilDone();
		await playground.unfold('Wire log');
		await playground.unfold('Machine room');
		// The charts of tfjs-vis are drawn once they are seen.
		await page.locator('.charts figure').last().scrollIntoViewIfNeeded();
		await expect(page.locator('svg.marks')).toHaveCount(2, { timeout: 20_000 });
		await page.getByRole('listbox', { name: 'Clients' }).getByRole('option').first().click();
		await expect(page.getByRole('table', { name: 'Messages by kind' })).toBeVisible();
		await expectNoSidewaysScroll(page);
		await expectAccessible(page);
	});
}

test('the first page trains a small federation at once', async ({ page }) => {
	await open(page, '/');
	await page.getByRole('button', { name: 'Train with 30 writers' }).click();
	await expect(
		page.getByText(/^Done\. 20.rounds, unseen writers [5-9]\d\.\d.%/).first()
	).toBeVisible({
		timeout: runLimitMs
	});
});

test('on a phone, the presets open in full sight', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 3 });
	await playground.button('Presets').click();
	const box = await page.getByRole('group', { name: 'Presets' }).boundingBox();
	expect(box!.x).toBeGreaterThanOrEqual(0);
	expect(box!.x + box!.width).toBeLessThanOrEqual(360);
});

test('on a phone, a look back names its round and phase, and goes on from there', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 3, numClients: 12, cohortSize: 4 });
	await playground.start();
	await playground.waitUntilDone();
	await expect(playground.line).toBeVisible();
	await playground.button('Previous round').click();
	await expect(page.getByText(/^Done\. Shown: round 2 of 3, \w+$/)).toBeVisible();
	const steps = ['Previous round', 'Previous phase', 'Next phase', 'Next round', 'Reset'];
	for (const name of steps) {
		const step = page.getByRole('group', { name: 'Run' }).getByRole('button', { name });
		const box = (await step.boundingBox())!;
		expect(box.x + box.width, name).toBeLessThanOrEqual(360 - 16 + 1);
		expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(24);
	}
});

test('a refused setting changes no chip, and takes no sweep away', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open();
	await playground.openSettings();
	const chips = page.getByRole('list', { name: 'Settings of the next run' });
	await playground.field('Clients').fill('1000');
	await expect(playground.button('Start')).toBeDisabled();
	await expect(chips.getByRole('button', { name: '289 writers' })).toBeVisible();
	const sweep = playground.button('Sweep Cohort size');
	await expect(sweep).toBeDisabled();
	await expect(sweep).toHaveAccessibleDescription('No sweep while a setting is refused');
	await playground.field('Clients').fill('100');
	await expect(chips.getByRole('button', { name: '100 writers' })).toBeVisible();
	await expect(sweep).toBeEnabled();
});

test('a muted client is marked at once, before the run and without it', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 3, numClients: 12, cohortSize: 4 });
	const client = page.getByRole('option', { name: /^Writer 7,/ });
	await client.click();
	await expect(page.getByText('muted by you')).toHaveCount(0);
	await playground.button('Mute').click();
	await expect(client).toHaveAccessibleName(/, muted by you$/);
	await expect(page.getByRole('listitem').filter({ hasText: 'muted by you' })).toBeVisible();
	await playground.button('Unmute').click();
	await expect(client).not.toHaveAccessibleName(/muted/);
	await expect(page.getByText('muted by you')).toHaveCount(0);
});

for (const [height, hasSettings] of [
	[625, false],
	[720, true]
] as const) {
	test(`in a window ${height} pixels high, Start brings picture and caption into sight`, async ({
		page
	}) => {
		await page.setViewportSize({ width: 1366, height });
		const playground = new PlaygroundPage(page);
		await playground.open({ rounds: 3, cohortSize: 30, dropout: 0.2 });
		if (hasSettings) await playground.openSettings();
		const parts = ['[data-tour="stage"]', '[data-part="caption"]', '[data-tour="transport"]'];
		/** What the part below each of the first two hides of it. */
		const hidden = async () => {
			const [picture, caption, transport] = await Promise.all(
				parts.map(async (part) => (await page.locator(part).boundingBox())!)
			);
			return Math.max(
				picture.y + picture.height - caption.y,
				caption.y + caption.height - transport.y
			);
		};
		expect(await hidden()).toBeGreaterThan(20);
		await playground.start();
		await expect.poll(hidden).toBeLessThanOrEqual(8);
		expect((await page.locator(parts[0]).boundingBox())!.y).toBeGreaterThanOrEqual(0);
	});
}
