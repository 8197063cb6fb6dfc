/** Work on the page that takes longer than a frame: a piece of it now, and one in each frame that has time. */
import { createPatientClock, type PlayClock } from './playClock';

/** What a piece may take. */
const PIECE_MS = 5;

export interface PieceTools {
	clock?: PlayClock;
	readMs?: () => number;
}

/** Runs the work up to its end, wherever it gives way in between. The result stops it before its next piece. */
export function inPieces<Result>(
	work: Iterator<void, Result>,
	ondone: (result: Result) => void,
	{ clock = createPatientClock(), readMs = () => performance.now() }: PieceTools = {}
): () => void {
	let cancel = () => {};
	(function goOn() {
		const end = readMs() + PIECE_MS;
		let step = work.next();
		while (!step.done && readMs() < end) step = work.next();
		if (step.done) ondone(step.value);
		else cancel = clock.onFrame(goOn);
	})();
	return () => cancel();
}
