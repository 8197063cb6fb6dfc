/** Loads that happen once: whoever asks again, or meanwhile, gets the same promise. A failed load is forgotten. */

export type Remember = <Value>(key: string, load: () => Promise<Value>) => Promise<Value>;

/** A new memory. The value of a key is always of one type: that of its first load. */
export function createMemory(): Remember {
	const known = new Map<string, Promise<unknown>>();
	return <Value>(key: string, load: () => Promise<Value>) => {
		const remembered = known.get(key);
		if (remembered) return remembered as Promise<Value>;
		const loading = load();
		known.set(key, loading);
		loading.catch(() => known.delete(key));
		return loading;
	};
}
