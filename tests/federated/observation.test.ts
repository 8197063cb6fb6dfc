/** Observed runs: the same bytes, and views that are what the engine really had. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/lib/federated/config';
import { findPair, pairsOf } from '../../src/lib/federated/maskColumns';
import type { RunEvent } from '../../src/lib/federated/events';
import type { NumberPicture, UpdateView } from '../../src/lib/federated/observation';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTappedServer, outputsIn, secureAnswersIn } from '../fixtures/tappedServer';
import type { FederationServer } from '../../src/lib/workers/federationServer';

const quick = { ...tinyConfig, rounds: 2, dropout: 0.2, baselines: false };
const kinds: Partial<RunConfig>[] = [
	{},
	{ model: '2nn' },
	{ secureAggregation: true },
	{ dp: 'central' },
	{ dp: 'local' },
	{ dp: 'distributed', secureAggregation: true, dropout: 0 }
];

const isObservation = ({ type }: RunEvent) =>
	['ClientObserved', 'MasksObserved', 'SumObserved', 'ModelObserved'].includes(type);

/** As finishRun, observed. */
function observeRun(server: FederationServer, config: RunConfig) {
	return finishRun({ ...server, startRun: (next) => server.startRun(next, true) }, config);
}

function eventsOf<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) {
	return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

/** Pixel i of the softmax picture of a class, out of a flat vector of 7,850 numbers. */
function expectPictureOf(picture: NumberPicture, vector: ArrayLike<number>) {
	const chosen = Number(picture.subject.replace('class ', ''));
	const real = Array.from({ length: 784 }, (_, i) => vector[i * 10 + chosen]);
	expect(picture.scale).toBe(Math.max(...real.map(Math.abs)));
	const off = real.map((value, i) => Math.abs(value - (picture.pixels[i] * picture.scale) / 127));
	expect(Math.max(...off)).toBeLessThanOrEqual(picture.scale / 254 + 1e-12);
	return chosen;
}

function expectSampleOf({ picture, sample }: UpdateView, vector: ArrayLike<number>) {
	const chosen = Number(picture.subject.replace('class ', ''));
	const places = Array.from({ length: sample.length }, (_, i) => (14 * 28 + 11 + i) * 10 + chosen);
	expect(sample).toEqual(places.map((place) => vector[place]));
}

describe('observing a run', () => {
	it.each(kinds)('changes no byte of it (%o)', async (kind) => {
		const config = { ...quick, ...kind };
		const [alone, watched] = [createTinyServer(), createTinyServer(2)];
		const unobserved = await finishRun(alone, config);
		const observed = await observeRun(watched, config);
		expect(bytesOf(observed.params)).toEqual(bytesOf(unobserved.params));
		expect(observed.metrics).toEqual(unobserved.metrics);
		expect(unobserved.events.filter(isObservation)).toEqual([]);
		expect(observed.events.filter(isObservation).length).toBeGreaterThan(2);
		const totals = async (server: FederationServer) => (await server.wireLog()).totals;
		expect(await totals(watched)).toEqual(await totals(alone));
	});
});

describe('what an observer sees in the clear', () => {
	it('is each update as it was trained, with its step losses and its held-out digits', async () => {
		const { server, crossed } = createTappedServer();
		const { events } = await observeRun(server, { ...quick, rounds: 1 });
		const observed = eventsOf(events, 'ClientObserved');
		const trained = eventsOf(events, 'ClientTrained');
		expect(observed.map(({ clientId }) => clientId).sort()).toEqual(
			trained.map(({ clientId }) => clientId).sort()
		);
		for (const { clientId, view } of observed) {
			const { delta } = outputsIn(crossed).find((output) => output.clientId === clientId)!;
			const told = trained.find((event) => event.clientId === clientId)!;
			expectPictureOf(view.trained.picture, delta);
			expectSampleOf(view.trained, delta);
			expect(view.trained.norm).toBeCloseTo(told.deltaNorm, 12);
			expect(view.stepLosses).toHaveLength(told.numSteps);
			const mean = view.stepLosses.reduce((sum, loss) => sum + loss, 0) / told.numSteps;
			expect(mean).toBeCloseTo(told.loss, 5);
			expect([view.clipped, view.noised]).toEqual([null, null]);
			const [{ clients }] = eventsOf(events, 'RunStarted');
			expect(view.heldOut?.numExamples).toBe(clients[clientId].numHeldOut);
		}
	});

	it('is the model before the first round and after each, and the mean that made it', async () => {
		const { server } = createTappedServer();
		const config = { ...quick, rounds: 1 };
		const { events, params } = await observeRun(server, config);
		const [initial, first] = eventsOf(events, 'ModelObserved');
		expect(initial.roundNum).toBe(0);
		expect(initial.pictures.every(({ pixels }) => pixels.every((pixel) => pixel === 0))).toBe(true);
		expect(first.pictures).toHaveLength(10);
		const scale = Math.max(...Array.from(params.subarray(0, 7840)).map((value) => Math.abs(value)));
		for (const [label, { pixels, scale: shown }] of first.pictures.entries()) {
			expect(shown).toBe(scale);
			for (const i of [100, 300, 406, 500]) {
				const shade = (params[i * 10 + label] * 127) / scale;
				expect(Math.abs(pixels[i] - shade)).toBeLessThan(0.501);
			}
		}
		// A softmax model starts at zero and the server's rate is 1: the mean is the model.
		expectSampleOf({ ...first.mean!, sample: first.mean!.sample.map(Math.fround) }, params);
		const [{ name, counts, low, high }] = first.histograms;
		expect(name).toBe('784 × 10');
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7840);
		expect(high).toBe(scale);
		expect(low).toBe(-scale);
	});
});

