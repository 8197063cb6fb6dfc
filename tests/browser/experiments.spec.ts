/** What can be tried beside the run on stage: live curves, pins, sweeps, presets, the tour, and exports. */
import { readFileSync } from 'node:fs';
import { expectAccessible, expectNoSidewaysScroll } from './audit';
import { PlaygroundPage, runLimitMs } from './playground';
import { expect, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

const small = { rounds: 6, numClients: 30, cohortSize: 4 };

test('a knob redraws the live curve, and a pinned run stays beside the next one', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await playground.open(small);
	await playground.start();
	await playground.waitUntilDone();
	await playground.openSettings();
	await page.getByRole('switch', { name: 'Live' }).click();
	await playground.field('Cohort size').fill('12');
	await expect(
		page.getByText(/^Unseen writers [\d.]+.%\. 6.rounds in .* without baselines\.$/)
	).toBeVisible({
		timeout: runLimitMs
	});
	await expect(page.getByText('live: cohort 12').first()).toBeVisible();
	await expect(page.getByText('federated, cohort 4').first()).toBeVisible();
	await page.getByRole('switch', { name: 'Live' }).click();
	await expect(page.getByText('live: cohort 12')).toHaveCount(0);

	await playground.button('Pin this run').click();
	await playground.button('Run again').click();
	await expect(page.getByText('federated, cohort 12').first()).toBeVisible({
		timeout: runLimitMs
	});
	await playground.waitUntilDone();
	// Both are read after the same round, which need not be said.
	const pinned = page.getByRole('listitem').filter({ hasText: 'Unpin A' }).first();
	await expect(pinned.getByText(/^\d+\.\d\s%$/)).toBeVisible();
	await playground.button('Unpin A, cohort 4').click();
	await expect(page.getByText('cohort 12')).toHaveCount(1);
	await expect(playground.button('Pin this run')).toBeFocused();
});

test('one press sweeps a knob, and its figures are saved', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await playground.open({ ...small, numClients: 10 });
	await playground.openSettings();
	await playground.button('Sweep Cohort size').click();
	await playground.button('Cancel').click();
	await expect(playground.button('Go on')).toBeFocused();
	await playground.button('Go on').click();
	await expect(playground.button('Cancel')).toBeFocused();
	await expect(page.getByText('4 runs', { exact: true })).toBeVisible({ timeout: runLimitMs });
	await expect(playground.button('CSV')).toBeFocused();
	const table = page.getByRole('table', { name: /^Results of the sweep/ });
	await expect(table.getByRole('row')).toHaveCount(5);
	const texts = await table.getByRole('rowheader').allInnerTexts();
	expect(texts).toEqual(['1', '4', '5', '10']);
	await expectAccessible(page);
	await expectNoSidewaysScroll(page);

	const download = page.waitForEvent('download');
	await playground.button('CSV').click();
	const lines = readFileSync(await (await download).path(), 'utf8')
		.trimEnd()
		.split('\r\n');
	expect(lines).toHaveLength(1 + 4 * 6);
	await table.getByRole('button', { name: 'Use cohort 10 on stage' }).click();
	await expect(playground.field('Cohort size')).toHaveValue('10');
});

test('a sweep fits into a phone, and its end gives the focus back', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const playground = new PlaygroundPage(page);
	await playground.open({ ...small, numClients: 10, rounds: 2, dp: 'central' });
	await playground.openSettings();
	const sweep = playground.button('Sweep Cohort size');
	await sweep.click();
	await expect(page.getByText('4 runs', { exact: true })).toBeVisible({ timeout: runLimitMs });
	const table = page.getByRole('table', { name: /^Results of the sweep/ });
	const isCut = () =>
		table.evaluate(({ parentElement: place }) => place!.scrollWidth > place!.clientWidth);
	expect(await isCut()).toBe(false);
	await expectNoSidewaysScroll(page);
	await expectAccessible(page);

	await page.getByRole('button', { name: 'Close', exact: true }).click();
	await expect(table).toHaveCount(0);
	await expect(sweep).toBeFocused();
	await expect(sweep).toBeInViewport();

	// Where the settings are closed meanwhile, the way to them is next.
	await sweep.click();
	await playground.button('Close the settings').click();
	await expect(page.getByText('4 runs', { exact: true })).toBeVisible({ timeout: runLimitMs });
	await page.getByRole('button', { name: 'Close', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
});

test('a sweep that made way is brought back, and the focus stays in the sweep', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ ...small, numClients: 10, rounds: 2 });
	await playground.openSettings();
	await playground.button('Sweep Cohort size').click();
	await expect(page.getByText('4 runs', { exact: true })).toBeVisible({ timeout: runLimitMs });
	// The next one has found nothing yet: there is nothing to change places with.
	await playground.field('Rounds').fill('3000');
	await playground.button('Sweep Local epochs').click();
	await playground.button('Cancel').click();
	const back = playground.button('Bring it back');
	await back.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('4 runs', { exact: true })).toBeVisible();
	await expect(back).toHaveCount(0);
	await expect(playground.button('CSV')).toBeFocused();
	// A pin says that it is set, and stays where it is.
	const pin = playground.button(/^Pin cohort/).first();
	await pin.focus();
	for (let press = 0; press < 3; press++) await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: /^Unpin/ })).toHaveCount(1);
	await expect(pin).toBeFocused();
	await expect(pin).toBeDisabled();
});

test('presets set everything at once and say what they show', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open();
	await playground.button('Presets').click();
	await page.getByRole('button', { name: /^Two digits per client/ }).click();
	await expect(
		page.getByRole('status').filter({ hasText: 'most clients know only two' })
	).toBeVisible();
	await expect(page).toHaveURL(/partition=shards&/);
});

