import { describe, expect, it } from 'vitest';
import { defaultConfig, type RunConfig } from '../../../src/lib/federated/config';
import { curveOnly } from '../../../src/lib/federated/experiments/sweepConfigs';
import { describeInterventions } from '../../../src/lib/figures/experiments/interventionWords';
import { liveSentence, seconds } from '../../../src/lib/figures/experiments/liveWords';
import { settingChips } from '../../../src/lib/figures/experiments/settingChips';
import {
	bestRows,
	sweepFigures,
	sweepRemarks,
	sweepRows,
	sweepToCsv,
	sweepToJson,
	wordProgress,
	wordUnfinished
} from '../../../src/lib/figures/experiments/sweepRows';
import {
	sharedSettings,
	sweepPictureLines,
	sweepShortcuts
} from '../../../src/lib/figures/experiments/sweepSettings';
import { formatBytes, formatLoss, formatPercent } from '../../../src/lib/ui/format';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const { metrics } = await finishRun(createTinyServer(), tinyConfig);
const entry = { ...configured(tinyConfig), numRounds: 3, metrics, isComplete: true };

function configured(config: RunConfig) {
	return { config, ran: curveOnly(config) };
}

describe('the sentence about live runs', () => {
	const situation = { numRounds: 60, accuracy: null, isHeld: false, isSweeping: false };

	it('says what is going on, or what it waits for', () => {
		const drawing = { kind: 'drawing', numRounds: 12 } as const;
		expect(liveSentence({ ...situation, status: drawing })).toBe('Round 12 of 60.');
		expect(liveSentence({ ...situation, status: drawing, accuracy: 0.8 })).toBe(
			'Unseen writers 80.0\u00a0%. Round 12 of 60.'
		);
		expect(liveSentence({ ...situation, isHeld: true, status: drawing })).toContain('Waits while');
		expect(liveSentence({ ...situation, isSweeping: true, status: drawing })).toContain('sweep');
	});

	it('says how long a slow run would take', () => {
		const slow = { kind: 'slow', ms: 12_340 } as const;
		expect(liveSentence({ ...situation, status: slow })).toContain('about 12\u00a0s');
		expect(seconds(840)).toBe('0.8\u00a0s');
		expect(seconds(300_000)).toBe('5\u00a0min');
	});
});

describe('the chips of the settings', () => {
	const texts = (change: object) =>
		settingChips({ ...defaultConfig, ...change }).map(({ text }) => text);

	it('tell what every run has, each once', () => {
		const chips = texts({});
		expect(chips).toContain('289 writers');
		expect(chips).toContain('1 epoch · batch 10 · rate 0.1');
		expect(new Set(chips).size).toBe(chips.length);
	});

	it('tell how digits are dealt, and what disturbs the run', () => {
		expect(texts({ partition: 'shards' })).toContain('2 shards each');
		expect(texts({ partition: 'dirichlet', alpha: 0.1 })).toContain('Dirichlet 0.1');
		expect(texts({ dropout: 0.5 })).toContain('drop-outs 50\u00a0%');
		expect(texts({ algorithm: 'fedsgd' })).toContain('one step');
	});
});

