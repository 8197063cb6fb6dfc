/** Whole runs with secure aggregation: exact sums, recovered drop-outs, and what the server gets to see. */
import { describe, expect, it } from 'vitest';
import { createFixedPoint } from '../../src/lib/federated/secureEncoding';
import { meanErrorBound } from '../../src/lib/masking/fixedPoint';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTappedServer } from '../fixtures/tappedServer';

const secureConfig = { ...tinyConfig, secureAggregation: true, baselines: false };

/** Every typed array anywhere in a message. */
function arraysIn(part: unknown): ArrayBufferView[] {
	if (ArrayBuffer.isView(part)) return [part];
	if (typeof part !== 'object' || part === null) return [];
	return Object.values(part).flatMap(arraysIn);
}

describe('training under masks', () => {
	it('differs from training in the clear by rounding alone, within the stated bound', async () => {
		const config = { ...secureConfig, rounds: 1, quantizeBits: 12 };
		const masked = await finishRun(createTinyServer(2), config);
		const plain = await finishRun(createTinyServer(), { ...config, secureAggregation: false });
		const { clients } = masked.events.find((event) => event.type === 'RunStarted')!;
		const sizes = clients.map((client) => client.numExamples);
		const bound = meanErrorBound(
			createFixedPoint(config, sizes),
			config.cohortSize,
			masked.metrics[0].numExamples
		);
		const largest = masked.params.reduce(
			(worst, value, i) => Math.max(worst, Math.abs(value - plain.params[i])),
			0
		);
		expect(masked.metrics[0].numExamples).toBe(plain.metrics[0].numExamples);
		expect(largest).toBeLessThan(bound + 1e-7);
		expect(largest).toBeGreaterThan(bound / 1000);
	});

	it('learns as well as in the clear', async () => {
		const config = { ...secureConfig, rounds: 10 };
		const masked = await finishRun(createTinyServer(), config);
		const plain = await finishRun(createTinyServer(), { ...config, secureAggregation: false });
		const accuracy = (run: typeof masked) => run.metrics.at(-1)!.evaluation!.unseen.accuracy;
		expect(accuracy(masked)).toBeGreaterThan(0.9);
		expect(Math.abs(accuracy(masked) - accuracy(plain))).toBeLessThan(0.05);
	});

	it('gives the same bytes with keys from the system: masks cancel exactly', async () => {
		const seeded = await finishRun(createTinyServer(2), secureConfig);
		const secret = await finishRun(createTinyServer(), { ...secureConfig, maskKeys: 'system' });
		expect(bytesOf(secret.params)).toEqual(bytesOf(seeded.params));
	});

	it('refuses a setting in which the sum could wrap, and says what to change', async () => {
		const config = { ...secureConfig, quantizeBits: 24, cohortSize: 12 };
		await expect(createTinyServer().startRun(config)).rejects.toThrow(
			/^quantizeBits: Expected sums below 2\^31, got up to 12 clients .*: use at most \d+ bits/
		);
	});
});

describe('drop-outs under masks', () => {
	it('at every stage leave the exact mean of the survivors, or a round that ends with its reason', async () => {
		const config = { ...secureConfig, cohortSize: 8, rounds: 12, dropout: 0.3 };
		const { events, metrics } = await finishRun(createTinyServer(2), config);
		const unmasked = events.filter((event) => event.type === 'SumUnmasked');
		const failed = events.filter((event) => event.type === 'AggregationFailed');
		expect(unmasked.length + failed.length).toBe(12);
		expect(unmasked.some((event) => event.recoveredIds.length > 0)).toBe(true);
		expect(events.at(-1)?.type).toBe('RunCompleted');
		for (const event of unmasked) {
			const inRound = events.filter((e) => 'roundNum' in e && e.roundNum === event.roundNum);
			const examples = inRound.reduce((sum, e) => {
				const isIn = e.type === 'ClientTrained' && event.survivorIds.includes(e.clientId);
				return sum + (isIn ? e.numExamples : 0);
			}, 0);
			expect(metrics[event.roundNum - 1].numExamples).toBe(examples);
			expect(metrics[event.roundNum - 1].numAnswered).toBe(event.survivorIds.length);
		}
	});

	it('below the threshold leave the model as it was', async () => {
		const config = { ...secureConfig, rounds: 3, dropout: 0.95 };
		const server = createTinyServer();
		const { events, params } = await finishRun(server, config);
		const failed = events.filter((event) => event.type === 'AggregationFailed');
		expect(failed.length).toBe(3);
		expect(failed[0].reason).toMatch(/the sum stays masked and the model as it was/);
		expect(params.every((value) => value === 0)).toBe(true);
	});
});

describe('what the server gets to see', () => {
	it('is no update in the clear: every message between server and clients was read', async () => {
		const { server, crossed } = createTappedServer();
		const { events } = await finishRun(server, { ...secureConfig, dropout: 0.2 });
		const trained = crossed.filter(({ method }) => method === 'train');
		expect(trained.length).toBe(events.filter((event) => event.type === 'ClientTrained').length);
		for (const { answered } of crossed) {
			const floats = arraysIn(answered).filter((array) => array instanceof Float32Array);
			expect(floats.every((array) => array.byteLength === 0)).toBe(true);
		}
		const kinds = crossed
			.flatMap(({ answered }) => answered)
			.flatMap((answer) =>
				answer && typeof answer === 'object' && 'kind' in answer ? [answer.kind] : []
			);
		expect(new Set(kinds)).toEqual(
			new Set(['keyAdvertisement', 'sealedShares', 'maskedInput', 'revealedShares'])
		);
		// Each masked vector is uniform in its top byte, where a plain update is all 0x00 and 0xff.
		for (const { answered } of crossed) {
			const vectors = arraysIn(answered).filter((array) => array instanceof Uint32Array);
			for (const vector of vectors as Uint32Array[]) {
				const counts = new Array<number>(256).fill(0);
				vector.forEach((value) => counts[value >>> 24]++);
				const expected = vector.length / 256;
				const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
				expect(chiSquare).toBeLessThan(400);
			}
		}
	});

	it('would be the update in the clear without masks: the same test sees it', async () => {
		const { server, crossed } = createTappedServer();
		await finishRun(server, { ...secureConfig, secureAggregation: false });
		const floats = crossed
			.flatMap(({ answered }) => arraysIn(answered))
			.filter((array) => array instanceof Float32Array && array.length === 7850);
		expect(floats.length).toBe(15);
	});

	it('is in the wire log, and costs what the metrics say', async () => {
		const server = createTinyServer(2);
		const { metrics } = await finishRun(server, secureConfig);
		const { totals } = await server.wireLog();
		expect(totals.update.numMessages).toBe(0);
		expect(totals.maskedUpdate.numMessages).toBe(15);
		const { model, report, keysAndShares, maskedUpdate } = totals;
		expect(model.numBytes + report.numBytes + keysAndShares.numBytes + maskedUpdate.numBytes).toBe(
			metrics.at(-1)!.trainingBytes
		);
	});
});
