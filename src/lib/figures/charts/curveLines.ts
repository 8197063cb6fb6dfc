/** The names of curves for a picture that is saved: in their colours, with their newest values. */
import type { Curve, CurveRole } from '../../scene/curves';
import type { PictureLine } from '../export/pictureFile';

const colours: Partial<Record<CurveRole, string>> = {
	federated: 'var(--server-text)',
	live: 'var(--server-text)',
	training: 'var(--learning-text)',
	epsilonBound: 'var(--noise-text)',
	epsilonTight: 'var(--noise-text)'
};

/** The most important curve first; curves without points are left out. */
export function curveLines(
	curves: readonly Curve[],
	formatValue: (value: number) => string
): PictureLine[] {
	return curves
		.filter(({ points }) => points.length > 0)
		.toReversed()
		.map(({ role, name, letter, points }) => ({
			text: `${letter ? `${letter}  ` : ''}${name}  ${formatValue(points[points.length - 1].value)}`,
			colour: letter ? `var(--pin-${letter.toLowerCase()})` : (colours[role] ?? 'var(--ink-soft)')
		}));
}
