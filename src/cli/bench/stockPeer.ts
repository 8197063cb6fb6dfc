/**
 * tfjs op by op in a process of its own, the other end of peer.ts: with stock kernels, or with ours registered where
 * the argument is "registered". Answers null for what it cannot train.
 */
import { createInterface } from 'node:readline';
import { registerKernels } from '../../lib/model/kernels/registerKernels';
import type { StepRequest } from './peer';
import { createStockStep, startStockBackend, stockVersion } from './stockStep';

const NUM_WARMUPS = 3;
const steps = new Map<string, (() => void) | null>();

function stepOf({ model, batchSize }: StepRequest): (() => void) | null {
	const key = `${model}/${batchSize}`;
	const known = steps.get(key);
	if (known !== undefined) return known;
	let step: (() => void) | null = createStockStep(model, batchSize);
	try {
		for (let i = 0; i < NUM_WARMUPS; i++) step();
	} catch (error) {
		if (!/not registered/.test((error as Error).message)) throw error;
		step = null;
	}
	steps.set(key, step);
	return step;
}

function msPerStep(request: StepRequest): number | null {
	const step = stepOf(request);
	if (!step) return null;
	const started = performance.now();
	for (let i = 0; i < request.numSteps; i++) step();
	return (performance.now() - started) / request.numSteps;
}

await startStockBackend();
if (process.argv[2] === 'registered') registerKernels();
console.log(JSON.stringify({ tfjs: stockVersion }));
for await (const line of createInterface({ input: process.stdin })) {
	console.log(JSON.stringify({ ms: msPerStep(JSON.parse(line) as StepRequest) }));
}
