/** What is wanted of the same thing in every frame, made when first asked for and kept for as long as the thing lives. */
export function madeOnce<Thing extends object, Made>(
	make: (thing: Thing) => Made
): (thing: Thing) => Made {
	const known = new WeakMap<Thing, { made: Made }>();
	return (thing) => {
		const kept = known.get(thing);
		if (kept) return kept.made;
		const made = make(thing);
		known.set(thing, { made });
		return made;
	};
}
