/** What goes wrong on a reader's machine, and what the page makes of it. */
import { PlaygroundPage, runLimitMs } from './playground';
import { expect, takeProblem, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

const dataFailure = /^console error: Failed to load resource: .* 503/;

test('a killed worker neither ends the run nor changes its numbers', async ({ page }) => {
	test.slow();
	// Nearly all of the time goes into training, so that the plug is pulled while a client trains.
	const heavy = { model: 'cnn-small', localEpochs: 30, baselines: 'false', evaluateEvery: 3 };
	const playground = new PlaygroundPage(page);
	await playground.open({ rounds: 3, numClients: 20, cohortSize: 4, ...heavy });
	await playground.start();
	await playground.waitUntilDone();
	const undisturbed = await playground.accuracies();

	await playground.button(/^Reset$/).click();
	await playground.start();
	await playground.unfold('Machine room');
	await expect(playground.line).toHaveText(/^Round 2 of 3/, { timeout: runLimitMs });
	await playground.button('Pull the plug of worker 1').click();
	const notice = page.getByText('A worker stopped in round 2');
	await expect(notice).toContainText('nothing is lost', { timeout: runLimitMs });
	await playground.waitUntilDone();
	expect(await playground.accuracies()).toEqual(undisturbed);
});

test('without the index, the page says so and loads it on request', async ({ page, problems }) => {
	const playground = new PlaygroundPage(page);
	await page.route('**/data/index.json', (route) => route.fulfill({ status: 503 }));
	await playground.open();
	const alert = page.getByRole('alert');
	await expect(alert).toContainText(
		'The file index.json could not be loaded: the host answered 503.'
	);
	takeProblem(problems, dataFailure);

	await page.unroute('**/data/index.json');
	await alert.getByRole('button', { name: 'Try again' }).click();
	await expect(playground.button('Start')).toBeFocused();
	await expect(page.getByRole('listbox', { name: 'Clients' }).getByRole('option')).toHaveCount(289);
	await expect(alert).toHaveCount(0);
});

test('a failed request for digits stops the run with its sentence, and a retry mends it', async ({
	page,
	context
}) => {
	const playground = new PlaygroundPage(page);
	await context.route('**/data/writers/**', (route) => route.fulfill({ status: 503 }));
	await playground.open({ rounds: 1, numClients: 20, cohortSize: 5 });
	await playground.start();
	await expect(page.getByRole('alert')).toContainText(
		/The file writers\/\S+ could not be loaded: the host answered 503\./,
		{ timeout: runLimitMs }
	);
	await expect(playground.line).toHaveText('The run has stopped.');

	await context.unroute('**/data/writers/**');
	await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
	await playground.waitUntilDone();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('an address that leads nowhere says so, and leads back', async ({ page, problems }) => {
	await page.goto('/nowhere');
	takeProblem(problems, /^console error: Failed to load resource: .* 404/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.getByRole('main').getByRole('link').first().click();
	await expect(page).toHaveURL(/\/(playground)?$/);
});
