/** Every built-in model trains in a browser's workers, on our own kernels. */
import { PlaygroundPage } from './playground';
import { expect, test } from './watchedPage';

test.use({ serviceWorkers: 'block' });

for (const model of ['2nn', 'cnn-small', 'cnn']) {
	test(`${model} trains on our own kernels`, async ({ page }) => {
		const playground = new PlaygroundPage(page);
		const settings = { model, rounds: 1, numClients: 12, cohortSize: 2, baselines: 'false' };
		await playground.open(settings);
		await playground.start();
		await playground.waitUntilDone();
		expect((await playground.accuracies())[0]).toMatch(/\d\.\d %/);
		await playground.unfold('Machine room');
		await expect(page.getByText('The clients train on own SIMD kernels.')).toBeVisible();
	});
}
