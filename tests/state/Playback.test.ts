import { describe, expect, it } from 'vitest';
import { phasesOf } from '../../src/lib/scene/phases';
import type { FrameClock } from '../../src/lib/state/frameBatch';
import { Playback } from '../../src/lib/state/Playback.svelte';
import type { PlayClock } from '../../src/lib/state/playClock';
import { Simulation } from '../../src/lib/state/Simulation.svelte';
import { tinyConfig } from '../fixtures/runs';
import { createTinyHost } from '../fixtures/tinyHost';

/** A clock that is moved by hand. */
function createManualClock() {
	let waiting: ((nowMs: number) => void) | null = null;
	let nowMs = 0;
	const clock: PlayClock = {
		onFrame(run) {
			waiting = run;
			return () => (waiting = null);
		}
	};
	return {
		clock,
		isRunning: () => waiting !== null,
		frame(elapsedMs = 50) {
			nowMs += elapsedMs;
			const run = waiting;
			waiting = null;
			run?.(nowMs);
		}
	};
}

/** Frames of the page that come as soon as they may. */
const frameAtOnce: FrameClock = {
	onFrame(run) {
		queueMicrotask(run);
		return () => {};
	},
	onTimer: () => () => {}
};

function createPlayback() {
	const simulation = new Simulation({
		config: tinyConfig,
		clock: frameAtOnce,
		createHost: async () => createTinyHost()
	});
	const { clock, frame, isRunning } = createManualClock();
	return { simulation, playback: new Playback(simulation, clock), frame, isRunning };
}

