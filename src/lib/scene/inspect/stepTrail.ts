/** The losses of one client's local steps as a line from its first step to its last. */
import { line, scaleLinear } from 'd3';

export interface StepTrail {
	/** Path through the steps taken. */
	path: string;
	/** Where it has come to, in pixels; null before the first step. */
	end: { x: number; y: number; loss: number } | null;
}

const MARGIN = 5;

/** The scale is that of all steps, so that the line grows and does not stretch. In pixels. */
export function layStepLosses(
	losses: ArrayLike<number>,
	numTaken: number,
	{ width, height }: { width: number; height: number }
): StepTrail {
	const all = Array.from(losses);
	const largest = all.reduce((most, loss) => (loss > most ? loss : most), 1e-9);
	const x = scaleLinear([0, Math.max(1, all.length - 1)], [MARGIN, width - MARGIN]);
	const y = scaleLinear([0, largest], [height - MARGIN, MARGIN]);
	const taken = all.slice(0, numTaken);
	const path = line<number>(
		(_, step) => Math.round(x(step) * 100) / 100,
		(loss) => Math.round(y(loss) * 100) / 100
	).defined(Number.isFinite)(taken);
	const last = taken.length - 1;
	const end =
		last >= 0 && Number.isFinite(taken[last])
			? { x: x(last), y: y(taken[last]), loss: taken[last] }
			: null;
	return { path: path ?? '', end };
}
