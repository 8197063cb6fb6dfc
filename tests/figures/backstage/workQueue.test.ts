import { beforeEach, describe, expect, it } from 'vitest';
import { createQueue, type Queue } from '../../../src/lib/figures/backstage/workQueue';

let done: string[];
let failures: unknown[];
/** Pauses that nobody has ended yet. */
let waiting: (() => void)[];
let enqueue: Queue;

beforeEach(() => {
	done = [];
	failures = [];
	waiting = [];
	enqueue = createQueue(
		() => new Promise<void>((resolve) => waiting.push(resolve)),
		(error) => failures.push(error)
	);
});

/** The page has time: the pause that is waited for ends. */
async function giveTime(times = 1): Promise<void> {
	for (let time = 0; time < times; time++) {
		await settle();
		expect(waiting).toHaveLength(1);
		waiting.shift()!();
	}
	await settle();
}

/** Runs whatever can run without another pause. */
function settle(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}

function add(name: string): () => void {
	return enqueue(
		async () => void done.push(`load ${name}`),
		() => void done.push(name)
	);
}

describe('the queue of work that takes long', () => {
	it('does one piece at a time, in order, with a pause before each step', async () => {
		add('a');
		add('b');
		await settle();
		expect(done).toEqual([]);
		await giveTime();
		expect(done).toEqual(['load a']);
		await giveTime();
		expect(done).toEqual(['load a', 'a']);
		await giveTime(2);
		expect(done).toEqual(['load a', 'a', 'load b', 'b']);
	});

	it('waits for work that waits itself', async () => {
		let finish = () => {};
		enqueue(
			async () => {},
			() => new Promise<void>((resolve) => (finish = resolve))
		);
		add('next');
		await giveTime(2);
		expect(waiting).toEqual([]);
		finish();
		await giveTime(2);
		expect(done).toEqual(['load next', 'next']);
	});

	it('leaves out what was cancelled, without a pause for it', async () => {
		add('a');
		const cancel = add('b');
		add('c');
		cancel();
		await giveTime(4);
		expect(done).toEqual(['load a', 'a', 'load c', 'c']);
	});

	it('leaves out what is cancelled while it is being prepared', async () => {
		const cancel = add('a');
		add('b');
		await giveTime();
		cancel();
		await giveTime(3);
		expect(done).toEqual(['load a', 'load b', 'b']);
	});

	it('tells of each failure, and goes on', async () => {
		const notLoaded = new Error('not loaded');
		const notDrawn = new Error('not drawn');
		enqueue(
			() => Promise.reject(notLoaded),
			() => {}
		);
		enqueue(
			async () => {},
			() => {
				throw notDrawn;
			}
		);
		add('c');
		await giveTime(5);
		expect(failures).toEqual([notLoaded, notDrawn]);
		expect(done).toEqual(['load c', 'c']);
	});
});