async function settled(simulation: Simulation) {
	while (simulation.status === 'running' || simulation.status === 'loading') {
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}

const inRun = phasesOf(tinyConfig);

describe('a playback', () => {
	it('keeps to the newest until the reader moves it, and again when asked to', async () => {
		const { simulation, playback } = createPlayback();
		expect(playback.head).toBeNull();
		await simulation.step();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'evaluate', progress: 1 });
		playback.seek({ roundNum: 1, phase: 'train', progress: 0.5 });
		await simulation.step();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'train', progress: 0.5 });
		expect(playback.record?.roundNum).toBe(1);
		playback.toNewest();
		expect(playback.head?.roundNum).toBe(2);
	});

	it('does not hold training back unless it is followed', async () => {
		const { simulation, playback, frame } = createPlayback();
		playback.speed = 1;
		playback.play();
		await settled(simulation);
		expect(simulation.status).toBe('done');
		expect(playback.head).toEqual({ roundNum: 1, phase: 'choose', progress: 0 });
		frame();
		frame();
		expect(playback.head?.progress).toBeGreaterThan(0);
		expect(playback.isPlaying).toBe(true);
	});

	it('followed, lets the engine train only what has been shown', async () => {
		const { simulation, playback, frame } = createPlayback();
		playback.isFollowed = true;
		playback.speed = 8;
		playback.play();
		const seen: string[] = [];
		for (let i = 0; i < 2000 && playback.isPlaying; i++) {
			await settled(simulation);
			const { head, records } = playback;
			if (head && seen.at(-1) !== `${head.roundNum} ${head.phase}`) {
				seen.push(`${head.roundNum} ${head.phase}`);
				// In the clear the end of training brings the upload with it, and the mean the model.
				const reached = records.rounds.flatMap(({ reached }) => reached);
				expect(reached.length - seen.length).toBeLessThanOrEqual(1);
			}
			frame(100);
		}
		expect(seen).toEqual([1, 2, 3].flatMap((r) => inRun.map((phase) => `${r} ${phase}`)));
		expect(simulation.status).toBe('done');
		expect(playback.isPlaying).toBe(false);
	});

	it('steps a phase at a time, and asks the engine for what is missing', async () => {
		const { simulation, playback, frame, isRunning } = createPlayback();
		const seen: string[] = [];
		for (let step = 0; step < inRun.length + 2; step++) {
			playback.nextPhase();
			await settled(simulation);
			for (let i = 0; i < 200 && isRunning(); i++) {
				frame(100);
				await settled(simulation);
			}
			expect(playback.head?.progress).toBe(1);
			seen.push(`${playback.head?.roundNum} ${playback.head?.phase}`);
		}
		expect(seen).toEqual([
			...inRun.map((phase) => `1 ${phase}`),
			...inRun.slice(0, 2).map((phase) => `2 ${phase}`)
		]);
		playback.previousPhase();
		playback.previousPhase();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'evaluate', progress: 1 });
		playback.nextRound();
		expect(playback.head?.roundNum).toBe(2);
		playback.previousRound();
		expect(playback.head?.roundNum).toBe(1);
	});

	it('steps as many phases as it was asked for, also in the middle of one', async () => {
		const { simulation, playback, frame, isRunning } = createPlayback();
		const finish = async () => {
			for (let i = 0; i < 400 && isRunning(); i++) {
				frame(100);
				await settled(simulation);
			}
		};
		// All at once, while the engine is at work on the first.
		for (let i = 0; i < 3; i++) playback.nextPhase();
		await settled(simulation);
		await finish();
		expect(playback.head).toEqual({ roundNum: 1, phase: inRun[2], progress: 1 });
		// The second when the first has been brought, and is being shown.
		playback.nextPhase();
		await settled(simulation);
		for (let i = 0; i < 4; i++) frame(100);
		expect(playback.head?.progress).toBeLessThan(1);
		playback.nextPhase();
		await settled(simulation);
		await finish();
		expect(playback.head).toEqual({ roundNum: 1, phase: inRun[4], progress: 1 });
		expect(playback.isPlaying).toBe(false);
		// Whoever stops owes nothing.
		for (let i = 0; i < 3; i++) playback.nextPhase();
		playback.pause();
		await settled(simulation);
		await finish();
		playback.nextPhase();
		await settled(simulation);
		await finish();
		expect(playback.head?.roundNum).toBe(1);
	});

	it('stays where it is taken back to, also out of playing', async () => {
		const { simulation, playback } = createPlayback();
		await simulation.start();
		playback.speed = 1;
		playback.toFirst();
		playback.nextRound();
		playback.play();
		expect(playback.isPlaying).toBe(true);
		playback.previousRound();
		expect([playback.head?.roundNum, playback.isPlaying]).toEqual([1, false]);
		playback.nextRound();
		playback.play();
		playback.previousPhase();
		expect(playback.head).toEqual({ roundNum: 1, phase: inRun.at(-1), progress: 1 });
		expect(playback.isPlaying).toBe(false);
	});

	it('a late frame, as after a hidden tab, moves it no further than a short one', async () => {
		const { simulation, playback, frame } = createPlayback();
		await simulation.start();
		playback.speed = 1;
		playback.toFirst();
		playback.play();
		frame();
		frame(60_000);
		expect(playback.head).toMatchObject({ roundNum: 1, phase: 'choose' });
		expect(playback.head?.progress).toBeLessThan(0.2);
	});

	it('shows a phase finished where it stands, and from its beginning where it plays', async () => {
		const { simulation, playback } = createPlayback();
		await simulation.start();
		playback.speed = 1;
		playback.showPhase(2, 'train');
		expect(playback.head).toEqual({ roundNum: 2, phase: 'train', progress: 1 });
		playback.play();
		playback.showPhase(1, 'sum');
		expect(playback.isPlaying).toBe(true);
		expect(playback.head).toEqual({ roundNum: 1, phase: 'sum', progress: 0 });
		playback.speed = Infinity;
		playback.showPhase(1, 'train');
		expect(playback.isPlaying).toBe(false);
		expect(playback.head).toEqual({ roundNum: 1, phase: 'train', progress: 1 });
	});

	it('knows results no earlier than it has shown them, unless it keeps up with the run', async () => {
		const { simulation, playback } = createPlayback();
		expect(playback.knownRound).toBeNull();
		await simulation.start();
		expect(playback.knownRound).toBeNull();
		playback.seek({ roundNum: 2, phase: 'apply', progress: 1 });
		expect(playback.knownRound).toBe(1);
		playback.nextPhase();
		expect(playback.knownRound).toBe(2);
		playback.toFirst();
		expect(playback.knownRound).toBe(0);
		playback.toNewest();
		expect(playback.knownRound).toBeNull();
	});

	it('is overtaken where a later round has begun, also at the end of the one before', async () => {
		const { simulation, playback } = createPlayback();
		await simulation.step();
		playback.showPhase(1, 'evaluate');
		expect(playback.isOvertaken).toBe(false);
		await simulation.stepPhase();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'evaluate', progress: 1 });
		expect([playback.knownRound, playback.isOvertaken]).toEqual([1, true]);
		playback.toNewest();
		expect(playback.isOvertaken).toBe(false);
	});

	it('forgets its place in a run that is gone', async () => {
		const { simulation, playback } = createPlayback();
		await simulation.start();
		playback.seek({ roundNum: 2, phase: 'train', progress: 0 });
		simulation.reset();
		expect(playback.head).toBeNull();
		await simulation.step();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'evaluate', progress: 1 });
	});

	it('stands still after a reset, also where training waits for it', async () => {
		const { simulation, playback, frame } = createPlayback();
		playback.isFollowed = true;
		playback.play();
		await settled(simulation);
		frame();
		simulation.reset();
		frame();
		await settled(simulation);
		expect(playback.isPlaying).toBe(false);
		expect(simulation.status).toBe('ready');
	});

	it('plays a finished run again from its beginning', async () => {
		const { simulation, playback } = createPlayback();
		await simulation.start();
		playback.speed = 2;
		playback.play();
		expect(playback.head).toEqual({ roundNum: 1, phase: 'choose', progress: 0 });
		expect(simulation.status).toBe('done');
		playback.pause();
		expect(playback.isPlaying).toBe(false);
	});
});
