/** The files of a run: config.json, metrics.jsonl, summary.json and the model. Same run, same bytes: no dates. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../lib/federated/config';
import type { RoundMetrics } from '../lib/federated/events';
import { nameInfinity } from '../lib/federated/experiments/exportRun';
import type { RoundEvaluation } from '../lib/federated/records';
import { toLayersFormat } from '../lib/model/layersFormat';
import { modelSpecs } from '../lib/model/modelSpec';

export interface ResultFiles {
	/** Writes the configuration as it runs: with the backend that backend=auto chose. */
	settle(config: RunConfig): void;
	/** Appends one line to metrics.jsonl. */
	addRound(metrics: RoundMetrics): void;
	/** Writes summary.json and model/, each complete or not at all. */
	finish(
		params: Float32Array,
		last: RoundMetrics | null,
		clients: RoundEvaluation['perClient'],
		remarks: { notes: readonly string[]; machine: readonly string[] }
	): void;
}

/** Creates the folder and starts the files anew. Throws one sentence if it cannot be written. */
export function openResultFiles(folder: string, wished: RunConfig): ResultFiles {
	let config = wished;
	const metricsPath = join(folder, 'metrics.jsonl');
	try {
		mkdirSync(join(folder, 'model'), { recursive: true });
		writeWhole(join(folder, 'config.json'), toJson(config));
		writeFileSync(metricsPath, '');
	} catch (error) {
		const reason = (error as NodeJS.ErrnoException).code ?? String(error);
		throw new Error(`out: expected a folder that can be written, got ${folder} (${reason})`, {
			cause: error
		});
	}
	return {
		settle(settled) {
			config = settled;
			writeWhole(join(folder, 'config.json'), toJson(config));
		},
		addRound: (metrics) =>
			appendFileSync(metricsPath, JSON.stringify(nameInfinity(metrics)) + '\n'),
		finish(params, last, clients, { notes, machine }) {
			const spec = modelSpecs[config.model];
			const { modelJson, weights } = toLayersFormat(spec, params);
			writeWhole(join(folder, 'model', 'model.json'), modelJson);
			writeWhole(join(folder, 'model', 'weights.bin'), weights);
			const summary = {
				config,
				numParams: spec.numParams,
				roundsCompleted: last?.round ?? 0,
				isComplete: last?.round === config.rounds,
				lastRound: last && nameInfinity(last),
				clients,
				notes,
				machine,
				weightsSha256: createHash('sha256').update(weights).digest('hex')
			};
			writeWhole(join(folder, 'summary.json'), toJson(summary));
		}
	};
}

function toJson(value: unknown): string {
	return JSON.stringify(value, null, '\t') + '\n';
}

/** Never leaves half a file behind: writes beside it, then renames. */
function writeWhole(path: string, content: string | Uint8Array): void {
	writeFileSync(`${path}.part`, content);
	renameSync(`${path}.part`, path);
}
