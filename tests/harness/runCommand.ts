/** Runs a program of this project as a child process and keeps what it says. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const projectFolder = path.join(import.meta.dirname, '../..');

export interface CommandResult {
	exitCode: number;
	/** Standard output and standard error as they came. */
	output: string;
}

export interface RunOptions {
	/** Also shows the output while it comes. */
	isLive?: boolean;
	env?: Record<string, string>;
	/** The program is ended after this time; an hour unless told. */
	limitMs?: number;
}

/**
 * Runs `node <script> ...args` in the project's folder. A program that cannot be started, or is ended
 * by a signal, gets exit code 1 and a line about it in its output.
 */
export function runNode(
	script: string,
	args: readonly string[],
	{ isLive = false, env = {}, limitMs = 3_600_000 }: RunOptions = {}
): Promise<CommandResult> {
	return new Promise((resolve) => {
		const startMs = performance.now();
		const child = spawn(process.execPath, [script, ...args], {
			cwd: projectFolder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...env },
			timeout: limitMs
		});
		let output = '';
		const take = (chunk: string) => {
			output += chunk;
			if (isLive) process.stdout.write(chunk);
		};
		child.stdout.setEncoding('utf8').on('data', take);
		child.stderr.setEncoding('utf8').on('data', take);
		child.on('error', (error) => {
			take(`${error.message}\n`);
			resolve({ exitCode: 1, output });
		});
		child.on('close', (code, signal) => {
			if (signal) take(`ended by ${signal} after ${secondsSince(startMs)} s\n`);
			resolve({ exitCode: code ?? 1, output });
		});
	});
}

const secondsSince = (startMs: number) => Math.round((performance.now() - startMs) / 1000);

/**
 * The script behind an installed program, e.g. `programOf('vite')`.
 * Started by node itself it can be ended; behind npx it would live on.
 */
export function programOf(packageName: string): string {
	const folder = path.join(projectFolder, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		bin: string | Record<string, string>;
	};
	return path.join(folder, typeof bin === 'string' ? bin : Object.values(bin)[0]);
}
