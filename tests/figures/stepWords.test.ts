import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/lib/federated/config';
import { deviceState } from '../../src/lib/federated/readiness';
import {
	describeDisturbance,
	describeStep
} from '../../src/lib/figures/lessons/01-move-the-model/stepWords';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { steps } from '../../src/lib/scene/sixSteps';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const config = { ...tinyConfig, cohortSize: 4, rounds: 2 };
const server = createTinyServer();
const observed = { ...server, startRun: (next: RunConfig) => server.startRun(next, true) };
const { events } = await finishRun(observed, config);
const { rounds } = advanceRecords(noRecords, events);
const states = Array.from({ length: config.numClients }, (_, id) =>
	deviceState(config.seed, 2, id)
);
const story = { record: rounds[1], numParams: 7850, accuracyBefore: 0.5, states };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the words of a step', () => {
	it('carry the figures of the round', () => {
		const [copy, learn, back, combine, improve, ship] = steps.map((step) =>
			plain(describeStep(step, story))
		);
		const numDigits = rounds[1].clients.reduce((sum, { numExamples }) => sum + numExamples, 0);
		const accuracy = rounds[1].metrics?.evaluation?.unseen.accuracy ?? NaN;
		expect(copy).toContain('31.4 kB, to 4 devices');
		expect(copy).not.toContain('zero');
		expect(plain(describeStep('copy', { ...story, record: rounds[0] }))).toContain('zero');
		expect(learn).toContain(`${numDigits} in all`);
		expect(back).toContain(`None of the ${numDigits} digits is sent`);
		expect(combine).toContain('mean of 4 updates');
		expect(improve).toContain(`${(100 * accuracy).toFixed(1)} %`);
		expect(improve).toContain('after 50.0 % before');
		expect(improve).not.toContain('Worse');
		expect(describeStep('improve', { ...story, accuracyBefore: accuracy + 0.1 })).toContain(
			'Worse'
		);
		expect(ship).toContain('Version 2');
	});

	it('say so when nobody is ready', () => {
		const record = { ...rounds[1], clients: [] };
		for (const step of steps) {
			expect(describeStep(step, { ...story, record })).toContain('No device is ready');
		}
	});

	it('count whom a round disturbs', () => {
		const busy = { isCharging: false, isIdle: true, isOnWifi: false };
		const ready = { isCharging: true, isIdle: true, isOnWifi: true };
		const [first] = rounds[1].clients;
		const record = { ...rounds[1], clients: [first] };
		const all = (state: typeof ready) => states.map(() => state);
		expect(plain(describeDisturbance({ ...story, record, states: all(ready) }))).toBe(
			'12 of 12 devices were ready (all three signs). The round disturbed nobody.'
		);
		expect(plain(describeDisturbance({ ...story, record, states: all(busy) }))).toBe(
			'0 of 12 devices were ready (all three signs). The round disturbed 1 of 1 device, some for more than one reason: 1 on battery, 1 on mobile data.'
		);
	});
});
