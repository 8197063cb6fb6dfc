/** The inspectors on the playground: what a client, the server and the wire show of a real run. */
import { expectAccessible } from './audit';
import { PlaygroundPage } from './playground';
import { expect, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

const masked = { numClients: 12, cohortSize: 5, rounds: 2, secureAggregation: 'true' };

test('the server and a client of a masked round', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open(masked);
	await playground.start();
	await playground.waitUntilDone();
	await page.keyboard.press('End');

	await page.getByRole('button', { name: 'Server: what it sees now' }).click();
	const server = page.getByRole('region', { name: 'What the server sees now' });
	await expect(server.getByText('0 of 7,851 numbers differ')).toBeVisible();
	await expect(server.getByRole('img', { name: /^Sum of 5, masked/ })).toBeVisible();
	await server.getByRole('radio', { name: 'What this round added' }).check();
	await expect(server.getByRole('img', { name: 'class 9', exact: true })).toBeVisible();
	await expectAccessible(page);

	await page
		.getByRole('option', { name: /masked|trained/ })
		.first()
		.click();
	const client = page.getByRole('region', { name: /^Writer \d+$/ });
	await expect(client.getByText('As it crosses', { exact: true })).toBeVisible();
	await expect(client.getByText(/^\d+\ssteps, batch loss from/)).toBeVisible();
	await expect(
		client.getByText(/^Read with the model after round 2: \d+\s+of\s+\d+\sdigits right/)
	).toBeVisible();
	await client.getByRole('button', { name: 'Later' }).click();
	await expect(client.getByRole('img', { name: /^Digits 31 to / })).toBeVisible();
});

test('the wire log is filtered by direction and kind', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ ...masked, rounds: 1 });
	await playground.start();
	await playground.waitUntilDone();
	await playground.unfold('Wire log');
	await expect(page.getByText('No image has crossed')).toBeVisible();
	const messages = page.getByRole('listitem').filter({ hasText: /server [→←]/ });
	await page.getByRole('radio', { name: 'To the server' }).check();
	await page.getByLabel('Kind of message').selectOption('maskedUpdate');
	await expect(messages).toHaveCount(5);
	for (const text of await messages.allInnerTexts()) {
		expect(text).toContain('server ←');
		expect(text).toContain('31.4');
	}
	await page.getByRole('radio', { name: 'To clients' }).check();
	await expect(messages).toHaveCount(0);
	await playground.unfold('Inside the model');
	// What is below the window is not drawn yet.
	await page.getByText('Model summary: 7,850 parameters').scrollIntoViewIfNeeded();
	await expect(page.getByRole('cell', { name: '784 × 10' })).toBeVisible();
	await expectAccessible(page);
});

test('the button that drops a client out keeps the focus, and does it once', async ({ page }) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ numClients: 12, cohortSize: 5, rounds: 500 });
	await page.keyboard.press('s');
	await expect(playground.line).toHaveText(/^Paused/, { timeout: 60_000 });
	await page.getByRole('option').first().press('Enter');
	const drop = playground.button(/^Drop out in round/);
	await drop.focus();
	await page.keyboard.press('Enter');
	const dropped = playground.button(/^Dropped in round/);
	await expect(dropped).toBeFocused();
	await expect(dropped).toBeDisabled();
	await page.keyboard.press('Enter');
	await expect(dropped).toBeFocused();
	await expectAccessible(page);
});

test('a client dropped at mask never sends, where training waits; once updates are in, the next round is meant', async ({
	page
}) => {
	const playground = new PlaygroundPage(page);
	await playground.open({ ...masked, cohortSize: 12 });
	await page.getByRole('checkbox', { name: 'training waits' }).check();
	const next = playground.button('Next phase');
	const table = page.getByRole('region', { name: 'Secure aggregation' });
	const row = (name: string) => table.getByRole('row', { name }).getByRole('cell');
	const stepTo = async (title: string) => {
		await next.click();
		await expect(page.locator('[data-part="caption"]')).toContainText(title, { timeout: 60_000 });
		await expect(playground.line).toHaveText(/^Paused/, { timeout: 60_000 });
	};
	for (const title of ['Choosing', 'Broadcasting', 'Training', 'Masking']) await stepTo(title);
	await page.getByRole('option').nth(3).click();
	await playground.button('Drop out in round 1').click();
	await expect(playground.button('Dropped in round 1')).toBeVisible();
	await expect(row('Training').first()).toHaveText('12');
	await expect(row('Masked updates').first()).toHaveText('–');
	await stepTo('Uploading');
	await expect(page.getByText('11 of 11 arrived', { exact: true })).toBeVisible();
	await expect(row('Masked updates').nth(0)).toHaveText('11');
	await expect(row('Masked updates').nth(1)).toHaveText('1');
	for (const title of ['Summing', 'Unmasking']) await stepTo(title);
	await expect(table.getByText(/^Masks cancelled in the sum of 11.*rebuilt for 1/)).toBeVisible();
	await page.getByRole('option').nth(4).click();
	await expect(playground.button('Drop out in round 2')).toBeVisible();
	await expect(page.getByText('Round 1 waits for nothing more of it')).toBeVisible();
	for (const title of ['Applying', 'Evaluating', 'Choosing']) await stepTo(title);
	await playground.button('Previous phase').click();
	await expect(page.getByText('Shown: round 1 of 2, evaluate')).toBeVisible();
});
