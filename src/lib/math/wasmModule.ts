/** Starts a compiled kernel module (`compiled/*.kernel.js`) on a memory that the caller owns. */

/** Compiled once: what the engine has made faster while running stays so for the next instance. */
const modules = new Map<string, WebAssembly.Module>();

/**
 * The exports of the module, at once and not by promise: only workers and Node call it, where the size of
 * a synchronous compilation is not limited. Throws where the engine refuses the module (no SIMD).
 */
export function instantiateWasm<Exports>(wasmBase64: string, memory: WebAssembly.Memory): Exports {
	const instance = new WebAssembly.Instance(moduleOf(wasmBase64), { env: { memory } });
	return instance.exports as Exports;
}

function moduleOf(wasmBase64: string): WebAssembly.Module {
	const known = modules.get(wasmBase64);
	if (known) return known;
	const bytes = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
	const compiled = new WebAssembly.Module(bytes);
	modules.set(wasmBase64, compiled);
	return compiled;
}
