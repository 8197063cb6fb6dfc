import { describe, expect, it } from 'vitest';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent,
	formatSigned,
	formatThreePlaces,
	formatTimes,
	formatWholePercent
} from '../../src/lib/ui/format';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers for people', () => {
	it('sets thousands apart and counts nouns', () => {
		expect(formatCount(30950)).toBe('30,950');
		expect(plain(formatCounted(1, 'round'))).toBe('1 round');
		expect(plain(formatCounted(0, 'round'))).toBe('0 rounds');
		expect(plain(formatCounted(2, 'class', 'classes'))).toBe('2 classes');
	});

	it('writes shares as percent', () => {
		expect(plain(formatPercent(0.8885))).toBe('88.9 %');
		expect(plain(formatPercent(1))).toBe('100.0 %');
		expect(plain(formatWholePercent(0.9))).toBe('90 %');
		expect(formatLoss(0.4051)).toBe('0.41');
	});

	it('never writes a thousand of a unit', () => {
		expect(plain(formatBytes(0))).toBe('0 B');
		expect(plain(formatBytes(999))).toBe('999 B');
		expect(plain(formatBytes(31400))).toBe('31.4 kB');
		expect(plain(formatBytes(999_949))).toBe('999.9 kB');
		expect(plain(formatBytes(999_950))).toBe('1.0 MB');
		expect(plain(formatBytes(24_264_800))).toBe('24.3 MB');
		expect(plain(formatBytes(5e15))).toBe('5,000.0 TB');
	});

	it('writes three places that count', () => {
		const words = [844.68, 47.71, 8.01, 0.3304, 0.00123, 12_345].map(formatThreePlaces);
		expect(words).toEqual(['845', '47.7', '8.01', '0.330', '0.00123', '12,300']);
	});

	it('writes numbers of a model with their sign and three figures', () => {
		expect([0, 0.01324, -0.5, 12.345, -1.2e-7, 54321].map(formatSigned)).toEqual([
			'0',
			'+0.0132',
			'−0.500',
			'+12.3',
			'−1.20e-7',
			'+5.43e+4'
		]);
	});

	it('writes ratios with as many digits as they deserve', () => {
		expect(plain(formatTimes(1.55))).toBe('1.6 times');
		expect(plain(formatTimes(67.9))).toBe('68 times');
	});
});
