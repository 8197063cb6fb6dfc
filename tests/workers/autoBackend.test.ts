import { describe, expect, it } from 'vitest';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

describe('backend=auto', () => {
	it('becomes, in the record of the run, the backend that was chosen, and a replay takes it', async () => {
		const config = { ...tinyConfig, rounds: 2, baselines: false };
		const first = await finishRun(createTinyServer(2), { ...config, backend: 'auto' });
		const started = first.events.find((event) => event.type === 'RunStarted')!;
		expect(['wasm', 'cpu']).toContain(started.config.backend);
		expect(started.config).toEqual({ ...config, backend: started.config.backend });
		expect(started.machine?.[0]).toMatch(/^backend=auto chose .+ ms a step of softmax in a trial/);
		expect(started.machine?.[1]).toMatch(/^The clients train on .+\.$/);

		const replay = await finishRun(createTinyServer(1), started.config);
		expect(bytesOf(replay.params)).toEqual(bytesOf(first.params));
		const again = replay.events.find((event) => event.type === 'RunStarted')!;
		expect(again.machine).toEqual(started.machine!.slice(1));
	});
});
