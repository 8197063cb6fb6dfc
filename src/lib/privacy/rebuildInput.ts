/**
 * What a curious server reads off one client's update. In a layer with biases the gradient of one example is
 * an outer product, dL/dW = x e^T with dL/db = e, so any unit with e_i != 0 gives the input back: x = dW_i / db_i
 * (Phong et al. 2018, IEEE TIFS 13(5); Geiping et al. 2020, arXiv 2003.14053, proposition 3.1). Every further
 * step on the same example adds another multiple of x, so the quotient stays x.
 */

/** An update of one dense layer. */
export interface LayerUpdate {
	/** [numInputs, numOutputs], row by row. */
	kernel: ArrayLike<number>;
	/** [numOutputs]. */
	bias: ArrayLike<number>;
}

/** The kernel and bias of a softmax update in one flat array: the last `numOutputs` numbers are the bias. */
export function layerUpdateOf(delta: Float32Array, numOutputs: number): LayerUpdate {
	const split = delta.length - numOutputs;
	return { kernel: delta.subarray(0, split), bias: delta.subarray(split) };
}

/** dW_i / db_i for one unit, [numInputs]; all zeros where the bias did not move. */
export function rebuildFromUnit({ kernel, bias }: LayerUpdate, unit: number): Float32Array {
	const numOutputs = bias.length;
	const numInputs = kernel.length / numOutputs;
	const input = new Float32Array(numInputs);
	if (bias[unit] === 0) return input;
	for (let i = 0; i < numInputs; i++) input[i] = kernel[i * numOutputs + unit] / bias[unit];
	return input;
}

/**
 * The classes whose bias rose: cross-entropy pushes up nothing but classes that were among the labels. For one
 * example there is exactly one, its label (Zhao et al. 2020, arXiv 2001.02610).
 */
export function risenClasses({ bias }: LayerUpdate): number[] {
	return Array.from(bias).flatMap((value, unit) => (value > 0 ? [unit] : []));
}

/**
 * How many labels of each class a batch had, from one step on a model of zeros: every probability was 1 / K
 * there, so db_i = 1 / K - n_i / B and n_i = B (1 / K + delta b_i / learningRate). Exact but for rounding.
 */
export function labelCounts(
	{ bias }: LayerUpdate,
	batchSize: number,
	learningRate: number
): number[] {
	return Array.from(bias, (value) => batchSize * (1 / bias.length + value / learningRate));
}
