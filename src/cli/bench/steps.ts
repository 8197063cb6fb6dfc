/** One gradient step of each model: ours by the epoch and op by op, against stock tfjs, PyTorch and numpy. */
import type { Examples } from '../../lib/data/examples';
import type { RunConfig } from '../../lib/federated/config';
import { createLearner } from '../../lib/model/learner';
import { initialParams, modelSpecs } from '../../lib/model/modelSpec';
import { findWasmFiles } from '../../lib/workers/nodeHost';
import type { Peer, StepRequest } from './peer';
import type { Peers } from './peers';
import { durationMs, median } from './stopwatch';
import { stepSettings, type StepSetting } from './targets';

/** Milliseconds a step, medians; null where one is not present or cannot train the model. */
export interface StepTiming extends StepSetting {
	oursMs: number;
	/** tfjs op by op, with our kernels registered and as it ships. */
	opByOpMs: number | null;
	stockMs: number | null;
	torchMs: number | null;
	numpyMs: number | null;
}

/** Takes so many steps and says how long one took. */
type Rival = (numSteps: number) => Promise<number | null>;

const NUM_RUNS = 7;

export async function timeSteps(examples: Examples, peers: Peers): Promise<StepTiming[]> {
	const timings: StepTiming[] = [];
	for (const setting of stepSettings) {
		const { model, batchSize, numSteps, isDense } = setting;
		const ask = (peer: Peer | null, framework: StepRequest['framework']): Rival =>
			peer
				? (steps) => peer.msPerStep({ framework, model, batchSize, numSteps: steps })
				: async () => null;
		const ours = await createEpochCall(model, batchSize, examples);
		const rivals = [
			ours,
			ask(peers.opByOp, 'tfjs'),
			ask(peers.stock, 'tfjs'),
			ask(peers.torch, 'torch'),
			ask(isDense ? peers.numpy : null, 'numpy')
		];
		const [oursMs, opByOpMs, stockMs, torchMs, numpyMs] = await raceInTurns(rivals, numSteps);
		timings.push({ ...setting, oursMs: oursMs!, opByOpMs, stockMs, torchMs, numpyMs });
	}
	return timings;
}

/** What the federation does: one call for all batches of an epoch, parameters in and out. */
export async function createEpochCall(
	model: RunConfig['model'],
	batchSize: number,
	examples: Examples
): Promise<(numSteps: number) => Promise<number>> {
	const learner = await createLearner({ model, backend: 'wasm' }, findWasmFiles());
	const params = initialParams(modelSpecs[model], 7);
	return async (numSteps: number): Promise<number> => {
		const batches = Array.from({ length: numSteps }, (_, step) =>
			Uint32Array.from(
				{ length: batchSize },
				(_, i) => (step * batchSize + i) % examples.labels.length
			)
		);
		return (await durationMs(() => learner.train(params, examples, batches, 0.1))) / numSteps;
	};
}

/** One run of each and again, so that a drifting machine favours nobody; the first round warms up. */
async function raceInTurns(rivals: readonly Rival[], numSteps: number): Promise<(number | null)[]> {
	const runs: (number | null)[][] = rivals.map(() => []);
	for (let run = 0; run <= NUM_RUNS; run++) {
		for (const [i, rival] of rivals.entries()) {
			const ms = await rival(numSteps);
			if (run > 0) runs[i].push(ms);
		}
	}
	return runs.map((times) =>
		times.includes(null) ? null : median(times.filter((ms) => ms !== null))
	);
}
