import { describe, expect, it } from 'vitest';
import { drawSweep } from '../../src/lib/scene/sweepPicture';

const size = { width: 300, height: 100 };
const end = (text: string, accuracy: number | null, worstTenth: number | null = null) => ({
	text,
	accuracy,
	worstTenth
});

describe('drawSweep', () => {
	it('spaces values evenly, whatever they are, and puts higher accuracy higher', () => {
		const { points } = drawSweep([end('1', 0.5), end('5', 0.9), end('100', 0.7)], size);
		expect(points.map(({ x }) => x)).toEqual([50, 150, 250]);
		const [low, high, middle] = points.map(({ y }) => y!);
		expect(high).toBeLessThan(middle);
		expect(middle).toBeLessThan(low);
		expect(low).toBeCloseTo(100);
	});

	it('leaves out runs that are not complete, and joins the others', () => {
		const { points, path } = drawSweep([end('1', 0.5), end('2', null), end('3', 0.5)], size);
		expect(points[1].y).toBeNull();
		expect(path).toBe('M50,100L250,100');
		expect(drawSweep([end('1', null), end('2', null)], size).path).toBe('');
	});

	it('shows the worst tenth on the same axis', () => {
		const { points, yTicks } = drawSweep([end('1', 0.9, 0.42), end('2', 0.9, 0.6)], size);
		expect(points[0].worstY!).toBeGreaterThan(points[1].worstY!);
		expect(points[0].worstY!).toBeLessThanOrEqual(100);
		expect(yTicks[0].value).toBeCloseTo(0.4);
	});

	it('survives a panel without width', () => {
		const { points } = drawSweep([end('1', 0.9)], { width: -20, height: 100 });
		expect(Number.isFinite(points[0].x)).toBe(true);
	});
});
