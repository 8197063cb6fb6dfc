/** The losses of one client as a trail of dots from its first round to its latest. */
import { extent, line, scaleLinear } from 'd3';
import { clientIn } from './recordMemory';
import type { RoundRecord } from './roundRecord';

export interface LossDot {
	roundNum: number;
	loss: number;
	/** Centre in pixels. */
	x: number;
	y: number;
	/** The first and the last dot carry their value. */
	isNamed: boolean;
}

/** Room that the dots and the figures above them need, in pixels. */
const MARGIN = { top: 20, side: 4, bottom: 4 };

/** The mean training loss of each of these rounds that the client took part in, in nats. */
export function lossesOf(
	rounds: readonly RoundRecord[],
	clientId: number
): { roundNum: number; loss: number }[] {
	return rounds.flatMap((record) => {
		const loss = clientIn(record, clientId)?.loss ?? null;
		return loss === null ? [] : [{ roundNum: record.roundNum, loss }];
	});
}

export function layLosses(
	points: readonly { roundNum: number; loss: number }[],
	area: { width: number; height: number }
): { dots: LossDot[]; path: string } {
	const [first = 0, last = 1] = extent(points, (point) => point.roundNum);
	const largest = Math.max(1e-9, ...points.map((point) => point.loss));
	const x = scaleLinear([first, last], [MARGIN.side, area.width - MARGIN.side]);
	const y = scaleLinear([0, largest], [area.height - MARGIN.bottom, MARGIN.top]);
	const dots = points.map(({ roundNum, loss }, index) => ({
		roundNum,
		loss,
		x: first === last ? MARGIN.side : x(roundNum),
		y: y(loss),
		isNamed: index === 0 || index === points.length - 1
	}));
	const path = line<LossDot>(
		(dot) => dot.x,
		(dot) => dot.y
	)(dots);
	return { dots, path: path ?? '' };
}
