/** Trains some of the clients of a round and tests on some of the test digits, on the engine's own learner. */
import { selectExamples, type Examples } from '../../lib/data/examples';
import { clientUpdate } from '../../lib/federated/clientUpdate';
import type { LocalPlan } from '../../lib/federated/localPlan';
import type { ClientOutput } from '../../lib/federated/records';
import { randomStream } from '../../lib/math/random';
import type { WasmUrls } from '../../lib/model/backend';
import { createLearner } from '../../lib/model/learner';
import type { RunConfig } from '../../lib/federated/config';
import { dealDigits, type Digits } from './digits';
import type { Cell } from './cells';

/** What every trainer of a run knows; plain data, fit for a thread. */
export interface TrainerSetup {
	model: RunConfig['model'];
	split: Cell['split'];
	numClients: number;
	seed: number;
	plan: LocalPlan;
	digits: Digits;
	/** The test digits that this trainer tests on: from here to before there. */
	testFrom: number;
	testTo: number;
	wasmUrls: WasmUrls;
}

/** Tests the model on the trainer's test digits, then trains these clients from it. */
export interface TrainerTask {
	/** The round that the clients train in. */
	roundNum: number;
	clientIds: readonly number[];
	params: Float32Array;
}

export interface TrainerResult {
	/** Test digits that the model of the task reads rightly. */
	numCorrect: number;
	outputs: ClientOutput[];
}

export interface Trainer {
	run(task: TrainerTask): Promise<TrainerResult>;
}

export async function createTrainer(setup: TrainerSetup): Promise<Trainer> {
	const { model, split, numClients, seed, plan, digits, wasmUrls } = setup;
	const learner = await createLearner({ model, backend: 'wasm' }, wasmUrls);
	const hands = dealDigits(digits.train.labels, split, numClients, seed);
	const held = new Map<number, Examples>();
	const positions = Array.from(
		{ length: setup.testTo - setup.testFrom },
		(_, i) => setup.testFrom + i
	);
	const testDigits = selectExamples(digits.test, positions);

	function examplesOf(clientId: number): Examples {
		const known = held.get(clientId);
		if (known) return known;
		const examples = selectExamples(digits.train, hands[clientId]);
		held.set(clientId, examples);
		return examples;
	}

	return {
		async run({ roundNum, clientIds, params }) {
			const { isCorrect } = learner.predict(params, testDigits, true);
			const outputs: ClientOutput[] = [];
			for (const clientId of clientIds) {
				const message = { roundNum, clientId, cohortSize: clientIds.length, clip: 0, params };
				const random = randomStream(seed, 'shuffle', roundNum, clientId);
				outputs.push(
					await clientUpdate(learner, examplesOf(clientId), message, plan, random, noBreath)
				);
			}
			return { numCorrect: isCorrect.reduce((sum, one) => sum + one, 0), outputs };
		}
	};
}

/** Nobody else waits for an answer of this thread. */
async function noBreath(): Promise<void> {}
