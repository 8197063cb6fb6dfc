/** The build step of the kernels: compiles what is stale, and says what does not compile. */
import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileKernels } from '../../src/build/compileKernels';
import { instantiateWasm } from '../../src/lib/math/wasmModule';

let folder: string;
let lines: string[];
const log = (line: string) => lines.push(line);
const write = (name: string, source: string) =>
	writeFile(path.join(folder, 'room/assembly', name), source);
const compiled = (name: string) => path.join(folder, 'room/compiled', name);

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'many-hands-kernels-'));
	await mkdir(path.join(folder, 'room/assembly'), { recursive: true });
	lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function wasmOf(name: string): Promise<string> {
	const [, text] = (await readFile(compiled(name), 'utf8')).match(/wasmBase64 =\s*'([^']+)'/)!;
	return text;
}

describe('compileKernels', () => {
	it('compiles every entry to a module of its own, on the memory it is given', async () => {
		await write('half.ts', 'export function half(x: f32): f32 { return x / 2; }');
		await write(
			'a.kernel.ts',
			`import { half } from './half';
			export function halve(at: usize): void { store<f32>(at, half(load<f32>(at))); }`
		);
		await write('b.kernel.ts', 'export function one(): i32 { return 1; }');
		await compileKernels({ log, folder });
		expect(lines.map((line) => line.split(' (')[0])).toEqual([
			'Compiled room/assembly/a.kernel.ts',
			'Compiled room/assembly/b.kernel.ts'
		]);
		const memory = new WebAssembly.Memory({ initial: 1 });
		const floats = new Float32Array(memory.buffer);
		floats[4] = 3;
		const wasm = await wasmOf('a.kernel.js');
		instantiateWasm<{ halve(at: number): void }>(wasm, memory).halve(16);
		expect(floats[4]).toBe(1.5);
	});

	it('skips what is up to date and compiles again when an imported file changes', async () => {
		await write('half.ts', 'export function half(x: f32): f32 { return x / 2; }');
		await write('a.kernel.ts', `export { half } from './half';`);
		await compileKernels({ log, folder });
		const { mtimeMs } = await stat(compiled('a.kernel.js'));
		await compileKernels({ log, folder });
		expect((await stat(compiled('a.kernel.js'))).mtimeMs).toBe(mtimeMs);
		expect(lines).toHaveLength(1);
		await write('half.ts', 'export function half(x: f32): f32 { return x / 4; }');
		await compileKernels({ log, folder });
		expect(lines).toHaveLength(2);
	});

	it('names the kernel that does not compile, in the words of the compiler', async () => {
		await write('bad.kernel.ts', 'export function bad(): i32 { return missing; }');
		await expect(compileKernels({ log, folder })).rejects.toThrow(
			/bad\.kernel\.ts could not be compiled:[^]*Cannot find name 'missing'/
		);
	});
});

it('keeps all kernels of the project within 40 KB gzip', async () => {
	const root = path.join(import.meta.dirname, '../../src/lib');
	const modules = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.kernel.js')
	);
	expect(modules.length).toBeGreaterThan(0);
	const sizes = modules.map((file) => {
		const [, text] = readFileSync(path.join(root, file), 'utf8').match(/'([^']+)'/)!;
		return gzipSync(Buffer.from(text, 'base64')).length;
	});
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000);
});
