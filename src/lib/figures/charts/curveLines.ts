/** Curves in words: their values in a round, and their names in a picture that is saved. */
import { newestRoundOf, pointAt, type Curve, type CurveRole } from '../../scene/curves';
import type { PictureLine } from '../export/pictureFile';

const colours: Partial<Record<CurveRole, string>> = {
	federated: 'var(--server-text)',
	live: 'var(--server-text)',
	training: 'var(--learning-text)',
	epsilonBound: 'var(--noise-text)',
	epsilonTight: 'var(--noise-text)'
};

/** Classes of a curve's line, on the page and in a saved picture: see curves.css. */
export function curveClass({ role, letter }: Pick<Curve, 'role' | 'letter'>): string {
	return letter ? `curve ${role} pin-${letter}` : `curve ${role}`;
}

/** The value of a curve in a round, or its newest before that: "round 40: 91.5 %". */
export function wordValue(
	curve: Curve,
	roundNum: number,
	formatValue: (value: number) => string
): string {
	const point = pointAt(curve, roundNum);
	if (!point) return '–';
	const value = formatValue(point.value);
	return curve.isLevel || point.roundNum === roundNum ? value : `round ${point.roundNum}: ${value}`;
}

/**
 * The most important curve first, in its colour and with its value in that round, the newest where null; curves
 * without points are left out.
 */
export function curveLines(
	curves: readonly Curve[],
	markedRound: number | null,
	formatValue: (value: number) => string
): PictureLine[] {
	const roundNum = markedRound ?? newestRoundOf(curves);
	return curves
		.filter(({ points }) => points.length > 0)
		.toReversed()
		.map((curve) => {
			const { role, name, letter } = curve;
			const value = wordValue(curve, roundNum, formatValue);
			return {
				text: `${letter ? `${letter}  ` : ''}${name} · ${value}`,
				stroke: curveClass(curve),
				colour: letter ? `var(--pin-${letter.toLowerCase()})` : (colours[role] ?? 'var(--ink-soft)')
			};
		});
}
