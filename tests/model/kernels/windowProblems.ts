/** Random convolutions and pools, and kernels run on drawn numbers. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { outputSize, type WindowProblem } from '../../oracles/windows';

const side = fc.integer({ min: 1, max: 14 });
const pair = (max: number) =>
	fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max })) as fc.Arbitrary<
		[number, number]
	>;

/** Random windows that fit at least once. */
export function problems(maxDilation: number): fc.Arbitrary<WindowProblem> {
	return fc
		.record({
			input: fc.tuple(
				fc.integer({ min: 1, max: 3 }),
				fc.oneof(side, fc.constant(40)),
				side,
				fc.integer({ min: 1, max: 11 })
			),
			window: pair(5),
			strides: pair(3),
			dilations: pair(maxDilation),
			pad: fc.constantFrom('same' as const, 'valid' as const)
		})
		.map((problem) =>
			// tfjs allows strides or dilations above one, not both.
			Math.max(...problem.dilations) > 1 ? { ...problem, strides: [1, 1] as const } : problem
		)
		.filter((problem) => outputSize(problem).every((length) => length > 0));
}

export const seed = fc.integer({ min: 1, max: 1e6 });

export function draw(
	shape: readonly number[],
	from: number
): { values: Float32Array; shape: number[] } {
	const random = randomStream(from, 'init');
	const length = shape.reduce((a, b) => a * b, 1);
	return {
		values: Float32Array.from({ length }, () => standardNormal(random)),
		shape: [...shape]
	};
}

export type Drawn = ReturnType<typeof draw>;

export function run(name: string, inputs: Record<string, Drawn>, attrs: object): Float32Array {
	return tf.tidy(() => {
		const tensors = Object.fromEntries(
			Object.entries(inputs).map(([key, { values, shape }]) => [key, tf.tensor(values, shape)])
		);
		const result = tf.engine().runKernel(name, tensors, attrs as never) as tf.Tensor;
		return result.dataSync() as Float32Array;
	});
}