describe('the table of a sweep', () => {
	it('tells what waits from what was stopped or never ran', () => {
		const half = { ...entry, config: { ...tinyConfig, rounds: 6 }, isComplete: false };
		const none = { ...half, numRounds: 0 };
		expect([half, none].map((run) => wordProgress(run, true))).toEqual(['round 3 of 6', 'waiting']);
		expect([half, none].map((run) => wordProgress(run, false))).toEqual([
			'stopped after 3 of 6',
			'not run'
		]);
	});

	it('never says 100 % of a sweep that is not over', () => {
		const shares = [87 / 300, 0.995, 1].map(wordUnfinished);
		expect(shares).toEqual(['29\u00a0%', '99\u00a0%', '99\u00a0%']);
	});

	it('tells a run that promises nothing from one that has not run', () => {
		const last = metrics.at(-1)!;
		const spent = {
			epsilonTight: null,
			delta: 1e-3,
			adjacency: 'replace one client',
			clip: 1
		} as const;
		const bounds = [null, 3.456].map((epsilonRdp) => ({
			...last,
			privacy: { ...spent, epsilonRdp }
		}));
		const rows = bounds.map((final) => ({ run: entry, value: '', name: '', final }));
		const bound = sweepFigures(rows).find(({ name }) => name === 'ε at most');
		expect([null, ...bounds].map((final) => bound?.word(final))).toEqual(['–', '∞', '3.46']);
	});

	it('has a figure for each column, of ε only where somebody promises something', () => {
		const rows = sweepRows('cohortSize', [entry, { ...entry, isComplete: false }]);
		const figures = sweepFigures(rows);
		expect(figures.map(({ name }) => name)).toEqual([
			'unseen writers',
			'high school',
			'worst tenth',
			'loss',
			'sent to train'
		]);
		const [complete, other] = rows.map(({ final }) => figures.map(({ word }) => word(final)));
		const last = metrics.at(-1)!;
		const { unseen, students, worstTenth } = last.evaluation!;
		const shares = [unseen.accuracy, students.accuracy, worstTenth].map(formatPercent);
		expect(complete).toEqual([...shares, formatLoss(unseen.loss), formatBytes(last.trainingBytes)]);
		expect(other).toEqual(['–', '–', '–', '–', '–']);
	});

	it('says that a noise multiplier of 0 is not the run without noise', () => {
		const silent = { ...entry, ...configured({ ...tinyConfig, noiseMultiplier: 0 }) };
		const rows = sweepRows('noiseMultiplier', [silent]);
		expect(sweepRemarks('noiseMultiplier', rows)).toEqual([expect.stringContaining('still clips')]);
		expect(sweepRemarks('cohortSize', sweepRows('cohortSize', [silent]))).toEqual([]);
	});

	it('calls all those best that so many digits cannot tell apart', () => {
		const last = metrics.at(-1)!;
		const read = (accuracy: number) => {
			const unseen = { ...last.evaluation!.unseen, accuracy, numExamples: 2500 };
			const final = { ...last, evaluation: { ...last.evaluation!, unseen } };
			return { run: entry, value: String(accuracy), name: '', final };
		};
		// One standard error of 0.9 over 2,500 digits is sqrt(0.9 * 0.1 / 2500) = 0.006.
		const rows = [0.9, 0.895, 0.893].map(read);
		expect(bestRows(rows).rows.map(({ value }) => value)).toEqual(['0.9', '0.895']);
		expect(bestRows(rows).error).toBeCloseTo(0.006, 9);
		expect(sweepRemarks('cohortSize', rows)[0]).toMatch(
			/^2 runs read best, .*0\.6.%\) of the highest/
		);
		expect(bestRows([{ ...rows[0], final: null }]).rows).toEqual([]);
	});

	it('says where its runs are measured less than on stage, and only there', () => {
		const words = (...changes: object[]) =>
			sweepShortcuts(
				changes.map((change) => ({ ...entry, ...configured({ ...tinyConfig, ...change }) }))
			);
		const bare = { baselines: false, evaluateEvery: 1 };
		expect(words(bare)).toBe('');
		expect(words({ ...bare, rounds: 40, evaluateEvery: 2 })).toBe('');
		expect(words({ ...bare, baselines: true })).toContain('stage: without baselines. What');
		expect(words({ ...bare, rounds: 40 })).toContain('stage: evaluated every 2\u00a0rounds. What');
		expect(words({ rounds: 20, baselines: true }, { rounds: 60, baselines: true })).toContain(
			'without baselines, evaluated every 1 to 3\u00a0rounds.'
		);
	});

	it('has the last round of complete runs, and no figure of others', () => {
		const rows = sweepRows('cohortSize', [entry, { ...entry, isComplete: false }]);
		expect(rows[0]).toMatchObject({ value: '5', name: 'cohort 5', final: metrics.at(-1) });
		expect(rows[1].final).toBeNull();
	});

	it('names every other setting that has an effect, as it ran', () => {
		const settings = sharedSettings('cohortSize', [entry]).map(({ label, value }) => ({
			label,
			value
		}));
		const labels = settings.map(({ label }) => label);
		expect(labels).not.toContain('Cohort size');
		expect(labels).not.toContain('Dirichlet alpha');
		expect(settings).toContainEqual({ label: 'Clients', value: '12' });
		expect(settings).toContainEqual({ label: 'Baselines', value: 'off' });
	});

	it('calls shared what is the same in every run, and has an effect in one', () => {
		const labels = (name: 'rounds' | 'dp', ...changes: object[]) =>
			sharedSettings(
				name,
				changes.map((change) => ({ ...entry, ...configured({ ...tinyConfig, ...change }) }))
			).map(({ label }) => label);
		expect(labels('rounds', { rounds: 20 }, { rounds: 60 })).not.toContain('Evaluate every');
		expect(labels('dp', { dp: 'none' }, { dp: 'central' })).toContain('Clip');
	});

	it('takes epsilon and the settings along into a saved picture', () => {
		const words = (entries: (typeof entry)[]) =>
			sweepPictureLines('noiseMultiplier', sweepRows('noiseMultiplier', entries), entries).map(
				({ text }) => text
			);
		const clear = words([entry]);
		expect(clear.slice(0, 2)).toEqual(['unseen writers', 'worst tenth']);
		expect(clear[2]).toMatch(/^seed \d+, .*12 clients, .*cohort 5, .*baselines off/);
		expect(clear).toHaveLength(3);
		const privacy = {
			...{ epsilonRdp: 3.456, epsilonTight: null, delta: 1e-3, clip: 1 },
			adjacency: 'replace one client'
		} as const;
		const noisy = {
			...entry,
			...configured({ ...tinyConfig, dp: 'central', noiseMultiplier: 2 }),
			metrics: metrics.map((round) => ({ ...round, privacy }))
		};
		expect(words([noisy, { ...noisy, isComplete: false }])[2]).toBe('ε at most: 3.46 (2)');
		expect(words([noisy])[3]).toContain('delta 0.001');
	});

	it('exports every measured round with its settings', () => {
		const [head, ...lines] = sweepToCsv('cohortSize', [entry]).trimEnd().split('\r\n');
		expect(lines).toHaveLength(3);
		expect(head).toMatch(/^run,seed,/);
		expect(lines[2]).toMatch(/^cohort 5,/);
		const column = head.split(',').indexOf('evaluation.unseen.accuracy');
		const last = metrics.at(-1)?.evaluation?.unseen.accuracy;
		expect(lines[2].split(',')[column]).toBe(String(last));
		const parsed = JSON.parse(sweepToJson('cohortSize', [entry])) as {
			runs: { config: object; metrics: object[] }[];
		};
		expect(parsed.runs[0].metrics).toEqual(metrics);
		expect(parsed.runs[0].config).toMatchObject({ numClients: 12, baselines: false });
	});
});

it('says who was silenced by hand, and nothing where nobody was', () => {
	expect(describeInterventions(metrics)).toEqual([]);
	const silenced = [{ ...metrics[0], silencedByHand: [3, 7] }];
	expect(describeInterventions(silenced)).toEqual([
		'In round 1, clients 3, 7 fell silent by hand.'
	]);
});
