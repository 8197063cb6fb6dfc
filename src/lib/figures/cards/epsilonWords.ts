/** What an epsilon is worth, in words. The steps are the tiers of Ponomareva et al. 2023 (arXiv 2303.00654). */
import type { PrivacySpent } from '../../federated/privacySpent';
import { formatThreePlaces } from '../../ui/format';

/** As many digits as the figure deserves: more of them are nobody's to tell. */
export function formatEpsilon(epsilon: number): string {
	return epsilon === 0 ? '0' : formatThreePlaces(epsilon);
}

/** As much of a round as says what it has cost. */
type Spending = { privacy: PrivacySpent | null };

/** What a run has promised at most by this round: "∞" where that is nothing, "–" before its first. */
export function wordBound(last: Spending | null): string {
	if (!last) return '–';
	const bound = last.privacy?.epsilonRdp ?? null;
	return bound === null ? '∞' : formatEpsilon(bound);
}

/** The tight figure, where one is known; "–" elsewhere. */
export function wordTight(last: Spending | null): string {
	const tight = last?.privacy?.epsilonTight ?? null;
	return tight === null ? '–' : formatEpsilon(tight);
}

/** One sentence for any epsilon from 0 to infinity. */
export function wordEpsilon(epsilon: number): string {
	if (epsilon < 1) return 'Below 1 the promise is strong.';
	if (epsilon <= 10) return 'From 1 to 10 the promise is weaker, and useful in practice.';
	if (epsilon < 100) return 'Above 10 the promise is weak.';
	return 'In the hundreds it is no protection worth the name.';
}

/** What a promise of this epsilon and delta is worth to one of so many clients. */
export function wordPromise(epsilon: number, delta: number, numClients: number): string {
	return delta * numClients < 1
		? wordEpsilon(epsilon)
		: `With a delta of 1/${numClients} or more, the promise may fail for somebody altogether: choose a smaller one.`;
}

/** What is bounded, for each way in which two neighbouring federations may differ. */
export const promises: Readonly<Record<PrivacySpent['adjacency'], string>> = {
	'add or remove one client':
		'It bounds how well anybody who sees the models can tell whether a certain person took part.',
	'replace one client':
		'It bounds how well anybody who sees the models can tell which of two persons took part.',
	'replace one update':
		'It bounds how well anybody, the server included, can tell what a person sent.'
};
