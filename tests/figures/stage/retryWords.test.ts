import { describe, expect, it } from 'vitest';
import { retryNotice, retryTally } from '../../../src/lib/figures/stage/retryWords';
import type { Retry } from '../../../src/lib/scene/runSnapshot';

const client = (clientId: number, roundNum: number): Retry => ({
	type: 'ClientRetried',
	roundNum,
	clientId,
	reason: 'its worker stopped answering'
});
const measuring = (task: 'evaluation' | 'baseline', roundNum: number): Retry => ({
	type: 'MeasuringRetried',
	roundNum,
	task,
	reason: 'out of memory'
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('what is said of workers that died', () => {
	it('is nothing without any', () => {
		expect(retryNotice([])).toBe('');
		expect(retryTally([])).toBe('Nothing had to start over in this run.');
	});

	it('counts the clients of the last round alone', () => {
		const retries = [client(4, 1), client(2, 2), measuring('baseline', 2), client(3, 2)];
		expect(plain(retryNotice(retries))).toMatch(/in round 2: another one plays its 2 clients/);
		expect(plain(retryTally(retries))).toBe(
			'In this run 3 clients had to start a round over, and 1 measurement had to begin again. ' +
				'The last was client 3, in round 2: its worker stopped answering.'
		);
	});

	it('names what was measured', () => {
		expect(retryNotice([measuring('evaluation', 3)])).toMatch(/in round 3 while measuring/);
		expect(retryNotice([measuring('baseline', 3)])).toMatch(/while working on a comparison/);
		expect(retryTally([measuring('baseline', 3)])).toMatch(/a baseline, in round 3: out of memory/);
	});
});
