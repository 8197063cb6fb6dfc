/** What `npm run kernels` writes: WebAssembly as text. Declared, because a fresh checkout has none yet. */
declare module '*.kernel.js' {
	export const wasmBase64: string;
}
