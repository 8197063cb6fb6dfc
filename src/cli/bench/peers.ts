/** The peers that this machine has: tfjs op by op always, PyTorch and numpy where a Python with them is found. */
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { startPeer, type Peer } from './peer';

/** Names a Python to measure instead of the system's. */
export const PYTHON_VARIABLE = 'MANY_HANDS_PYTHON';

export interface Peers {
	/** tfjs with the kernels it ships, and with ours registered. */
	stock: Peer;
	opByOp: Peer;
	/** Null where no Python has PyTorch. */
	torch: Peer | null;
	numpy: Peer | null;
	/** One sentence about each that is not present. */
	absences: string[];
	end(): void;
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export async function startPeers(): Promise<Peers> {
	const program = ['--import', 'tsx', pathOf('./stockPeer.ts')];
	const [stock, opByOp] = await Promise.all([
		startPeer(execPath, program),
		startPeer(execPath, [...program, 'registered'])
	]);
	const wished = process.env[PYTHON_VARIABLE];
	const python = await startPython(wished ? [wished] : ['python3', '/usr/bin/python3']);
	const torch = python?.greeting.torch ? python : null;
	const numpy = python?.greeting.numpy ? python : null;
	const where = wished ?? "the system's python3";
	const absences = [
		...(torch ? [] : [`PyTorch: not present in ${where} (${PYTHON_VARIABLE} names another).`]),
		...(numpy ? [] : [`numpy: not present in ${where} (${PYTHON_VARIABLE} names another).`])
	];
	const end = () => [stock, opByOp, python].forEach((peer) => peer?.end());
	return { stock, opByOp, torch, numpy, absences, end };
}

/** The first Python with PyTorch; without one the first that starts; null without any. */
async function startPython(commands: readonly string[]): Promise<Peer | null> {
	let second: Peer | null = null;
	for (const command of commands) {
		const python = await startPeer(command, [pathOf('./peers.py')]).catch(() => null);
		if (python?.greeting.torch) {
			second?.end();
			return python;
		}
		if (second) python?.end();
		else second = python;
	}
	return second;
}
