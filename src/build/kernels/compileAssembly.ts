/** One AssemblyScript file and what it imports to one WebAssembly module, by the compiler as a library. */
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';

const compiler = createRequire(import.meta.url)('assemblyscript/package.json') as {
	version: string;
};

/**
 * No runtime, no garbage collector, no checks; the memory is the caller's. Fixed SIMD only: relaxed SIMD is
 * faster on some processors but rounds differently from one to the next.
 */
const flags = [
	...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--enable', 'simd'],
	...['--optimizeLevel', '3', '--converge', '--noAssert', '--use', 'abort=']
];

/** What the compiler's output depends on beside the sources. */
export const compilerSettings = [compiler.version, ...flags];

/** The bytes of the module. Throws what the compiler says. */
export async function compileAssembly(entry: string): Promise<Uint8Array> {
	// Imported late: loading the compiler takes longer than seeing that there is nothing to compile.
	const { default: asc } = await import('assemblyscript/asc');
	const files = new Map<string, Uint8Array>();
	const { error, stderr } = await asc.main(
		[basename(entry), '--baseDir', dirname(entry), '--outFile', 'kernel.wasm', ...flags],
		{
			writeFile(name: string, content: string | Uint8Array) {
				files.set(name, typeof content === 'string' ? Buffer.from(content) : content);
			}
		}
	);
	const wasm = files.get('kernel.wasm');
	if (error || !wasm) {
		throw new Error(`The kernel ${entry} could not be compiled:\n${stderr.toString()}`);
	}
	return wasm;
}
