import { describe, expect, it } from 'vitest';
import { chooseBackend, type BackendTrial } from '../../src/lib/federated/backendChoice';

const trial = (
	backend: BackendTrial['backend'],
	msPerStep: number | null,
	isCutShort = false
): BackendTrial => ({ backend, msPerStep, isCutShort });

describe('choosing a backend', () => {
	it('takes the fastest, whatever the order, and says against what', () => {
		expect(
			chooseBackend('cnn', [
				trial('wasm', 21.26),
				trial('webgpu', 4.449),
				trial('webgl', null),
				trial('cpu', 310, true)
			])
		).toEqual({
			backend: 'webgpu',
			sentence:
				'backend=auto chose WebGPU: 4.4 ms a step of cnn in a trial on this machine, against 21 ms on WebAssembly and over 310 ms on JavaScript; WebGL did not start.'
		});
	});

	it('lists three rivals as one would say them', () => {
		const trials = [trial('wasm', 1), trial('webgpu', 2), trial('webgl', 3), trial('cpu', 4)];
		expect(chooseBackend('2nn', trials).sentence).toContain(
			'against 2 ms on WebGPU, 3 ms on WebGL and 4 ms on JavaScript.'
		);
	});

	it('says no more than there is to say', () => {
		expect(chooseBackend('softmax', [trial('cpu', 0.5)]).sentence).toBe(
			'backend=auto chose JavaScript: 0.5 ms a step of softmax in a trial on this machine.'
		);
		expect(() => chooseBackend('softmax', [trial('wasm', null)])).toThrow(
			'expected one backend to start, but this machine refused them all'
		);
	});
});
