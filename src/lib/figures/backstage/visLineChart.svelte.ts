/**
 * tfjs-vis behind an attachment. Its charts compile a Vega view at each drawing, which can take longer than a
 * frame: so it is loaded at the first drawing, draws one chart at a time, nearly in sight, when the page is idle,
 * and never during a run.
 */
import type { Attachment } from 'svelte/attachments';
import type * as VisLibrary from './tfjsVis';
import { createQueue } from './workQueue';

export interface VisChart {
	/** Name and CSS colour of each line. */
	series: readonly { name: string; color: string }[];
	/** One list a line, equally long; index 0 lies at x = 0, null leaves a gap. */
	values: readonly (readonly (number | null)[])[];
	xLabel: string;
	yLabel: string;
	height: number;
	/** Tells the charts of one run from those of another. */
	run: object;
}

/** Draws the chart into the element whenever `chart` gives another one; null leaves the old one. `ondrawn` hears of each. */
export function visLineChart(
	chart: () => VisChart | null,
	ondrawn: (drawn: VisChart) => void = () => {}
): Attachment<HTMLElement> {
	return visDrawing(() => {
		const wanted = chart();
		return (
			wanted &&
			(async (library, element) => {
				await library.drawLineChart(element, wanted);
				ondrawn(wanted);
			})
		);
	});
}

/** Charts of this page, one at a time. */
const inTurn = createQueue(idle, (error) => reportError(error));

type Drawing = (library: typeof VisLibrary, element: HTMLElement) => Promise<void> | void;

/** Carries out the drawing whenever there is another one, or another width for it; null leaves what was drawn. */
export function visDrawing(drawing: () => Drawing | null): Attachment<HTMLElement> {
	return (element) => {
		let width = $state(element.clientWidth);
		const observer = new ResizeObserver(() => (width = element.clientWidth));
		observer.observe(element);
		$effect(() => () => observer.disconnect());
		$effect(() => {
			const draw = drawing();
			if (!draw || width === 0) return;
			return whenSeen(element, () =>
				inTurn(
					() => import('./tfjsVis'),
					(library) => draw(library, element)
				)
			);
		});
	};
}

/** How far below or above the window a drawing begins, so that nobody scrolls to an empty frame. */
const AHEAD = '200px 0px';

/** Begins once the element is nearly in sight; the result cancels it and what it began. */
function whenSeen(element: HTMLElement, begin: () => () => void): () => void {
	let cancel = () => {};
	const observer = new IntersectionObserver(
		(entries) => {
			if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
			observer.disconnect();
			cancel = begin();
		},
		{ rootMargin: AHEAD }
	);
	observer.observe(element);
	return () => {
		observer.disconnect();
		cancel();
	};
}

/** The page has nothing better to do; soon in any case. */
function idle(): Promise<unknown> {
	return new Promise((resolve) => {
		// Safari has no idle callbacks.
		if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout: 1500 });
		else setTimeout(resolve, 200);
	});
}
