/** Flat parameters in and out of the arena, where rows are padded to whole vectors. */
import type { GradientHooks } from '../../federated/learner';
import type { ModelSpec } from '../modelSpec';
import type { Arena } from './arena';

export interface ParamsIo {
	/** Copies the parameters into the arena. */
	write(params: Float32Array): void;
	/** A copy of the parameters in the arena, in `params` where they are given. */
	read(params?: Float32Array): Float32Array;
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
			copy(floats, packed, params, flat, length);
		});
	}

	/** Calls back for each run of floats that is the same here and there: all of a layer, or row by row. */
	function eachBlock(shift: number, visit: (flat: number, packed: number, length: number) => void) {
		spec.layers.forEach(({ numOutputs, kernelOffset }, i) => {
			const { kernel, numRows, width } = arena.layers[i];
			const start = (kernel + shift) / 4;
			// The bias stands behind the kernel as one more row.
			if (width === numOutputs) return visit(kernelOffset, start, (numRows + 1) * width);
			for (let row = 0; row <= numRows; row++) {
				visit(kernelOffset + row * numOutputs, start + row * width, numOutputs);
			}
		});
	}

	return {
		write: (params) => write(params, home),

		read(params = new Float32Array(spec.numParams)) {
			const floats = new Float32Array(memory.buffer);
			eachBlock(0, (flat, packed, length) => {
				copy(params, flat, floats, packed, length);
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

/** Views cost more than the floats of a short row: 784 rows of ten take 50 us by `set`, 8 us one by one. */
const SHORT_ROW = 32;

function copy(
	to: Float32Array,
	toStart: number,
	from: Float32Array,
	fromStart: number,
	length: number
): void {
	if (length > SHORT_ROW) to.set(from.subarray(fromStart, fromStart + length), toStart);
	else for (let i = 0; i < length; i++) to[toStart + i] = from[fromStart + i];
}
