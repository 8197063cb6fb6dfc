/** The chunk that holds tfjs-vis: the charts that are used, drawn by `vegaEmbed.ts` as SVG, which our stylesheet reaches. */
import { barchart } from '@tensorflow/tfjs-vis/dist/render/barchart';
import { confusionMatrix } from '@tensorflow/tfjs-vis/dist/render/confusion_matrix';
import { linechart } from '@tensorflow/tfjs-vis/dist/render/linechart';
import { table } from '@tensorflow/tfjs-vis/dist/render/table';
import type { VisChart } from './visLineChart.svelte';

/** Pixels that the library keeps for the legend of a matrix, which our stylesheet hides: cells say their counts. */
const LEGEND_WIDTH = 62;
/** Cells of a narrower matrix have room for small figures only. */
const NARROW_MATRIX = 400;

export async function drawLineChart(element: HTMLElement, chart: VisChart): Promise<void> {
	await linechart(
		element,
		{
			values: chart.values.map((line) => line.map((y, x) => ({ x, y: y as number }))),
			series: chart.series.map(({ name }) => name)
		},
		{
			xLabel: chart.xLabel,
			yLabel: chart.yLabel,
			height: chart.height,
			zoomToFit: true,
			fontSize: 12,
			seriesColors: chart.series.map(({ color }) => color)
		}
	);
	keepWholeTicks(element);
}

/**
 * Over a few rounds the library marks fractions of them, which hide some whole ones, and gives no choice: "1.0"
 * becomes "1", and 1.5 goes, with its line.
 */
function keepWholeTicks(element: HTMLElement): void {
	const labels = [...xLabels(element)];
	const values = labels.map((label) => Number(label.textContent));
	if (values.every(Number.isInteger)) return;
	const lines = element.querySelectorAll('.role-axis-grid line[x2="0"]');
	labels.forEach((label, index) => {
		const isWhole = Number.isInteger(values[index]);
		label.textContent = isWhole ? String(values[index]) : '';
		label.setAttribute('opacity', '1');
		lines[index]?.setAttribute('opacity', isWhole ? '1' : '0');
	});
}

function xLabels(element: HTMLElement): NodeListOf<Element> {
	return element.querySelectorAll('.role-axis[aria-label^="X-axis"] .role-axis-label text');
}

/** Rows by label, columns by prediction. Only mistakes are shaded, from nothing to full. */
export async function drawConfusion(
	element: HTMLElement,
	rows: readonly (readonly number[])[]
): Promise<void> {
	const tickLabels = rows.map((_, label) => String(label));
	const values = rows.map((row) => [...row]);
	await confusionMatrix(
		element,
		{ values, tickLabels },
		{
			xLabel: 'taken for',
			yLabel: 'written',
			shadeDiagonal: false,
			// Opacity rather than shades, so that either theme shines through.
			colorMap: ['rgba(205, 88, 10, 0)', 'rgba(205, 88, 10, 0.85)'],
			height: 340,
			width: element.clientWidth + LEGEND_WIDTH,
			fontSize: element.clientWidth < NARROW_MATRIX ? 10 : 12
		}
	);
	levelTicks(element);
}

/** The library turns the names of columns on their side. */
function levelTicks(element: HTMLElement): void {
	for (const label of xLabels(element)) {
		const [place] = /translate\([^)]*\)/.exec(label.getAttribute('transform') ?? '') ?? [];
		if (!place) continue;
		label.setAttribute('transform', `${place} translate(0, 5)`);
		label.setAttribute('text-anchor', 'middle');
	}
}

/** Bars over the middle of each bin. */
export async function drawBars(
	element: HTMLElement,
	bars: readonly { index: number; value: number }[],
	xLabel: string
): Promise<void> {
	const look = { xLabel, yLabel: 'weights', height: 180, fontSize: 11, color: 'var(--server)' };
	await barchart(element, [...bars], look);
}

export function drawTable(
	element: HTMLElement,
	headers: readonly string[],
	values: readonly (readonly (string | number)[])[]
): void {
	table(element, { headers: [...headers], values: values.map((row) => [...row]) });
}
