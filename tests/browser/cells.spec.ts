/** Code cells in real Chromium: editing, errors at their line, and everything that can go wrong in a cell. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './audit';
import { expect, open, test } from './watchedPage';

const slug = 'the-federation-in-code';
const slow = { timeout: 120_000 };

const cell = (page: Page, name = 'load') => page.locator(`[data-cell="${name}"]`);
const output = (shown: Locator) => shown.locator('.outputs');
const run = (shown: Locator) => shown.getByRole('button', { name: 'Run', exact: true }).click();

/** Puts code into a cell by the editor, as a reader does. */
async function write(shown: Locator, code: string): Promise<void> {
	const page = shown.page();
	if (await shown.locator('.cm-content').count()) await shown.locator('.cm-content').click();
	else await shown.locator('.host pre').click();
	await expect(shown.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText(code);
}

async function writeAndRun(shown: Locator, code: string, status: string): Promise<void> {
	await write(shown, code);
	await run(shown);
	await expect(shown).toHaveAttribute('data-status', status, slow);
}

test.beforeEach(async ({ page }) => {
	await open(page, `/learn/${slug}`);
});

test('a cell is still until it is touched, and nothing jumps when the editor comes', async ({
	page
}) => {
	const shown = cell(page, 'loop');
	await expect(shown.locator('.cm-content')).toHaveCount(0);
	await shown.scrollIntoViewIfNeeded();
	const before = (await shown.locator('.code-area').boundingBox())!;
	const firstLine = (await shown.locator('pre code').first().boundingBox())!;
	const fontSize = (part: Locator) => part.evaluate((node) => getComputedStyle(node).fontSize);
	const stillSize = await fontSize(shown.locator('pre code').first());
	await shown.locator('.host pre').click();
	await expect(shown.locator('.cm-content')).toBeFocused();
	expect(await fontSize(shown.locator('.cm-line').first())).toBe(stillSize);
	const after = (await shown.locator('.code-area').boundingBox())!;
	const line = (await shown.locator('.cm-line').first().boundingBox())!;
	expect(Math.abs(after.height - before.height)).toBeLessThanOrEqual(2);
	expect(Math.abs(line.x - firstLine.x)).toBeLessThanOrEqual(2);
	await expectAccessible(page);
});

test('a click puts the caret where it was, and keys typed before the editor came are kept', async ({
	page
}) => {
	const shown = cell(page);
	const pre = shown.locator('.host pre');
	await pre.scrollIntoViewIfNeeded();
	const text = await pre.innerText();
	const last = text.trimEnd().split('\n').length - 1;
	const endOfLastLine = await pre.evaluate((node, line) => {
		const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
		let numBreaks = 0;
		let corner = { x: 0, y: 0 };
		for (let piece = walker.nextNode(); piece; piece = walker.nextNode()) {
			const range = document.createRange();
			range.selectNodeContents(piece);
			const box = range.getBoundingClientRect();
			if (numBreaks === line && piece.textContent!.trim() !== '')
				corner = { x: box.right, y: (box.top + box.bottom) / 2 };
			numBreaks += piece.textContent!.split('\n').length - 1;
		}
		return corner;
	}, last);
	await page.mouse.click(endOfLastLine.x + 20, endOfLastLine.y);
	await page.keyboard.type(' // mine');
	await expect(shown.locator('.cm-content')).toBeFocused();
	await expect(shown.locator('.cm-line').nth(last)).toHaveText(/ \/\/ mine$/);
});

test('the keyboard edits, completes, runs and leaves', async ({ page }) => {
	const shown = cell(page);
	await shown.locator('.host pre').focus();
	await page.keyboard.press('Enter');
	await expect(shown.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('loadUns');
	await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('loadUnseenWriters');
	// The list takes no key in its first moments, so that nobody accepts it by accident.
	await page.waitForTimeout(300);
	await page.keyboard.press('Enter');
	await page.keyboard.type(';6*7');
	await page.keyboard.press('Shift+Enter');
	await expect(output(shown)).toHaveText('42', slow);
	await page.keyboard.press('Escape');
	await page.keyboard.press('Tab');
	await expect(shown.locator('.cm-content')).not.toBeFocused();
});

test('cells share a session, and errors stand at their line', async ({ page }) => {
	const [first, second] = [cell(page), cell(page, 'preprocess')];
	await writeAndRun(
		first,
		'const answer: number = 6;\nconst twice = (n) => {\n\treturn n.boom();\n};',
		'done'
	);
	await writeAndRun(second, 'answer * 7', 'done');
	await expect(output(second)).toHaveText('42');
	await writeAndRun(second, '1;\n\nmissing', 'failed');
	await expect(output(second)).toContainText('ReferenceError, line 3: missing is not defined');
	await expect(second.locator('.gutter .wrong')).toHaveText('3');
	await writeAndRun(second, 'twice(1)', 'failed');
	await expect(output(second)).toContainText('line 3 of load');
	await writeAndRun(second, 'const a = 1;\nconst b = (;', 'failed');
	await expect(output(second)).toContainText('SyntaxError, line 2');
	await writeAndRun(second, 'await Promise.reject(new Error("refused"))', 'failed');
	await expect(output(second)).toContainText('Error, line 1: refused');
	await write(
		second,
		'void Promise.reject(new Error("left alone")); await new Promise((r) => setTimeout(r, 50)); 1'
	);
	await run(second);
	await expect(output(second)).toContainText('left alone', slow);
});

test('a model of the learner trains in a cell', async ({ page }) => {
	const code = `const createMine = () => createModel(tf.sequential({ layers: [
		tf.layers.reshape({ inputShape: [784], targetShape: [28, 28, 1] }),
		tf.layers.conv2d({ filters: 4, kernelSize: 5, strides: 2, activation: 'relu' }),
		tf.layers.flatten(),
		tf.layers.dense({ units: 10, activation: 'softmax' })
	] }));
	const four = (await loadWriters({ numClients: 4 })).map(preprocess);
	const mine = buildWeightedFedAvg(createMine, { clientLr: 0.1 });
	const { metrics } = await mine.next(mine.initialize(), four);
	console.log(tf.getBackend());
	metrics.accuracy > 0.3`;
	await writeAndRun(cell(page), code, 'done');
	await expect(output(cell(page))).toContainText('wasm');
	await expect(output(cell(page))).toContainText('true');
});

test('an endless loop is stopped, and the page says what is lost', async ({ page }) => {
	const [first, second] = [cell(page), cell(page, 'preprocess')];
	await writeAndRun(first, 'const kept = 1;', 'done');
	await write(second, 'for (;;) {}');
	await run(second);
	await expect(second).toHaveAttribute('data-status', 'running', slow);
	await expect(second.getByRole('status')).toContainText('no answer', slow);
	await second.getByRole('button', { name: 'Stop' }).click();
	await expect(second).toHaveAttribute('data-status', 'stopped', slow);
	await expect(second.getByRole('alert')).toContainText(
		'what the cells before it had made is gone'
	);
	await expect(first).toHaveAttribute('data-status', 'lost');
	await writeAndRun(second, 'typeof kept', 'done');
	await expect(output(second)).toHaveText('undefined');
});

test('a long computation that listens is stopped without loss', async ({ page }) => {
	const [first, second] = [cell(page), cell(page, 'preprocess')];
	await writeAndRun(first, 'const kept = 41;', 'done');
	await write(second, 'await runFederation({ rounds: 2000 })');
	await run(second);
	await expect(output(second)).toContainText(/round [1-9]\d* of 2000/, slow);
	await write(second, 'kept + 1');
	await expect(second.getByRole('status')).toContainText('edited since it ran');
	await second.getByRole('button', { name: 'Stop' }).click();
	await expect(second).toHaveAttribute('data-status', 'stopped', slow);
	await run(second);
	await expect(output(second)).toHaveText('42', slow);
});

test('what a reader wrote outlives the page, is saved as a file, and can be undone', async ({
	page
}) => {
	const shown = cell(page, 'model');
	await write(shown, '// mine\n1 + 1');
	await page.reload();
	await expect(shown.locator('.host pre')).toHaveText('// mine\n1 + 1');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save the code' }).click()
	]);
	expect(await readFile(await download.path(), 'utf8')).toContain('// --- model\n// mine\n1 + 1');
	await shown.getByRole('button', { name: 'Reset' }).click();
	await expect(shown.locator('.host pre')).toContainText('createSoftmaxModel');
	await page.reload();
	await expect(shown.locator('.host pre')).toContainText('createSoftmaxModel');
});

