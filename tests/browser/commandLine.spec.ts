/** The page and the command line are one engine: the same settings give the same numbers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoundMetrics } from '../../src/lib/federated/events';
import { programOf, runNode } from '../harness/runCommand';
import { PlaygroundPage, type Settings } from './playground';
import { expect, test } from './watchedPage';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const bytes = (count: number) =>
	count < 999_950 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;

for (const model of ['softmax', '2nn']) {
	test(`two rounds of ${model} end with the same numbers`, async ({ page }) => {
		const settings = { rounds: 2, cohortSize: 5, model, dropout: 0.2, seed: 7 };
		const last = await federate(settings);
		const { evaluation, centralized, localOnly } = last;
		if (!evaluation || !centralized || !localOnly) throw new Error('the last round is measured');

		const playground = new PlaygroundPage(page);
		await playground.open(settings);
		await playground.start();
		await playground.waitUntilDone();
		expect(await playground.accuracies()).toEqual([
			`${percent(evaluation.unseen.accuracy)} ${percent(evaluation.students.accuracy)}`,
			`${percent(centralized.unseen.accuracy)} ${percent(centralized.students.accuracy)}`,
			`${percent(localOnly.unseenAccuracy)} –`
		]);
		await expect(page.getByText(`Worst tenth: ${percent(evaluation.worstTenth)}`)).toBeVisible();

		const sent = page.getByText('models and updates, sent to train').locator('..');
		await expect(sent).toContainText(bytes(last.trainingBytes));
	});
}

/** Runs the command line with these settings; the metrics of its last round. */
async function federate(settings: Settings): Promise<RoundMetrics> {
	const folder = mkdtempSync(path.join(tmpdir(), 'many-hands-'));
	try {
		const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
		const result = await runNode(programOf('tsx'), [
			'src/cli/federate.ts',
			...flags,
			'--out',
			folder
		]);
		expect(result.exitCode, result.output).toBe(0);
		const lines = readFileSync(path.join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
		return JSON.parse(lines[lines.length - 1]) as RoundMetrics;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
