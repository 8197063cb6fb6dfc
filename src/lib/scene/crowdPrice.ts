/**
 * What the same noise on the mean costs in crowds of different sizes. A round asks a fixed share of the crowd, m
 * clients of N; noise of standard deviation `noiseOnMean` clips on the mean is a noise multiplier of m times that
 * on the sum, so a large crowd buys a small epsilon with noise that a small crowd would drown in.
 */
import { rdpEpsilon } from '../privacy/accountant';

export interface CrowdQuery {
	/** Share of the crowd that a round asks, above 0 and at most 1. */
	samplingRate: number;
	/** Standard deviation of the noise on the mean update, in units of the clip. */
	noiseOnMean: number;
	rounds: number;
	delta: number;
}

export interface CrowdPrice {
	numClients: number;
	/** Expected clients in a round, at least 1. */
	cohortSize: number;
	noiseMultiplier: number;
	/** At most this much, by Renyi DP. */
	epsilon: number;
}

export function crowdPrice(
	{ samplingRate, noiseOnMean, rounds, delta }: CrowdQuery,
	numClients: number
): CrowdPrice {
	const cohortSize = Math.max(1, samplingRate * numClients);
	const noiseMultiplier = noiseOnMean * cohortSize;
	const query = { samplingRate: cohortSize / numClients, noiseMultiplier, rounds, delta };
	return { numClients, cohortSize, noiseMultiplier, epsilon: rdpEpsilon(query).epsilon };
}

/** Crowds from 30 to 100,000 people, evenly spaced on a logarithmic scale. */
export const crowdSizes: readonly number[] = Array.from({ length: 36 }, (_, i) =>
	Math.round(30 * (100_000 / 30) ** (i / 35))
);
