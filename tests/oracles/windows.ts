/** Convolutions and pooling as plain loops in double precision, padded as TensorFlow documents it. */

export interface WindowProblem {
	/** Input [batch, height, width, channels]. */
	input: readonly [number, number, number, number];
	window: readonly [number, number];
	strides: readonly [number, number];
	dilations: readonly [number, number];
	pad: 'same' | 'valid';
}

/** Height and width of the output; 0 or less where the window does not fit. */
export function outputSize(problem: WindowProblem): [number, number] {
	const [height, width] = [0, 1].map((axis) => {
		const { input, window, strides, dilations, pad } = problem;
		const extent = (window[axis] - 1) * dilations[axis] + 1;
		const room = pad === 'same' ? input[axis + 1] : input[axis + 1] - extent + 1;
		return Math.ceil(room / strides[axis]);
	});
	return [height, width];
}

/** Visits every (output pixel, tap) whose place lies inside the input; indices count pixels, not channels. */
export function visitTaps(
	problem: WindowProblem,
	visit: (place: number, pixel: number, tap: number) => void
): void {
	const { input, window, strides, dilations, pad } = problem;
	const [batch, height, width] = input;
	const out = outputSize(problem);
	const before = [0, 1].map((axis) => {
		if (pad === 'valid') return 0;
		const extent = (window[axis] - 1) * dilations[axis] + 1;
		const total = (out[axis] - 1) * strides[axis] + extent - input[axis + 1];
		return Math.floor(Math.max(0, total) / 2);
	});
	for (let b = 0; b < batch; b++) {
		for (let row = 0; row < out[0]; row++) {
			for (let column = 0; column < out[1]; column++) {
				for (let i = 0; i < window[0]; i++) {
					for (let j = 0; j < window[1]; j++) {
						const y = row * strides[0] - before[0] + i * dilations[0];
						const x = column * strides[1] - before[1] + j * dilations[1];
						if (y < 0 || y >= height || x < 0 || x >= width) continue;
						visit(
							(b * height + y) * width + x,
							(b * out[0] + row) * out[1] + column,
							i * window[1] + j
						);
					}
				}
			}
		}
	}
}

/** Sums of products, and the sums of their magnitudes that rounding errors are measured against. */
export interface Sums {
	values: Float64Array;
	magnitudes: Float64Array;
}

export function createSums(length: number): Sums & { add(index: number, term: number): void } {
	const values = new Float64Array(length);
	const magnitudes = new Float64Array(length);
	return {
		values,
		magnitudes,
		add(index, term) {
			values[index] += term;
			magnitudes[index] += Math.abs(term);
		}
	};
}

/** Largest error relative to the magnitudes summed; 0 / 0 counts as 0. */
export function worstError(actual: ArrayLike<number>, { values, magnitudes }: Sums): number {
	let worst = actual.length === values.length ? 0 : Infinity;
	for (let i = 0; i < values.length; i++) {
		const error = Math.abs(actual[i] - values[i]);
		if (!(error <= 0))
			worst = Math.max(worst, magnitudes[i] > 0 ? error / magnitudes[i] : Infinity);
	}
	return worst;
}
