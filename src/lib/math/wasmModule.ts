/** Starts a compiled kernel module (`compiled/*.kernel.js`) on a memory that the caller owns. */

/**
 * The exports of the module, at once and not by promise: only workers and Node call it, where the size of
 * a synchronous compilation is not limited. Throws where the engine refuses the module (no SIMD).
 */
export function instantiateWasm<Exports>(wasmBase64: string, memory: WebAssembly.Memory): Exports {
	const bytes = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
	const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
	return instance.exports as Exports;
}
