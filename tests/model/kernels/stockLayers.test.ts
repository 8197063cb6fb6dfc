import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, it } from 'vitest';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';
import { trainSteps } from './layerTraining';
import { layerTypes } from './layerTypes';

beforeAll(async () => {
	setWasmPaths({ ...findWasmFiles() });
	tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	await tf.setBackend('wasm');
});

it.each(layerTypes)('stock wasm trains $name: $isTrainedByStock', (type) => {
	const train = () => trainSteps(type, 1);
	if (type.isTrainedByStock) expect(train).not.toThrow();
	else expect(train).toThrow(/not registered for backend 'wasm'/);
});
