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

const FLOAT_BYTES = 4;

/** The kernel of assembly/rows.ts. */
export type MoveRows = (
	to: number,
	toBytes: number,
	from: number,
	fromBytes: number,
	rowBytes: number,
	numRows: number
) => void;

export function createParamsIo(spec: ModelSpec, arena: Arena, moveRows: MoveRows): ParamsIo {
	const { memory, params: home, paramsBytes } = arena;
	const places = new Map<string, number>();

	/** Room of the size of the parameters, taken when first needed. */
	function placeOf(name: string): number {
		let place = places.get(name);
		if (place === undefined) places.set(name, (place = arena.allocate(paramsBytes)));
		return place;
	}

	/** Room of a layer whose rows are padded, for its parameters without padding: moved row by row by the kernel. */
	const unpadded = spec.layers.map(({ numOutputs }, i) => {
		const { width, numRows } = arena.layers[i];
		return width === numOutputs ? null : arena.allocate((numRows + 1) * numOutputs * FLOAT_BYTES);
	});

	/** Copies the parameters to where those of the first layer begin, or others that are laid out like them. */
	function write(params: Float32Array, place: number) {
		const floats = new Float32Array(memory.buffer);
		spec.layers.forEach(({ numOutputs, kernelOffset }, i) => {
			const { kernel, numRows, width } = arena.layers[i];
			// The bias stands behind the kernel as one more row.
			const part = params.subarray(kernelOffset, kernelOffset + (numRows + 1) * numOutputs);
			const [packed, flat] = [kernel + place - home, unpadded[i]];
			floats.set(part, (flat ?? packed) / FLOAT_BYTES);
			const [rowBytes, packedBytes] = [numOutputs * FLOAT_BYTES, width * FLOAT_BYTES];
			if (flat !== null) moveRows(packed, packedBytes, flat, rowBytes, rowBytes, numRows + 1);
		});
	}

	function read(params: Float32Array): Float32Array {
		spec.layers.forEach(({ numOutputs, kernelOffset }, i) => {
			const { kernel, numRows, width } = arena.layers[i];
			const flat = unpadded[i];
			const [rowBytes, packedBytes] = [numOutputs * FLOAT_BYTES, width * FLOAT_BYTES];
			if (flat !== null) moveRows(flat, rowBytes, kernel, packedBytes, rowBytes, numRows + 1);
			const part = new Float32Array(memory.buffer, flat ?? kernel, (numRows + 1) * numOutputs);
			params.set(part, kernelOffset);
		});
		return params;
	}

	return {
		write: (params) => write(params, home),

		read: (params = new Float32Array(spec.numParams)) => read(params),

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
