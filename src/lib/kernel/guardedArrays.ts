/**
 * Typed arrays as cells have them: those that are alive together may not hold more than a limit. Browsers let a worker
 * take the memory of the whole machine before they end it, and the page with it.
 * What is collected is subtracted, which engines tell between tasks only: a loop that never awaits counts in full.
 */

const kinds = {
	ArrayBuffer,
	BigInt64Array,
	BigUint64Array,
	Float32Array,
	Float64Array,
	Int8Array,
	Int16Array,
	Int32Array,
	Uint8Array,
	Uint8ClampedArray,
	Uint16Array,
	Uint32Array
};

/** Smaller ones are left alone: to watch them would cost more than they hold. */
const LEAST_BYTES = 1024;
const LIMIT_BYTES = 3 * 2 ** 30;

/** The constructors, each to take the place of the global of its name. */
export function createGuardedArrays(limitBytes = LIMIT_BYTES): typeof kinds {
	let numBytes = 0;
	const registry = new FinalizationRegistry<number>((collected) => (numBytes -= collected));

	function watch(made: ArrayBuffer | ArrayBufferView): void {
		// A view of a buffer that is known already takes nothing.
		const buffer = made instanceof ArrayBuffer ? made : made.buffer;
		if (buffer.byteLength < LEAST_BYTES || known.has(buffer)) return;
		known.add(buffer);
		numBytes += buffer.byteLength;
		registry.register(buffer, buffer.byteLength);
		if (numBytes <= limitBytes) return;
		const gigabytes = (limitBytes / 2 ** 30).toPrecision(2);
		throw new RangeError(
			`The arrays of the cells hold more than ${gigabytes} GB: keep fewer of them, or begin anew with Restart.`
		);
	}
	const known = new WeakSet<ArrayBufferLike>();

	const guard = <Kind extends (typeof kinds)[keyof typeof kinds]>(kind: Kind): Kind =>
		new Proxy(kind, {
			construct(target, given, newTarget) {
				const made = Reflect.construct(target, given, newTarget) as ArrayBuffer | ArrayBufferView;
				watch(made);
				return made;
			}
		});
	return Object.fromEntries(
		Object.entries(kinds).map(([name, kind]) => [name, guard(kind)])
	) as typeof kinds;
}
