/**
 * What a round's record weighs, and its thin form. A whole round of 30 clients under masks weighs about 320 kB, one
 * of 10 clients in the clear 12 kB; older rounds keep who took part, losses, norms, bytes, metrics and the model's
 * pictures. All 289 writers in the clear fill the budget in 50 rounds, and from there on a run grows little.
 */
import { maskBytes } from '../federated/maskColumns';
import type { ClientRound, RoundRecord, UpdateView } from './roundRecord';

export const PICTURE_BUDGET_BYTES = 16e6;

/** An object with its few numbers and references, roughly. */
const OBJECT_BYTES = 200;

/** What thinning the record would free, in bytes, roughly. */
export function recordBytes({ clients, server, masks, isThinned }: RoundRecord): number {
	if (isThinned) return 0;
	const views = [...clients.flatMap(viewsOf), ...server.runningSums, ...server.plainSums];
	const numSteps = clients.reduce((sum, { stepLosses }) => sum + stepLosses.length, 0);
	return (
		views.reduce((sum, { picture }) => sum + picture.pixels.byteLength + 2 * OBJECT_BYTES, 0) +
		4 * numSteps +
		(masks ? maskBytes(masks) : 0)
	);
}

/** The record without the pictures of its updates. */
export function thinRecord(record: RoundRecord): RoundRecord {
	return {
		...record,
		clients: record.clients.map((client) => ({ ...client, stepLosses: [], ...noViews })),
		masks: null,
		server: { ...record.server, runningSums: [], plainSums: [] },
		isThinned: true
	};
}

const noViews = { trained: null, clipped: null, noised: null, masked: null } as const;

function viewsOf({ trained, clipped, noised, masked }: ClientRound): UpdateView[] {
	return [trained, clipped, noised, masked].filter((view) => view !== null);
}
