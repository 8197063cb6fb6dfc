/** Pointing at clients, here and there at once; two fingers on the crowd. */
import type { CDPSession } from '@playwright/test';
import { PlaygroundPage } from './playground';
import { expect, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

test('who is pointed at on the stage is named at its dot, and the other way round', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await playground.open({ rounds: 1, numClients: 20, cohortSize: 4, baselines: 'false' });
	await playground.start();
	await playground.waitUntilDone();
	const dots = page.getByRole('slider', { name: /^Accuracy on own digits/ });
	const valueText = () => dots.getAttribute('aria-valuetext');
	const mark = page.locator('.hits .pointed');

	await page.getByRole('option', { name: 'Writer 7,' }).hover();
	await expect(mark).toHaveText('Writer 7');
	await expect.poll(valueText).toMatch(/^Writer 7: /);
	await page.mouse.move(2, 2);
	await expect(mark).toHaveCount(0);

	await page.getByRole('option', { name: 'Writer 11,' }).focus();
	await expect(mark).toHaveText('Writer 11');
	await expect.poll(valueText).toMatch(/^Writer 11: /);

	await dots.focus();
	await dots.press('Home');
	const worst = /^(Writer \d+): /.exec((await valueText())!)![1];
	await expect(mark).toHaveText(worst);
	const circle = (await page.getByRole('option', { name: `${worst},` }).boundingBox())!;
	const marked = (await mark.boundingBox())!;
	expect(marked.x + marked.width / 2).toBeCloseTo(circle.x + circle.width / 2, 0);
	expect(marked.y + marked.height / 2).toBeCloseTo(circle.y + circle.height / 2, 0);
	await dots.blur();
	await expect(mark).toHaveCount(0);
});

test.describe('with fingers', () => {
	test.use({ hasTouch: true });

	/** Two fingers, each from a place to a place, in a few steps. */
	async function drag(session: CDPSession, fingers: readonly (readonly [Point, Point])[]) {
		const numSteps = 5;
		const at = (step: number) =>
			fingers.map(([from, to], id) => ({
				x: from.x + ((to.x - from.x) * step) / numSteps,
				y: from.y + ((to.y - from.y) * step) / numSteps,
				id
			}));
		const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: object[]) =>
			session.send('Input.dispatchTouchEvent', { type, touchPoints } as never);
		await send('touchStart', at(0));
		for (let step = 1; step <= numSteps; step++) await send('touchMove', at(step));
		await send('touchEnd', []);
	}

	test('a crowd is pinched larger and carried along, and the page stays where it is', async ({
		page
	}) => {
		const playground = new PlaygroundPage(page);
		await playground.open({ cohortSize: 10 });
		const client = page.getByRole('option', { name: 'Writer 0,' });
		const before = (await client.boundingBox())!;
		const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
		const beside = (dx: number, dy = 0) => ({ x: middle.x + dx, y: middle.y + dy });
		const session = await page.context().newCDPSession(page);

		// The fingers go apart to both sides of the client, to three times their distance.
		await drag(session, [
			[beside(-20, 20), beside(-60, 20)],
			[beside(20, 20), beside(60, 20)]
		]);
		await expect
			.poll(async () => (await client.boundingBox())!.width / before.width)
			.toBeCloseTo(3, 1);
		const large = (await client.boundingBox())!;
		// Both together go up and to the left: so does the crowd.
		await drag(session, [
			[beside(200, 200), beside(160, 170)],
			[beside(260, 200), beside(220, 170)]
		]);
		await expect.poll(async () => large.x - (await client.boundingBox())!.x).toBeCloseTo(40, 0);
		const moved = (await client.boundingBox())!;
		expect(large.y - moved.y).toBeCloseTo(30, 0);
		expect(moved.width).toBeCloseTo(large.width, 1);
		expect(await page.evaluate(() => [scrollX, scrollY, visualViewport?.scale])).toEqual([0, 0, 1]);
	});
});

interface Point {
	x: number;
	y: number;
}
