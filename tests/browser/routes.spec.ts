/** Every page of the site: quiet, at home on a phone, accessible in light and dark, usable by keyboard. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { readNotebook } from '../../src/build/lessons/readLessons';
import { expectAccessible, expectNoSidewaysScroll } from './audit';
import { expect, open, test } from './watchedPage';

const root = path.join(import.meta.dirname, '../..');
const lessonSlugs = readNotebook(root, '').lessons.map(({ slug }) => slug);

/** "/", "/about", "/learn/...": each folder of src/routes that holds a page, each lesson for its own. */
const routes = readdirSync(path.join(root, 'src/routes'), { recursive: true, encoding: 'utf8' })
	.filter((file) => path.basename(file) === '+page.svelte')
	.map((file) => '/' + path.dirname(file).split(path.sep).join('/').replace(/^\.$/, ''))
	.flatMap((route) =>
		route.endsWith('[slug]') ? lessonSlugs.map((slug) => route.replace('[slug]', slug)) : [route]
	)
	.sort();

const widths = [360, 1280];

for (const route of routes) {
	test.describe(route, () => {
		for (const width of widths) {
			test(`fits into ${width} px, stands still when asked to, accessible in both themes`, async ({
				page
			}) => {
				await page.setViewportSize({ width, height: 800 });
				await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
				await open(page, route);
				await expect(page).toHaveTitle(/Many Hands/);
				await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
				await expectNoSidewaysScroll(page);
				expect(await movingElements(page)).toEqual([]);
				await expectAccessible(page);
				await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
				await expectAccessible(page);
			});
		}

		test('lets the keyboard skip to the content and reach every control, and names each', async ({
			page
		}) => {
			await open(page, route);
			await page.evaluate(() =>
				document.querySelectorAll('details').forEach((it) => (it.open = true))
			);
			const controls = await markControls(page);
			expect(controls.length).toBeGreaterThan(1);
			expect(await namelessControls(page)).toEqual([]);

			const [skipLink, ...others] = controls;
			expect(await reachByTab(page, 1)).toEqual(new Set([skipLink.group]));
			await expect(page.locator(':focus')).toBeInViewport();
			const numStops = new Set(controls.map(({ group }) => group)).size;
			const reached = await reachByTab(page, numStops + 20);
			expect(others.filter((control) => !reached.has(control.group))).toEqual([]);

			await page.locator('a[href]').first().press('Enter');
			await expect(page.locator(':focus')).toHaveRole('main');
		});
	});
}

/** What moves by itself although the reader asked for stillness. */
function movingElements(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		document
			.getAnimations()
			.filter(({ playState, effect }) => {
				const { duration, iterations } = effect?.getComputedTiming() ?? {};
				return playState === 'running' && (Number(duration) > 50 || iterations === Infinity);
			})
			.map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML ?? '')
	);
}

interface Control {
	/** Controls that share one stop of the Tab key, as radio buttons do, share a group. */
	group: string;
	html: string;
}

/** Every control that is visible and enabled, each marked with its group. */
function markControls(page: Page): Promise<Control[]> {
	return page.evaluate(() => {
		const selector =
			'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
		const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter(
			(element) =>
				element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled')
		);
		// Within these roles, Tab stops once and the arrow keys do the rest.
		const composite =
			'[role=grid], [role=listbox], [role=radiogroup], [role=tablist], [role=toolbar]';
		const composites = [...document.querySelectorAll(composite)];
		return controls.map((element, index) => {
			const owner = composites.indexOf(element.closest(composite) as Element);
			const isRadio = element instanceof HTMLInputElement && element.type === 'radio';
			const group =
				owner >= 0 ? `group ${owner}` : isRadio ? `radio ${element.name}` : `control ${index}`;
			element.dataset.group = group;
			return { group, html: element.outerHTML.slice(0, 160) };
		});
	});
}

/** The groups that the Tab key stops at, starting from the top of the page. */
async function reachByTab(page: Page, maxStops: number): Promise<Set<string>> {
	const reached = new Set<string>();
	for (let stop = 0; stop < maxStops; stop++) {
		await page.keyboard.press('Tab');
		const group = await page.evaluate(
			() => (document.activeElement as HTMLElement | null)?.dataset.group
		);
		if (group) reached.add(group);
	}
	return reached;
}

/** Roles of focusable things that a screen reader would announce without a name. */
async function namelessControls(page: Page): Promise<string[]> {
	const devtools = await page.context().newCDPSession(page);
	const { nodes } = await devtools.send('Accessibility.getFullAXTree');
	return nodes
		.filter(({ ignored, properties }) => {
			const isFocusable = properties?.some(
				({ name, value }) => name === 'focusable' && value.value === true
			);
			return !ignored && isFocusable;
		})
		.filter(({ role, name }) => !['RootWebArea', 'main'].includes(role?.value) && !name?.value)
		.map(({ role }) => String(role?.value));
}
