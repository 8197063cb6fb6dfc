import { describe, expect, it } from 'vitest';
import { dropRoundNow } from '../../src/lib/scene/dropRound';
import { phasesOf } from '../../src/lib/scene/phases';
import { followLink } from '../../src/lib/state/keptFederation.svelte';
import { Simulation } from '../../src/lib/state/Simulation.svelte';
import type { FrameClock } from '../../src/lib/state/frameBatch';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost } from '../fixtures/tinyHost';

/** Frames that never come unless asked for. */
function createManualClock() {
	const frames = new Set<() => void>();
	const clock: FrameClock = {
		onFrame(run) {
			frames.add(run);
			return () => frames.delete(run);
		},
		onTimer: () => () => {}
	};
	return {
		clock,
		frame() {
			for (const run of [...frames]) {
				frames.delete(run);
				run();
			}
		}
	};
}

function createSimulation(interrupt?: () => void, config = tinyConfig) {
	const hosts: ReturnType<typeof createTinyHost>[] = [];
	const { clock, frame } = createManualClock();
	const simulation = new Simulation({
		config,
		clock,
		createHost: async () => {
			hosts.push(createTinyHost(interrupt));
			return hosts[hosts.length - 1];
		}
	});
	return { simulation, hosts, frame };
}

const reference = await finishRun(createTinyServer(), tinyConfig);

