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
const masking = (clientIds: number[], areLost: boolean): Retry => ({
	type: 'MaskingRetried',
	roundNum: 4,
	clientIds,
	areLost,
	reason: 'its worker stopped answering'
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

	it('tells whether those who masked are lost', () => {
		expect(plain(retryNotice([masking([2, 5, 9], false)]))).toBe(
			'A worker stopped in round 4 while its 3 clients masked their updates: another one does the same again, so nothing is lost.'
		);
		expect(plain(retryNotice([masking([2, 5], true)]))).toMatch(
			/while its 2 clients masked their updates, and their secret keys went with it: they drop out/
		);
		expect(plain(retryTally([client(1, 3), masking([2, 5], false)]))).toBe(
			'In this run 1 client had to start a round over, and 2 clients had to mask again or dropped out. ' +
				'The last was the masking of 2 clients, in round 4: its worker stopped answering.'
		);
	});
});