describe('what an observer sees under differential privacy', () => {
	it('is the clip, and the noise of the client', async () => {
		const { events } = await observeRun(createTinyServer(), {
			...quick,
			dp: 'local',
			clip: 0.05,
			noiseMultiplier: 0.5
		});
		for (const { view } of eventsOf(events, 'ClientObserved')) {
			expect(view.trained.norm).toBeGreaterThan(0.05);
			expect(view.clipped?.norm).toBeCloseTo(0.05, 6);
			expect(view.noised?.norm).toBeGreaterThan(0.5);
			const ratio = view.clipped!.sample[0] / view.trained.sample[0];
			if (view.trained.sample[0]) expect(ratio).toBeCloseTo(0.05 / view.trained.norm!, 4);
		}
	});

	it('is the noise of the server on the mean', async () => {
		const { events } = await observeRun(createTinyServer(), { ...quick, dp: 'central' });
		for (const { roundNum, noised, mean } of eventsOf(events, 'ModelObserved')) {
			if (roundNum > 0) expect(noised!.norm).toBeGreaterThan(mean!.norm!);
		}
	});
});

describe('what an observer sees of masks', () => {
	const config = { ...quick, secureAggregation: true, rounds: 3 };

	it('is what crossed, its running sums, and the plain sum the server never has', async () => {
		const { server, crossed } = createTappedServer();
		const { events } = await observeRun(server, config);
		const answers = secureAnswersIn(crossed);
		for (const { roundNum, clients, runningSums, plainSums } of eventsOf(events, 'MasksObserved')) {
			const inRound = answers.filter((answer) => answer.roundNum === roundNum);
			const vectors = clients.map(({ clientId }) => {
				const masked = inRound.find(
					(answer) => answer.kind === 'maskedInput' && answer.clientId === clientId
				);
				if (masked?.kind !== 'maskedInput') throw new Error('expected a masked input');
				return masked.vector;
			});
			expect(runningSums).toHaveLength(vectors.length);
			expect(plainSums).toHaveLength(vectors.length);
			clients.forEach(({ masked }, i) => {
				expectSampleOf(masked, vectors[i].subarray(1));
				const chosen = Number(masked.picture.subject.replace('class ', ''));
				const bytes = Array.from({ length: 784 }, (_, p) => vectors[i][1 + p * 10 + chosen] >> 24);
				expect([...masked.picture.pixels]).toEqual(bytes);
			});
			const running = new Uint32Array(vectors[0].length);
			runningSums.forEach((view, i) => {
				running.forEach((value, at) => (running[at] = value + vectors[i][at]));
				expectSampleOf(view, running.subarray(1));
			});
		}
	});

	it('is keys and fingerprints of both ends, and masks that cancel', async () => {
		const { events } = await observeRun(createTinyServer(2), config);
		const [{ clients, masks }] = eventsOf(events, 'MasksObserved');
		expect(clients.length).toBeGreaterThan(2);
		for (const { publicKey } of clients) expect(publicKey).toMatch(/^[0-9a-f]{16}$/);
		let numWhole = 0;
		for (const [low, high] of pairsOf(masks)) {
			const { fingerprint, lowFirst, highFirst } = findPair(masks, low, high)!;
			expect(fingerprint).toMatch(/^[0-9a-f]{8}$/);
			for (const first of [lowFirst, highFirst]) {
				expect(first.every((value) => value === 0)).toBe(first.length === 0);
			}
			if (lowFirst.length === 0 || highFirst.length === 0) continue;
			expect(highFirst.map((value, i) => (value + lowFirst[i]) >>> 0)).toEqual([0, 0, 0, 0]);
			numWhole++;
		}
		expect(numWhole).toBeGreaterThan(0);
	});

	it('is a check that every number of the unmasked sum is the plain one, and that can fail', async () => {
		const honest = await observeRun(createTinyServer(), config);
		for (const { numCompared, numDiffering } of eventsOf(honest.events, 'SumObserved')) {
			expect([numCompared, numDiffering]).toEqual([7851, 0]);
		}
		expect(eventsOf(honest.events, 'SumObserved').length).toBeGreaterThan(0);
		const { server } = createTappedServer((answer) => {
			if (answer.kind === 'maskedInput' && answer.roundNum === 1) answer.vector[5]++;
		});
		const tampered = await observeRun(server, { ...config, dropout: 0, rounds: 1 });
		expect(eventsOf(tampered.events, 'SumObserved')).toMatchObject([{ numDiffering: 1 }]);
	});

	it('is a look at the unmasked sum itself, not at the plain one', async () => {
		const looksOf = async (server: ReturnType<typeof createTinyServer>) => {
			const { events } = await observeRun(server, { ...config, dropout: 0, rounds: 1 });
			const [{ plainSums }] = eventsOf(events, 'MasksObserved');
			const [{ unmasked }] = eventsOf(events, 'SumObserved');
			return { plain: plainSums.at(-1)!.sample, unmasked: unmasked.sample };
		};
		const honest = await looksOf(createTinyServer());
		expect(honest.unmasked).toEqual(honest.plain);
		const { server } = createTappedServer((answer) => {
			if (answer.kind === 'maskedInput')
				answer.vector.forEach((value, i) => (answer.vector[i] = value + 1));
		});
		const tampered = await looksOf(server);
		const perClient = tampered.unmasked[0] - tampered.plain[0];
		expect(perClient).toBeGreaterThan(1);
		expect(tampered.unmasked).toEqual(tampered.plain.map((value) => value + perClient));
	});
});
