/** Flat parameters in and out of the arena, where rows are padded to whole vectors. */
import type { GradientHooks } from '../../federated/learner';
import type { ModelSpec } from '../modelSpec';
import type { Arena } from './arena';

export interface ParamsIo {
	/** Copies the parameters into the arena. */
	write(params: Float32Array): void;
	/** A copy of the parameters in the arena. */
	read(): Float32Array;
	/** Copies what the hooks need, or says that there are none. */
	writeHooks(hooks: GradientHooks): void;
	/** Makes room for summed gradients. */
	takeGradients(): void;
}

export function createParamsIo(spec: ModelSpec, arena: Arena): ParamsIo {
	const { memory, params: home, paramsBytes } = arena;
	const places = new Map<string, number>();

	/** Room of the size of the parameters, taken when first needed. */
	function placeOf(name: string): number {
		let place = places.get(name);
		if (place === undefined) places.set(name, (place = arena.allocate(paramsBytes)));
		return place;
	}

	function write(params: Float32Array, place: number) {
		const floats = new Float32Array(memory.buffer);
		eachBlock(place - home, (flat, packed, length) => {
			floats.set(params.subarray(flat, flat + length), packed);
		});
	}

	/** Calls back for each run of floats that is the same here and there: all of a layer, or row by row. */
	function eachBlock(shift: number, copy: (flat: number, packed: number, length: number) => void) {
		spec.layers.forEach(({ numOutputs, kernelOffset }, i) => {
			const { kernel, numRows, width } = arena.layers[i];
			const start = (kernel + shift) / 4;
			// The bias stands behind the kernel as one more row.
			if (width === numOutputs) return copy(kernelOffset, start, (numRows + 1) * width);
			for (let row = 0; row <= numRows; row++) {
				copy(kernelOffset + row * numOutputs, start + row * width, numOutputs);
			}
		});
	}

	return {
		write: (params) => write(params, home),

		read() {
			const floats = new Float32Array(memory.buffer);
			const params = new Float32Array(spec.numParams);
			eachBlock(0, (flat, packed, length) => {
				params.set(floats.subarray(packed, packed + length), flat);
			});
			return params;
		},

		writeHooks({ proximal, correction }) {
			arena.setInt('anchor', proximal ? placeOf('anchor') : 0);
			arena.setInt('correction', correction ? placeOf('correction') : 0);
			arena.setFloat('mu', proximal?.mu ?? 0);
			if (proximal) write(proximal.anchor, placeOf('anchor'));
			if (correction) write(correction, placeOf('correction'));
		},

		takeGradients: () => arena.setInt('gradients', placeOf('gradients'))
	};
}