test('a preset after a run clears the stage for it, and the run before stays as a curve', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await playground.open(small);
	await playground.start();
	await playground.waitUntilDone();
	await page.getByRole('option').first().click();
	await playground.button('Presets').click();
	await page.getByRole('button', { name: /^Ten hands, ten styles/ }).click();
	await expect(playground.line).toHaveText(/^Ready/);
	await expect(page.locator('.caption .sentence')).toContainText('Before the start');
	await expect(page.getByRole('listbox', { name: 'Clients' }).getByRole('option')).toHaveCount(10);
	await expect(page.getByRole('region', { name: /^Writer/ })).toHaveCount(0);
	await expect(page.getByText('The run before is pinned as A.')).toBeVisible();
	await playground.start();
	await playground.waitUntilDone();
	await playground.button(/^Unpin A/).click();
	await expect(page.getByText('The run before is pinned')).toHaveCount(0);

	await expect(page.getByRole('list', { name: 'Colours of the circles' })).toBeInViewport();

	// A changed knob leaves the run on stage, and that is said.
	await playground.openSettings();
	await playground.field('Seed').fill('5');
	await expect(page.getByText('On stage: the run before.')).toBeVisible();
	await expect(playground.button('Run again')).toBeVisible();
	// The line takes its room from the stage, and covers none of it.
	const heightOver = () =>
		page.evaluate(() => {
			const boxOf = (part: string) => document.querySelector(part)!.getBoundingClientRect();
			return boxOf('.dock').top - boxOf('[data-tour="stage"]').bottom;
		});
	await expect.poll(heightOver).toBeGreaterThanOrEqual(0);
	await expect(page.getByText('broadcast', { exact: true })).toBeVisible();
});

test('one press lays the same run without drop-outs over the run on stage', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ numClients: 12, cohortSize: 5, rounds: 4, dropout: 0.5 });
	await playground.start();
	await playground.waitUntilDone();
	await playground.button('without drop-outs').click();
	const legend = page.getByRole('listitem').filter({ hasText: 'no drop-outs' }).first();
	await expect(legend.getByText(/^\d+\.\d\s%$/)).toBeVisible();
	await expect(page.getByText('federated, drop-outs 50\u00a0%').first()).toBeVisible();
	await expect(playground.button('without drop-outs')).toBeHidden();
	await expectAccessible(page);
});

test('the tour is shown once, by keys, and again when asked for', async ({ page }) => {
	await page.addInitScript(() => sessionStorage.setItem('first-visit', 'yes'));
	await page.addInitScript(() => {
		if (sessionStorage.getItem('cleared')) return;
		localStorage.clear();
		sessionStorage.setItem('cleared', 'yes');
	});
	const playground = new PlaygroundPage(page);
	await playground.open(small);
	const tour = page.getByRole('dialog', { name: 'A federation of real hands' });
	await expect(tour).toBeVisible();
	await expectAccessible(page);
	await tour.getByRole('button', { name: 'No tour, thanks' }).click();
	await page.reload({ waitUntil: 'networkidle' });
	await expect(page.getByRole('dialog')).toHaveCount(0);

	await playground.button('Tour').click();
	await expect(page.getByText('Tour, stop 1 of 6')).toBeVisible();
	for (let stop = 1; stop < 6; stop++) await page.keyboard.press('ArrowRight');
	await expect(page.getByText('Tour, stop 6 of 6')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByText('Tour, stop 6 of 6')).toHaveCount(0);
});

test('the tour ends where it began, with the button that starts a run', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const playground = new PlaygroundPage(page);
	await playground.open(small);
	await playground.button('Tour').click();
	await expect(page.getByText('Press ? for the keys')).toHaveCount(0);
	const next = page.getByRole('button', { name: 'Next', exact: true });
	await next.click();
	await expect(page.getByText('Press ? for the keys')).toBeVisible();
	for (let stop = 2; stop < 6; stop++) await next.click();
	await page.evaluate(() => scrollTo(0, 500));
	await playground.button('Done').click();
	await expect(playground.button('Start')).toBeFocused();
	expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('a run and its pictures are saved as files', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open(small);
	await playground.start();
	await playground.waitUntilDone();
	const save = async (open: string, item: string) => {
		await playground.button(open).click();
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: item }).click();
		return (await download).path();
	};
	const run = JSON.parse(readFileSync(await save('Share', 'Save the run as JSON'), 'utf8')) as {
		isComplete: boolean;
		metrics: object[];
	};
	expect([run.isComplete, run.metrics.length]).toEqual([true, 6]);
	const picture = readFileSync(await save('Save picture: Accuracy, unseen', 'Save as SVG'), 'utf8');
	expect(picture).toMatch(/^<svg .*federated · \d/);
	expect(picture).not.toContain('var(');
	const pixels = readFileSync(await save('Save picture: Loss', 'Save as PNG'));
	expect(pixels.subarray(1, 4).toString()).toBe('PNG');
});

test('beside the stage the settings scroll by themselves', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ ...small, dp: 'central' });
	const chips = page.getByRole('list', { name: 'Settings of the next run' });
	await chips.getByRole('button', { name: /^central noise/ }).click();
	const field = playground.field('Delta');
	await field.focus();
	await expect(field).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('img', { name: /^Accuracy over rounds/ })).toBeInViewport({
		ratio: 1
	});
	await page.evaluate(() => scrollTo(0, 300));
	await expect(field).toBeInViewport({ ratio: 1 });
});
