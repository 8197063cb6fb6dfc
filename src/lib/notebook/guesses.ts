/** Words about a guessed number and the computed one. */
import type { NumberAnswer } from '../lessons/document';
import { formatPercent, formatWholePercent } from '../ui/format';

type Scale = Pick<NumberAnswer, 'unit' | 'min' | 'max' | 'step'>;

/** Within this share of the scale a guess counts as close. */
const CLOSE_SHARE = 0.05;

/** Shares read as percentages, with decimals only where they say something. */
export function formatGuess(value: number, { unit, step }: Scale): string {
	if (unit === 'percent') {
		return Number.isInteger(Math.round(value * 1e6) / 1e4) && step >= 0.01
			? formatWholePercent(value)
			: formatPercent(value);
	}
	const digits = Math.max(0, Math.ceil(-Math.log10(step)));
	return value.toLocaleString('en', { maximumFractionDigits: digits });
}

export function judgeGuess(guess: number, computed: number, { min, max }: Scale): string {
	const distance = Math.abs(guess - computed) / (max - min);
	if (distance <= CLOSE_SHARE) return 'Close.';
	return guess > computed ? 'Less than you said.' : 'More than you said.';
}
