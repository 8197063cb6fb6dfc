/** Reads the data folder from disk, for the command line and its worker threads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isGzip } from '../data/gunzip';
import type { ReadFile } from '../data/store';

/** A reader of one folder; a missing file rejects with a sentence that says how to make it. */
export function createNodeReader(folder: string): ReadFile {
	return async (path) => {
		try {
			return unpack(new Uint8Array(await readFile(join(folder, path))));
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			throw new Error(
				`The file ${join(folder, path)} could not be read (${code}): run "npm run data" first.`,
				{ cause: error }
			);
		}
	};
}

/** At once: for small files that is four times as fast as a stream. Damaged ones stay as they are, for the store to name. */
function unpack(bytes: Uint8Array): Uint8Array {
	if (!isGzip(bytes)) return bytes;
	try {
		return new Uint8Array(gunzipSync(bytes));
	} catch {
		return bytes;
	}
}
