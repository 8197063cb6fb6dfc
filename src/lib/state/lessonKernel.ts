/** Loads what runs the cells of a lesson; nothing of it is fetched before the first cell runs. */
import type { CellKernel } from '../kernel/CellKernel';

/** `dataUrl` ends in a slash. Rejects with one sentence where it cannot be fetched. */
export async function createLessonKernel(dataUrl: string): Promise<CellKernel> {
	const { CellKernel } = await import('../kernel/CellKernel').catch(() => {
		throw new Error('What runs the cells could not be fetched: the connection is gone.');
	});
	return new CellKernel({
		loadSpawner: async () => {
			const { createKernelSpawner } = await import('../kernel/kernelHost');
			return createKernelSpawner(dataUrl);
		}
	});
}
