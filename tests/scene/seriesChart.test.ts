/** Any series, scaled to what they hold. */
import { describe, expect, it } from 'vitest';
import { drawSeries } from '../../src/lib/scene/seriesChart';

const size = { width: 300, height: 100 };

describe('drawSeries', () => {
	it('spans the plot from the first step to the last, and names the newest value', () => {
		const { lines, xTicks, yTicks } = drawSeries(
			[
				{
					name: 'a',
					points: [
						[1, 0],
						[2, 4],
						[3, 8]
					]
				},
				{ name: 'b', points: [[2, 2]] }
			],
			size
		);
		expect(lines[0].path).toBe('M0,100L150,50L300,0');
		expect(lines[0].end).toEqual({ x: 300, y: 0, value: 8 });
		expect(lines[1].end).toEqual({ x: 150, y: 75, value: 2 });
		expect(xTicks.map(({ value }) => value)).toEqual([1, 2, 3]);
		expect(yTicks.map(({ value, y }) => [value, y])).toContainEqual([4, 50]);
	});

	it('leaves gaps where a value is not finite', () => {
		const points: [number, number][] = [
			[1, 1],
			[2, NaN],
			[3, 2],
			[4, Infinity],
			[5, 3]
		];
		const [drawn] = drawSeries([{ name: 'a', points }], size).lines;
		expect(drawn.path.match(/M/g)).toHaveLength(3);
		expect(drawn.end?.value).toBe(3);
		expect(drawn.path).not.toMatch(/NaN|Infinity/);
	});

	it.each([
		['nothing', []],
		['a series without points', [{ name: 'a', points: [] }]],
		['one point', [{ name: 'a', points: [[3, 7]] as [number, number][] }]],
		[
			'a level',
			[
				{
					name: 'a',
					points: [
						[1, 5],
						[2, 5]
					] as [number, number][]
				}
			]
		]
	])('draws %s without trouble', (_, series) => {
		const picture = drawSeries(series, { width: 0, height: 100 });
		const places = [...picture.xTicks.map(({ x }) => x), ...picture.yTicks.map(({ y }) => y)];
		expect(places.every(Number.isFinite)).toBe(true);
		for (const { path } of picture.lines) expect(path).not.toMatch(/NaN/);
	});
});
