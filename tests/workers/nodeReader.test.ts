import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createNodeReader } from '../../src/lib/workers/nodeReader';

it('reads files below its folder, unpacks them, and says how to make a missing one', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'reader-'));
	try {
		await writeFile(join(folder, 'a.bin'), Uint8Array.of(1, 2, 3));
		const readFile = createNodeReader(folder);
		expect(await readFile('a.bin', 'any version')).toEqual(Uint8Array.of(1, 2, 3));
		const packed = gzipSync(Uint8Array.of(4, 5));
		await writeFile(join(folder, 'packed.bin'), packed);
		expect(await readFile('packed.bin')).toEqual(Uint8Array.of(4, 5));
		// The store says which file is damaged.
		const damaged = packed.subarray(0, 12);
		await writeFile(join(folder, 'damaged.bin'), damaged);
		expect(await readFile('damaged.bin')).toEqual(new Uint8Array(damaged));
		await expect(readFile('b.bin')).rejects.toThrow(
			new Error(
				`The file ${join(folder, 'b.bin')} could not be read (ENOENT): run "npm run data" first.`
			)
		);
	} finally {
		await rm(folder, { recursive: true });
	}
});
