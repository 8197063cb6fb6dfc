/** `npm run cells`: code with the notebook's functions, in the terminal. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

function run(...args: string[]) {
	const program = ['--import', 'tsx', 'src/cli/cells.ts', ...args];
	return spawnSync(process.execPath, program, { encoding: 'utf8' });
}

function writeScript(code: string): string {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'many-hands-')), 'script.ts');
	writeFileSync(file, code);
	return file;
}

describe('npm run cells', () => {
	it('runs a file with the functions and tf at hand', () => {
		const code = `const plus: Uint32Array = pairMask(1, 2, 3);
console.log('chained', tf.tensor([1, 2]).add(3).arraySync());
table([{ sum: (plus[0] + pairMask(2, 1, 3)[0]) >>> 0 }]);
createSoftmaxModel().numParams`;
		const { stdout, status } = run(writeScript(code));
		expect(status).toBe(0);
		expect(stdout).toMatch(/chained \[4, 5\]/);
		expect(stdout).toMatch(/│ 0 +│ 0 +│/);
		expect(stdout.trim().endsWith('7850')).toBe(true);
	});

	it('says where a cell failed, and exits with 1', () => {
		const { stderr, status } = run(writeScript('1;\nmissing()'));
		expect(status).toBe(1);
		expect(stderr.trim().split('\n').at(-1)).toBe(
			'ReferenceError: missing is not defined (line 2)'
		);
	});

	it.each([
		[[], /^expected the address of a lesson or a file of code, got nothing/],
		[['no-such-lesson'], /^expected a file or one of move-the-model, .*got "no-such-lesson"/],
		[['missing.ts'], /^expected a file of code, found no missing\.ts/]
	])('refuses %o in one sentence', (args, sentence) => {
		const { stderr, status } = run(...args);
		expect(status).toBe(1);
		expect(stderr).toMatch(sentence);
	});
});
