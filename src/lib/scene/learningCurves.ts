/** Which curves a run has so far: the federation beside its baselines, on one of two populations. */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';
import type { Curve, CurvePoint } from './curves';

/** Populations that no client belongs to. */
export type TestPopulation = 'unseen' | 'students';

/** Another run in the same picture. */
export interface ComparedRun {
	/** By what differs from the others: "cohort 30". */
	name: string;
	/** Pinned runs have one. */
	letter: string | null;
	config: DropoutSettings;
	metrics: readonly RoundMetrics[];
}

/** What decides how a run loses clients. */
export type DropoutSettings = Pick<RunConfig, 'dropout' | 'secureAggregation'>;

/** What the curves of the run on stage are called beside others. */
export interface Comparison {
	/** Of the run on stage, by what differs; null while nothing is beside it. */
	name: string | null;
	/** Who trained alone: "writer" or "client". */
	noun: string;
	/** Rounds of the run on stage: with the last of them, everybody who trains alone has. */
	numRounds: number;
	hasBaselines: boolean;
	/** Of the run on stage. */
	config: DropoutSettings;
	others: readonly ComparedRun[];
}

const nothingElse: Comparison = {
	name: null,
	noun: 'writer',
	numRounds: 0,
	hasBaselines: true,
	config: { dropout: 0, secureAggregation: false },
	others: []
};

/** Accuracy of the federation and of both baselines; those who train alone are measured on unseen writers only. */
export function accuracyCurves(
	metrics: readonly RoundMetrics[],
	population: TestPopulation,
	comparison = nothingElse
): Curve[] {
	return [
		...(population === 'unseen' ? [aloneCurve(metrics, comparison)] : []),
		{
			role: 'centralized',
			name: 'all data in one place',
			points: points(metrics, ({ centralized }) => centralized?.[population].accuracy)
		},
		...otherCurves(comparison, ({ evaluation }) => evaluation?.[population].accuracy),
		{
			role: 'federated',
			name: federatedName(comparison),
			points: points(metrics, ({ evaluation }) => evaluation?.[population].accuracy)
		}
	];
}

function otherCurves(
	{ others }: Comparison,
	valueOf: (metrics: RoundMetrics) => number | null | undefined
): Curve[] {
	return others.map(({ name, letter, metrics }) => ({
		role: letter === null ? 'live' : 'pinned',
		name: nameOther({ name, letter }),
		...(letter === null ? {} : { letter }),
		points: points(metrics, valueOf)
	}));
}

/** Beside its letter, where it has one. */
export function nameOther({ name, letter }: Pick<ComparedRun, 'name' | 'letter'>): string {
	return letter === null ? `live: ${name}` : name;
}

function federatedName({ name }: Comparison): string {
	return name === null ? 'federated' : `federated, ${name}`;
}

/** Level, as it is a mean over a few more clients from time to time, each of them fully trained. */
function aloneCurve(metrics: readonly RoundMetrics[], comparison: Comparison): Curve {
	return {
		role: 'localOnly',
		name: `each ${nameAlone(metrics, comparison)}`,
		points: points(metrics, ({ localOnly }) => localOnly?.unseenAccuracy),
		isLevel: true
	};
}

/** "writer alone, mean of 12 so far"; a mean of all of them once the run is complete. */
export function nameAlone(
	metrics: readonly RoundMetrics[],
	{ noun, numRounds }: Pick<Comparison, 'noun' | 'numRounds'>
): string {
	const numAlone = metrics.findLast(({ localOnly }) => localOnly)?.localOnly?.numClients;
	const isComplete = metrics.length >= numRounds;
	const mean = numAlone ? `, mean of ${numAlone}${isComplete ? '' : ' so far'}` : '';
	return `${noun} alone${mean}`;
}

/** Cross-entropy: the clients' own while they train, and both models on the population. */
export function lossCurves(
	metrics: readonly RoundMetrics[],
	population: TestPopulation,
	comparison = nothingElse
): Curve[] {
	return [
		{
			role: 'training',
			name: 'clients, while training',
			points: points(metrics, ({ trainLoss }) => trainLoss)
		},
		{
			role: 'centralized',
			name: 'all data in one place',
			points: points(metrics, ({ centralized }) => centralized?.[population].loss)
		},
		...otherCurves(comparison, ({ evaluation }) => evaluation?.[population].loss),
		{
			role: 'federated',
			name: federatedName(comparison),
			points: points(metrics, ({ evaluation }) => evaluation?.[population].loss)
		}
	];
}

/** Privacy spent: what is promised at most, and the tight figure where one is known. */
export function epsilonCurves(metrics: readonly RoundMetrics[]): Curve[] {
	return [
		{
			role: 'epsilonBound',
			name: 'at most',
			points: points(metrics, ({ privacy }) => privacy?.epsilonRdp)
		},
		{
			role: 'epsilonTight',
			name: 'tight',
			points: points(metrics, ({ privacy }) => privacy?.epsilonTight)
		}
	];
}

/** From 0 to a round number above every epsilon. */
export function epsilonDomain(curves: readonly Curve[]): [number, number] {
	const values = curves.flatMap((curve) => curve.points.map((point) => point.value));
	return [0, Math.max(1, Math.ceil(Math.max(0, ...values) * 1.1))];
}

/** From a round lower than every accuracy to 1; at least the upper half is shown. */
export function accuracyDomain(curves: readonly Curve[]): [number, number] {
	const values = curves.flatMap((curve) => curve.points.map((point) => point.value));
	return [Math.max(0, Math.floor(Math.min(0.5, ...values) * 10) / 10), 1];
}

/** From 0 to a little above every loss. */
export function lossDomain(curves: readonly Curve[]): [number, number] {
	const values = curves.flatMap((curve) => curve.points.map((point) => point.value));
	return [0, Math.max(0.5, Math.ceil(Math.max(0, ...values) * 10) / 10)];
}

function points(
	metrics: readonly RoundMetrics[],
	valueOf: (metrics: RoundMetrics) => number | null | undefined
): CurvePoint[] {
	return metrics.flatMap((round) => {
		const value = valueOf(round);
		return value === null || value === undefined ? [] : [{ roundNum: round.round, value }];
	});
}
