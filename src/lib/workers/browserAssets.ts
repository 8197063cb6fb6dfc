/**
 * Addresses that workers need, worked out by the page: what the page itself imports is in the service worker's
 * list, so workers start without a connection too.
 */
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { WorkerAssets } from './workerAssets';

/** `dataUrl` is the address of the data folder, ending in a slash, relative to the page or absolute. */
export function findWorkerAssets(dataUrl: string): WorkerAssets {
	return {
		dataUrl: absolute(dataUrl),
		wasmUrls: {
			'tfjs-backend-wasm.wasm': absolute(wasmPlain),
			'tfjs-backend-wasm-simd.wasm': absolute(wasmSimd),
			'tfjs-backend-wasm-threaded-simd.wasm': absolute(wasmThreaded)
		}
	};
}

function absolute(url: string): string {
	return new URL(url, document.baseURI).href;
}
