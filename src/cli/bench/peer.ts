/**
 * A process that is measured beside ours: it prints a line of JSON about itself, then answers each line of JSON that
 * it is sent with one. Threads of the libraries inside are held to one by their environment variables.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface StepRequest {
	framework: 'torch' | 'numpy' | 'tfjs';
	model: string;
	batchSize: number;
	numSteps: number;
}

export interface Peer {
	/** What it said about itself. */
	greeting: Record<string, string | null>;
	/** Milliseconds a gradient step; null where it cannot train the model. */
	msPerStep(request: StepRequest): Promise<number | null>;
	end(): void;
}

const oneThread = {
	OMP_NUM_THREADS: '1',
	OPENBLAS_NUM_THREADS: '1',
	MKL_NUM_THREADS: '1'
};

/** Rejects with one sentence where the program cannot be started or ends before its answer. */
export async function startPeer(command: string, args: readonly string[]): Promise<Peer> {
	const child = spawn(command, args, {
		env: { ...process.env, ...oneThread },
		stdio: ['pipe', 'pipe', 'ignore']
	});
	const ended = new Promise<never>((_, reject) => {
		child.on('error', (error) => reject(new Error(`${command} did not start: ${error.message}`)));
		child.on('exit', (code) => reject(new Error(`${command} ended with code ${code}`)));
	});
	ended.catch(() => undefined);
	child.stdin.on('error', () => undefined);
	const lines = createInterface({ input: child.stdout });
	const nextLine = async () => {
		const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
		return JSON.parse(line) as Record<string, unknown>;
	};
	const greeting = (await nextLine()) as Peer['greeting'];
	return {
		greeting,
		async msPerStep(request) {
			const answer = nextLine();
			child.stdin.write(`${JSON.stringify(request)}\n`);
			return (await answer).ms as number | null;
		},
		end: () => child.stdin.end()
	};
}
