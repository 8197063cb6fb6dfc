/** Command line arguments of the privacy accountant. */
import { parseArgs } from 'node:util';
import { checkPrivacyQuery, type PrivacyQuery } from '../lib/privacy/accountant';
import { checkTargetEpsilon, type CohortQuery, type NoiseQuery } from '../lib/privacy/solve';
import { firstSentence, withSeparatedValues } from './arguments';

/** What to compute, or the sentence that says why nothing is. */
export type ParsedEpsilonArguments =
	| { kind: 'cost'; query: PrivacyQuery }
	| { kind: 'noise'; query: NoiseQuery }
	| { kind: 'cohort'; query: CohortQuery }
	| { kind: 'help' }
	| { kind: 'refused'; sentence: string };

const numberOptions = {
	samplingRate: 'a number from 0 to 1',
	noiseMultiplier: 'a number of 0 or more',
	rounds: 'a whole number of 0 or more',
	delta: 'a number above 0 and below 1',
	targetEpsilon: 'a number above 0',
	numClients: 'a whole number above 0',
	noiseOnMean: 'a number above 0'
} as const;
type NumberOption = keyof typeof numberOptions;

export function parseEpsilonArguments(argv: readonly string[]): ParsedEpsilonArguments {
	try {
		const names = Object.keys(numberOptions).map((name) => [name, { type: 'string' as const }]);
		const help = { type: 'boolean' as const, short: 'h' };
		const options = { ...Object.fromEntries(names), help };
		const args = withSeparatedValues(argv);
		const values: Record<string, unknown> = parseArgs({ args, options }).values;
		return values.help ? { kind: 'help' } : readQuery(values);
	} catch (error) {
		const isRange = error instanceof RangeError;
		const hint = isRange ? '' : ' (--help lists all options)';
		return { kind: 'refused', sentence: `${firstSentence(error)}${hint}` };
	}
}

/** @throws RangeError one sentence on the first value that cannot be used. */
function readQuery(values: Record<string, unknown>): ParsedEpsilonArguments {
	const read = (name: NumberOption): number => {
		const text = values[name];
		const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
		if (!Number.isNaN(value)) return value;
		const got = text === undefined ? 'nothing' : `"${String(text)}"`;
		throw new RangeError(`${name}: expected ${numberOptions[name]}, got ${got}`);
	};
	if (values.numClients !== undefined || values.noiseOnMean !== undefined) {
		if (values.samplingRate !== undefined || values.noiseMultiplier !== undefined)
			throw new RangeError(
				'numClients: expected neither samplingRate nor noiseMultiplier beside it, got both'
			);
		const query = {
			numClients: read('numClients'),
			noiseOnMean: read('noiseOnMean'),
			rounds: read('rounds'),
			delta: read('delta'),
			targetEpsilon: read('targetEpsilon')
		};
		checkPrivacyQuery({ rounds: query.rounds, delta: query.delta });
		return { kind: 'cohort', query };
	}
	const shared = {
		samplingRate: read('samplingRate'),
		rounds: read('rounds'),
		delta: read('delta')
	};
	if (values.targetEpsilon === undefined) {
		const query = { ...shared, noiseMultiplier: read('noiseMultiplier') };
		checkPrivacyQuery(query);
		return { kind: 'cost', query };
	}
	if (values.noiseMultiplier !== undefined)
		throw new RangeError('targetEpsilon: expected no noiseMultiplier beside it, got both');
	const query = { ...shared, targetEpsilon: read('targetEpsilon') };
	checkPrivacyQuery(shared);
	checkTargetEpsilon(query.targetEpsilon);
	return { kind: 'noise', query };
}

/** The text of --help. */
export function describeEpsilonArguments(): string {
	return `Says how much privacy a run costs: epsilon, for one client joining or leaving.

  npm run epsilon -- --samplingRate 0.1 --noiseMultiplier 1 --rounds 100 --delta 1e-3
  npm run epsilon -- --samplingRate 0.1 --targetEpsilon 2 --rounds 100 --delta 1e-3
  npm run epsilon -- --numClients 3400 --noiseOnMean 0.02 --targetEpsilon 2 --rounds 100 --delta 1e-4

  --samplingRate R      Chance that a client takes part in a round, ${numberOptions.samplingRate}.
                        Each client is drawn on its own (Poisson sampling); for cohorts of a
                        fixed size the figures do not hold.
  --noiseMultiplier Z   Sd of the noise on the sum of updates, in units of the clip, ${numberOptions.noiseMultiplier}.
  --rounds N            Rounds of the run, ${numberOptions.rounds}.
  --delta D             Chance of failure, ${numberOptions.delta}.
  --targetEpsilon E     Instead of the multiplier: the epsilon that is wished, ${numberOptions.targetEpsilon}.
                        Answers with the least multiplier that keeps the tight epsilon there
                        (noiseMultiplier), and the RDP bound (noiseMultiplierRdp).
  --numClients N        With --noiseOnMean and --targetEpsilon: the clients of the federation,
                        ${numberOptions.numClients}. Answers with the smallest cohort that keeps the tight epsilon there.
  --noiseOnMean S       Noise on the mean update, in units of the clip, ${numberOptions.noiseOnMean}: it stays what it is.
  --help                This text.

Prints JSON: epsilonRdp ("at most", with its Renyi order), epsilonTight, and what was asked.
`;
}