describe('a simulation', () => {
	it('runs to the end with the numbers of the engine', async () => {
		const { simulation } = createSimulation();
		const running = simulation.start();
		expect(simulation.status).toBe('loading');
		await running;
		expect(simulation.status).toBe('done');
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
	});

	it('steps one round at a time, and is done after the last', async () => {
		const { simulation } = createSimulation();
		for (let numRounds = 1; numRounds <= tinyConfig.rounds; numRounds++) {
			await simulation.step();
			simulation.pause();
			const isLast = numRounds === tinyConfig.rounds;
			expect(simulation.status).toBe(isLast ? 'done' : 'paused');
		}
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
	});

	it('takes two presses for two rounds, however fast they come', async () => {
		const { simulation, frame } = createSimulation();
		await simulation.step();
		await Promise.all([simulation.step(), simulation.step()]);
		frame();
		expect(simulation.snapshot.metrics).toHaveLength(3);
		expect(simulation.status).toBe(tinyConfig.rounds === 3 ? 'done' : 'paused');
	});

	it('goes on under a link with its own settings, and ends under one with others', async () => {
		const { simulation } = createSimulation();
		await simulation.step();
		const link = { config: { ...tinyConfig }, problems: [], isAutorun: true };
		expect(followLink(simulation, link)).toBe(false);
		expect(simulation.status).toBe('paused');
		const other = { ...link, config: { ...tinyConfig, seed: tinyConfig.seed + 1 } };
		expect(followLink(simulation, other)).toBe(true);
		expect(simulation.status).toBe('ready');
		expect(simulation.config.seed).toBe(tinyConfig.seed + 1);
		expect(followLink(simulation, { ...other, isAutorun: false })).toBe(false);
	});

	it('knows a worker as silent until a round has ended that cannot have been on its way', async () => {
		const { simulation, frame } = createSimulation(undefined, { ...tinyConfig, rounds: 4 });
		await simulation.step();
		frame();
		const second = simulation.step();
		expect(simulation.silentSlot).toBeNull();
		simulation.unplug(0);
		expect(simulation.silentSlot).toBe(0);
		await second;
		frame();
		const third = simulation.step();
		expect(simulation.silentSlot).toBe(0);
		await third;
		frame();
		const fourth = simulation.step();
		expect(simulation.silentSlot).toBeNull();
		await fourth;
	});

	it('pauses between events and loses none', async () => {
		const { simulation, frame } = createSimulation();
		let numStops = 0;
		while (simulation.status !== 'done') {
			const running = simulation.start();
			await new Promise((resolve) => setTimeout(resolve, 1));
			simulation.pause();
			await running;
			frame();
			numStops++;
		}
		expect(numStops).toBeGreaterThan(1);
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
	});

	it('draws once a frame, however many events came', async () => {
		const { simulation, frame } = createSimulation();
		const running = simulation.step();
		const before = simulation.snapshot;
		await running;
		expect(simulation.snapshot).toBe(before);
		frame();
		expect(simulation.snapshot.metrics).toHaveLength(1);
	});

	it('goes on in a hidden tab, and shows all of it at the first frame after', async () => {
		const { simulation, frame } = createSimulation();
		await simulation.step();
		frame();
		const before = simulation.records;
		await simulation.step();
		expect(simulation.status).toBe('paused');
		expect(simulation.records).toBe(before);
		expect(simulation.snapshot.metrics).toHaveLength(1);
		frame();
		expect(simulation.records.rounds).toHaveLength(2);
		expect(simulation.snapshot.metrics).toEqual(reference.metrics.slice(0, 2));
	});

	it('forgets an abandoned run, and ends it before the next begins', async () => {
		const { simulation, hosts } = createSimulation();
		const abandoned = simulation.start();
		await new Promise((resolve) => setTimeout(resolve, 5));
		simulation.reset();
		expect(simulation.status).toBe('ready');
		expect(simulation.snapshot.metrics).toEqual([]);
		await simulation.start();
		await abandoned;
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
		expect(hosts).toHaveLength(1);
		expect(hosts[0].numEnded).toBeGreaterThanOrEqual(hosts[0].numStarted - 1);
	});

	it('says which settings wait for the next run, and restarts with them', async () => {
		const { simulation } = createSimulation();
		await simulation.step();
		expect(simulation.hasPendingChanges).toBe(false);
		const changed = { ...tinyConfig, rounds: 2 };
		simulation.config = changed;
		expect(simulation.hasPendingChanges).toBe(true);
		expect(simulation.shownConfig.rounds).toBe(3);
		await simulation.restart();
		expect(simulation.hasPendingChanges).toBe(false);
		const { metrics } = await finishRun(createTinyServer(), changed);
		expect(simulation.snapshot.metrics).toEqual(metrics);
	});

	it('goes on from the last completed round after a failure', async () => {
		let numEvents = 0;
		const { simulation, hosts } = createSimulation(() => {
			if (++numEvents === 40) throw new Error('The file writers/3.bin could not be loaded.');
		});
		await simulation.start();
		expect(simulation.status).toBe('failed');
		expect(simulation.failure).toBe('The file writers/3.bin could not be loaded.');
		expect(simulation.resumeRound).toBe(simulation.snapshot.metrics.length + 1);
		expect(simulation.isBlank).toBe(false);
		await simulation.start();
		expect(simulation.failure).toBeNull();
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
		expect(hosts).toHaveLength(1);
	});

	it('starts over with new workers when the federation itself is gone', async () => {
		let numEvents = 0;
		const { simulation, hosts } = createSimulation(() => {
			if (++numEvents !== 40) return;
			hosts[0].isWhole = false;
			throw new Error('The federation failed.');
		});
		await simulation.start();
		expect(simulation.status).toBe('failed');
		expect(simulation.resumeRound).toBe(1);
		expect(simulation.isBlank).toBe(true);
		await simulation.start();
		expect(simulation.snapshot.metrics).toEqual(reference.metrics);
		expect(hosts.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
	});

	it('reports workers that cannot be made, and makes them at the next try', async () => {
		let numTries = 0;
		const simulation = new Simulation({
			config: tinyConfig,
			clock: createManualClock().clock,
			createHost: async () => {
				if (++numTries === 1) throw new Error('Worker 1 did not start.');
				return createTinyHost();
			}
		});
		await simulation.start();
		expect(simulation.failure).toBe('Worker 1 did not start.');
		await simulation.start();
		expect(simulation.status).toBe('done');
	});

	it('tells once that a first run has begun, and once that one is complete', async () => {
		const told: string[] = [];
		const simulation = new Simulation({
			config: { ...tinyConfig, rounds: 1 },
			clock: createManualClock().clock,
			createHost: async () => createTinyHost(),
			onfirstrun: () => told.push('run'),
			onfirstdone: () => told.push('done')
		});
		await simulation.start();
		await simulation.start();
		expect(told).toEqual(['run', 'done']);
	});

	it('fetches the wire log of the run on screen', async () => {
		const { simulation } = createSimulation();
		await simulation.refreshWireLog();
		expect(simulation.wireLog).toBeNull();
		await simulation.start();
		await simulation.refreshWireLog();
		const totals = simulation.wireLog?.totals;
		const last = reference.metrics.at(-1);
		expect((totals?.model.numBytes ?? 0) + (totals?.update.numBytes ?? 0)).toBe(
			last?.trainingBytes
		);
	});
});

describe('a simulation under the reader’s hand', () => {
	it('mutes and drops clients, and forgets it with the run', async () => {
		const { simulation } = createSimulation();
		simulation.mute(3, true);
		expect(simulation.muted).toEqual([3]);
		simulation.config = { ...tinyConfig, cohortSize: tinyConfig.numClients };
		await simulation.step();
		expect(simulation.dropRoundOf(5)).toBeNull();
		expect(await simulation.dropClient(5)).toBe(2);
		expect(simulation.dropRoundOf(5)).toBe(2);
		await simulation.step();
		simulation.mute(3, false);
		await simulation.step();
		const silenced = simulation.snapshot.metrics.map(({ silencedByHand }) => silencedByHand);
		expect(silenced).toEqual([[3], [3, 5], []]);
		simulation.mute(1, true);
		simulation.reset();
		expect(simulation.muted).toEqual([]);
		expect(simulation.dropRoundOf(5)).toBeNull();
	});

	it('drops a client at each phase that is rested at out of the round that the page names', async () => {
		for (const secureAggregation of [false, true]) {
			const phases = phasesOf({ secureAggregation, dp: 'none' });
			for (const [index, phase] of phases.entries()) {
				const { simulation } = createSimulation();
				simulation.config = { ...tinyConfig, secureAggregation, cohortSize: tinyConfig.numClients };
				const reached = () => simulation.records.rounds[0]?.reached ?? [];
				while (reached().length <= index) await simulation.stepPhase();
				const named = dropRoundNow(simulation.snapshot, 5);
				const isInTime = !reached().includes('upload');
				expect([phase, named]).toEqual([phase, isInTime ? 1 : 2]);
				expect(await simulation.dropClient(5)).toBe(named);
				while (!simulation.snapshot.metrics[1]) await simulation.stepPhase();
				const silenced = simulation.snapshot.metrics.map(({ silencedByHand }) => silencedByHand);
				expect(silenced.slice(0, 2)).toEqual(isInTime ? [[5], []] : [[], [5]]);
				const dropped = simulation.records.rounds[named - 1];
				expect(dropped.server.numAveraged).toBe(tinyConfig.numClients - 1);
				if (!secureAggregation) continue;
				expect(dropped.outcome).toMatchObject({ type: 'SumUnmasked', recoveredIds: [5] });
				expect(dropped.clients[5]).toMatchObject({ droppedIn: 'mask', isByHand: true });
			}
		}
	});
});
