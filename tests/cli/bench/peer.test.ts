import { execPath } from 'node:process';
import { describe, expect, it } from 'vitest';
import { startPeer } from '../../../src/cli/bench/peer';

/** Says who it is, then answers each request with twice its number of steps; ends at 13. */
const program = `
	console.log(JSON.stringify({ name: process.env.OMP_NUM_THREADS }));
	require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
		const { numSteps } = JSON.parse(line);
		if (numSteps === 13) process.exit(3);
		console.log(JSON.stringify({ ms: 2 * numSteps }));
	});
`;
const request = { framework: 'torch', model: 'softmax', batchSize: 1 } as const;

describe('a peer of the benchmark', () => {
	it('greets, answers line by line, and is held to one thread', async () => {
		const peer = await startPeer(execPath, ['-e', program]);
		expect(peer.greeting).toEqual({ name: '1' });
		expect(await peer.msPerStep({ ...request, numSteps: 4 })).toBe(8);
		expect(await peer.msPerStep({ ...request, numSteps: 5 })).toBe(10);
		peer.end();
	});

	it('that ends before its answer, or does not start, is named', async () => {
		const peer = await startPeer(execPath, ['-e', program]);
		await expect(peer.msPerStep({ ...request, numSteps: 13 })).rejects.toThrow(
			`${execPath} ended with code 3`
		);
		await expect(startPeer('no-such-program', [])).rejects.toThrow(
			'no-such-program did not start: spawn no-such-program ENOENT'
		);
	});
});
