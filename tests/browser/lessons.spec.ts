/** Every lesson as a reader goes through it: cells run, predictions are answered, solutions are accepted. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { listParts } from '../../src/build/lessons/compileLesson';
import { readNotebook } from '../../src/build/lessons/readLessons';
import type { Lesson, Part } from '../../src/lib/lessons/document';
import { expectAccessible, expectNoSidewaysScroll } from './audit';
import { expect, open, takeProblem, test } from './watchedPage';

const { lessons } = readNotebook(path.join(import.meta.dirname, '../..'), '');
/** Real training on a machine that may be busy. */
const runLimitMs = 120_000;
const numBytesOfFirstView = 120_000;

function partsOf<Kind extends Part['kind']>({ nodes }: Lesson, kind: Kind) {
	return listParts(nodes).filter(
		(part): part is Extract<Part, { kind: Kind }> => part.kind === kind
	);
}
const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);
const task = (page: Page, name: string) => page.locator(`[data-task="${name}"]`);

for (const lesson of lessons) {
	test.describe(`lesson ${lesson.number}, ${lesson.title}`, () => {
		test('needs at most 120 KB of JavaScript for its first view', async ({ page }) => {
			const sizes: Promise<number>[] = [];
			page.on('response', (response) => {
				if (!new URL(response.url()).pathname.endsWith('.js')) return;
				sizes.push(response.body().then((body) => gzipSync(body).length));
			});
			await open(page, `/learn/${lesson.slug}`);
			const numBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
			console.log(
				`\n· Lesson ${lesson.number}: ${(numBytes / 1000).toFixed(1)} kB of JavaScript, gzip`
			);
			expect(numBytes).toBeGreaterThan(0);
			expect(numBytes).toBeLessThanOrEqual(numBytesOfFirstView);
		});

		test('can be done from top to bottom', async ({ page }) => {
			test.setTimeout(4 * runLimitMs);
			await page.emulateMedia({ reducedMotion: 'reduce' });
			await open(page, `/learn/${lesson.slug}`);
			for (const { name } of partsOf(lesson, 'figure')) await showFigure(figure(page, name));
			for (const part of partsOf(lesson, 'predict')) await predict(task(page, part.name));
			if (partsOf(lesson, 'cell').length > 0) await runCells(page);
			for (const part of partsOf(lesson, 'challenge')) await solve(task(page, part.name));
			for (const part of partsOf(lesson, 'predict')) await answer(page, part.name, part.of);
			await expect(page.getByText('This lesson is done.')).toBeVisible();

			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await expectAccessible(page);
			}
			await page.setViewportSize({ width: 360, height: 800 });
			await expectNoSidewaysScroll(page);
			await expectAccessible(page);

			await page.reload();
			await expect(page.getByText('This lesson is done.')).toBeVisible();
		});
	});
}

test('what answers a prediction does not move the figure that is looked at', async ({ page }) => {
	await open(page, `/learn/${lessons[0].slug}`);
	const task = page.locator('[data-task="ready"]');
	await task.getByRole('slider').fill('3');
	await task.getByRole('button', { name: 'I say so' }).click();
	const figure = page.locator('[data-figure="SixSteps"]');
	await figure.scrollIntoViewIfNeeded();
	await figure.getByRole('button', { name: 'Play a round' }).click();
	const before = (await figure.boundingBox())!;
	await expect(task).toContainText('about one phone in four', { timeout: 30_000 });
	expect(Math.abs((await figure.boundingBox())!.y - before.y)).toBeLessThan(2);
});

test('progress is told, saved as a file, brought back, and forgotten', async ({ page }) => {
	const [lesson] = lessons;
	await open(page, `/learn/${lesson.slug}`);
	await page.getByRole('button', { name: 'I have finished this lesson' }).click();
	await open(page, '/learn');
	const row = page.getByRole('listitem').filter({ hasText: lesson.title });
	await expect(row).toContainText('done');

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save as a file' }).click()
	]);
	const file = await download.path();
	await page.getByRole('button', { name: 'Start over' }).click();
	await page.getByRole('button', { name: 'Forget them' }).click();
	await expect(row).not.toContainText('done');
	await page.getByLabel('Bring back from a file').setInputFiles(file);
	await expect(row).toContainText('done');
});

test('a browser that keeps nothing is told so, and the lesson goes on', async ({ page }) => {
	await page.addInitScript(() => {
		Storage.prototype.setItem = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
	});
	await open(page, `/learn/${lessons[0].slug}`);
	await page.getByRole('button', { name: 'I have finished this lesson' }).click();
	await expect(page.getByText('This lesson is done.')).toBeVisible();
	await expect(page.getByRole('alert')).toContainText('save it as a file');
});

test('a term shows its meaning on focus, and leads to the glossary', async ({ page }) => {
	await open(page, `/learn/${lessons[0].slug}`);
	const term = page.locator('.term a').first();
	await term.focus();
	const card = page.getByRole('tooltip');
	await expect(card).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(card).toBeHidden();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/glossary#/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
});

test('after one lesson, all open without a connection', async ({ page, context, problems }) => {
	await open(page, `/learn/${lessons[0].slug}`);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await context.setOffline(true);
	await page.goto(`/learn/${lessons[1].slug}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(lessons[1].title);
	for (const { name } of partsOf(lessons[1], 'figure')) await showFigure(figure(page, name), false);
	// No digits were fetched yet, and a figure that wants some says so.
	takeProblem(problems, /ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
});

/** A figure is fetched when it comes near; it then has controls, or says why it cannot. */
async function showFigure(shown: Locator, isWhole = true): Promise<void> {
	await shown.scrollIntoViewIfNeeded();
	await expect(shown.locator('button, input, select').first()).toBeVisible();
	if (isWhole) await expect(shown.getByRole('alert')).toHaveCount(0);
}

/** All cells, unedited, in their order. */
async function runCells(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Run all cells' }).click();
	const cells = page.locator('[data-cell]');
	const ends = () =>
		cells.evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset.status));
	const hasEnded = async () =>
		(await ends()).every((status) => !['fresh', 'waiting', 'running'].includes(status ?? ''));
	await expect.poll(hasEnded, { timeout: runLimitMs }).toBe(true);
	expect(await ends()).toEqual(Array.from({ length: await cells.count() }, () => 'done'));
}

async function predict(card: Locator): Promise<void> {
	const choices = card.getByRole('radio');
	if ((await choices.count()) > 0) await choices.first().check({ force: true });
	else await card.getByRole('button', { name: 'I say so' }).click();
	await expect(card).toContainText(/is kept|answered/);
}

async function solve(card: Locator): Promise<void> {
	while ((await card.getByRole('button', { name: /hint$/ }).count()) > 0) {
		await card.getByRole('button', { name: /hint$/ }).click();
	}
	await card.getByRole('button', { name: 'The solution' }).click();
	await card.getByRole('button', { name: 'Apply the solution' }).click();
	await expect(card.locator('header')).toContainText('met', { timeout: runLimitMs });
}

/** What no solution has made report is run by its own button. */
async function answer(page: Page, name: string, of: string): Promise<void> {
	const header = task(page, name).locator('header');
	if ((await header.textContent())?.includes('answered')) return;
	await figure(page, of).locator('button.filled').first().click();
	await expect(header).toContainText('answered', { timeout: runLimitMs });
}
