/**
 * `npm run kernels`: compiles every `assembly/*.kernel.ts` under src/lib to a WebAssembly module of its own,
 * written as base64 into `compiled/*.kernel.js` beside that folder; skips what is up to date.
 * A JavaScript module, not an asset: it loads alike in browser workers, Node threads and tests, works
 * offline, and only who imports it pays for it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { compileAssembly, compilerSettings } from './kernels/compileAssembly';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY_SUFFIX = '.kernel.ts';

export interface CompileOptions {
	/** Receives one line for each module that was compiled. */
	log: (line: string) => void;
	/** Folder that is searched; src/lib of this project unless told. */
	folder?: string;
}

/** Compiles what is stale; throws the compiler's words where a kernel does not compile. */
export async function compileKernels({ log, folder }: CompileOptions): Promise<void> {
	const root = folder ?? join(projectFolder, 'src/lib');
	for (const entry of await findEntries(root)) {
		const target = targetOf(entry);
		const stamp = `// ${await stampOf(dirname(entry))}`;
		const old = await readFile(target, 'utf8').catch(() => '');
		if (old.startsWith(stamp)) continue;
		const wasm = await compileAssembly(entry);
		await replaceFile(target, `${stamp}\n${moduleSource(wasm)}`);
		const kilobytes = (gzipSync(wasm).length / 1000).toFixed(1);
		log(`Compiled ${relative(root, entry)} (${kilobytes} KB gzip).`);
	}
}

/** Where the module of an entry is written. */
function targetOf(entry: string): string {
	const name = basename(entry).replace(/\.ts$/, '.js');
	return join(dirname(entry), '..', 'compiled', name);
}

async function findEntries(root: string): Promise<string[]> {
	const files = await readdir(root, { recursive: true });
	return files
		.filter((file) => file.endsWith(ENTRY_SUFFIX) && basename(dirname(file)) === 'assembly')
		.map((file) => join(root, file))
		.sort();
}

/** Everything that the modules of one folder depend on. */
async function stampOf(folder: string): Promise<string> {
	const hash = createHash('sha256').update(JSON.stringify(compilerSettings));
	for (const file of (await readdir(folder)).sort()) {
		if (file.endsWith('.ts')) hash.update(file).update(await readFile(join(folder, file)));
	}
	return hash.digest('hex');
}

function moduleSource(wasm: Uint8Array): string {
	return `export const wasmBase64 =\n\t'${Buffer.from(wasm).toString('base64')}';\n`;
}

/** Whole or not at all: tests, servers and builds of one folder may read it at the same time. */
async function replaceFile(file: string, content: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	const scratch = `${file}.${process.pid}.tmp`;
	await writeFile(scratch, content);
	await rename(scratch, file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	// On stderr: the programs that run this first may print JSON.
	compileKernels({ log: (line) => console.error(line) }).catch((error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
