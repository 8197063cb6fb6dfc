import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { guardKernels } from '../../fixtures/guardedKernels';
import { createSums, worstError } from '../../oracles/windows';

guardKernels();

it('sums rows by their number and leaves out numbers that are no segment', () => {
	const size = fc.integer({ min: 1, max: 40 });
	fc.assert(
		fc.property(
			size,
			size,
			size,
			fc.integer({ min: 1, max: 1e6 }),
			(numIds, row, segments, from) => {
				const random = randomStream(from, 'init');
				const x = Float32Array.from({ length: numIds * row }, () => standardNormal(random));
				const ids = Int32Array.from(
					{ length: numIds },
					() => Math.floor(random() * (segments + 4)) - 2
				);
				const expected = createSums(segments * row);
				ids.forEach((id, i) => {
					if (id < 0 || id >= segments) return;
					for (let c = 0; c < row; c++) expected.add(id * row + c, x[i * row + c]);
				});
				const actual = tf.tidy(() =>
					tf
						.unsortedSegmentSum(tf.tensor(x, [numIds, row]), tf.tensor1d(ids, 'int32'), segments)
						.dataSync()
				);
				expect(worstError(actual, expected)).toBeLessThan(1e-5);
			}
		),
		{ numRuns: 150 }
	);
});

it('refuses rows of whole numbers in one sentence', () => {
	tf.tidy(() => {
		const x = tf.zeros([2, 3], 'int32');
		const segmentIds = tf.tensor1d([0, 1], 'int32');
		expect(() =>
			tf.engine().runKernel('UnsortedSegmentSum', { x, segmentIds }, { numSegments: 2 })
		).toThrow('expected float32 rows and int32 segment ids, got int32 and int32');
	});
});
