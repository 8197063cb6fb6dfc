import { describe, expect, it } from 'vitest';
import { deviceChances, deviceState, isReady } from '../../src/lib/federated/readiness';
import { parseConfig } from '../../src/lib/federated/config';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

describe('the state of a device', () => {
	it('is a function of seed, round and client', () => {
		const states = (seed: number, roundNum: number) =>
			JSON.stringify(Array.from({ length: 30 }, (_, id) => deviceState(seed, roundNum, id)));
		expect(states(7, 1)).toBe(states(7, 1));
		expect(states(7, 1)).not.toBe(states(7, 2));
		expect(states(7, 1)).not.toBe(states(8, 1));
	});

	it('is as often so as the chances say', () => {
		const numDevices = 20_000;
		const states = Array.from({ length: numDevices }, (_, id) => deviceState(3, 1, id));
		for (const name of ['isCharging', 'isIdle', 'isOnWifi'] as const) {
			const share = states.filter((state) => state[name]).length / numDevices;
			expect(Math.abs(share - deviceChances[name])).toBeLessThan(0.015);
		}
		const ready = states.filter(isReady).length / numDevices;
		expect(Math.abs(ready - 0.5 * 0.7 * 0.7)).toBeLessThan(0.015);
	});
});

describe('a run with ready devices only', () => {
	it.each(['fixed', 'poisson'] as const)('chooses no other, %s', async (sampling) => {
		const config = { ...tinyConfig, sampling, onlyWhenReady: true, rounds: 6, cohortSize: 3 };
		const { events } = await finishRun(createTinyServer(), config);
		const cohorts = events.filter((event) => event.type === 'CohortSampled');
		expect(cohorts.some(({ clientIds }) => clientIds.length > 0)).toBe(true);
		for (const { roundNum, clientIds } of cohorts) {
			const ready = Array.from({ length: config.numClients }, (_, id) => id).filter((id) =>
				isReady(deviceState(config.seed, roundNum, id))
			);
			expect(ready).toEqual(expect.arrayContaining(clientIds));
			if (sampling === 'fixed') expect(clientIds).toHaveLength(Math.min(3, ready.length));
		}
	});

	it('is refused where noise has a price that assumes anybody may be chosen', () => {
		expect(parseConfig({ onlyWhenReady: true }).problems).toEqual([]);
		expect(parseConfig({ onlyWhenReady: true, dp: 'central' }).problems[0].sentence).toBe(
			'onlyWhenReady: expected false with noise, whose price assumes that anybody may be chosen, got true'
		);
	});
});
