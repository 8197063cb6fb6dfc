import { describe, expect, it } from 'vitest';
import { commonMistakes, confusionRows } from '../../src/lib/scene/confusion';

/** Three classes: twos are often taken for ones. */
const counts = [5, 1, 0, 0, 9, 0, 2, 4, 3];

describe('the confusion of classes', () => {
	it('has a row for each label', () => {
		expect(confusionRows(counts)).toEqual([
			[5, 1, 0],
			[0, 9, 0],
			[2, 4, 3]
		]);
	});

	it('names the commonest mistakes, and no right answer among them', () => {
		expect(commonMistakes(counts, 2)).toEqual([
			{ label: 2, predicted: 1, count: 4 },
			{ label: 2, predicted: 0, count: 2 }
		]);
		expect(commonMistakes([3, 0, 0, 4], 2)).toEqual([]);
	});
});
