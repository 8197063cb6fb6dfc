/** Digits as a model reads them, in the order in which a reader wants to see them. */
import type { DigitReading } from '../../federated/observation';

export interface ReadDigit {
	/** Its place among the held-out digits. */
	place: number;
	label: number;
	predicted: number;
	isRight: boolean;
}

/** Mistakes first; otherwise as they were written. */
export function sortReading({ labels, predicted }: DigitReading): ReadDigit[] {
	const digits = Array.from(labels, (label, place) => ({
		place,
		label,
		predicted: predicted[place],
		isRight: label === predicted[place]
	}));
	return digits.sort((a, b) => Number(a.isRight) - Number(b.isRight) || a.place - b.place);
}