test('a browser without room says so, and the code stays on the page', async ({ page }) => {
	await page.addInitScript(() => {
		Storage.prototype.setItem = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
	});
	await page.reload();
	await writeAndRun(cell(page), '3 + 4', 'done');
	await expect(output(cell(page))).toHaveText('7');
	await expect(
		page.getByRole('alert').filter({ hasText: 'no room left for your code' })
	).toBeVisible();
});

test('a cell that takes all memory ends, and the next one runs', async ({ page }) => {
	const shown = cell(page);
	await write(shown, 'const hoard = [];\nfor (;;) hoard.push(new Float64Array(2 ** 22).fill(1));');
	await run(shown);
	await expect(shown).toHaveAttribute('data-status', 'failed', slow);
	await expect(output(shown).getByRole('alert')).toContainText(
		'RangeError, line 2: The arrays of the cells hold more than 3.0 GB'
	);
	await writeAndRun(shown, '1 + 1', 'done');
	await expect(output(shown)).toHaveText('2');
});

test('the page about the API is whole, and accessible', async ({ page }) => {
	await open(page, '/learn/api');
	for (const name of ['loadWriters', 'buildWeightedFedAvg', 'secureSum', 'epsilon', 'report'])
		await expect(page.getByRole('heading', { level: 3, name, exact: true })).toBeVisible();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await expectAccessible(page);
	}
	await page.setViewportSize({ width: 360, height: 800 });
	await expectNoSidewaysScroll(page);
});
