/** Playwright's `test` with a page that is watched: a problem nobody expected fails the test it happens in. */
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

interface Watch {
	/**
	 * What went wrong so far: console errors, uncaught errors, requests to another origin.
	 * A test that causes one on purpose takes it out (`takeProblem`); whatever is left fails it.
	 */
	problems: string[];
}

export const test = base.extend<Watch>({
	problems: [
		async ({ page, baseURL }, use) => {
			const problems: string[] = [];
			// Nobody is on a first visit, but for the test of the tour.
			await page.addInitScript(() => {
				if (!sessionStorage.getItem('first-visit')) localStorage.setItem('many-hands.tour', 'seen');
			});
			page.on('console', (message) => {
				if (message.type() === 'error') problems.push(`console error: ${message.text()}`);
			});
			page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
			page.on('request', (request) => {
				const url = new URL(request.url());
				const isOwn = ['data:', 'blob:'].includes(url.protocol) || url.origin === baseURL;
				if (!isOwn) problems.push(`request to another origin: ${url.href}`);
			});
			await use(problems);
			expect(problems, 'console, errors and requests').toEqual([]);
		},
		{ auto: true }
	]
});

/** Takes the problems that a test caused on purpose out of the list; there must be one at least. */
export function takeProblem(problems: string[], expected: RegExp): void {
	const others = problems.filter((problem) => !expected.test(problem));
	expect(problems.length, `a problem like ${expected}`).toBeGreaterThan(others.length);
	problems.splice(0, problems.length, ...others);
}

/** Opens a path and waits until the page's own code answers to the reader. */
export async function open(page: Page, path: string): Promise<void> {
	await page.goto(path, { waitUntil: 'networkidle' });
}
