/** A number as cells show it: as many figures as tell something. */
export function describeNumber(value: number): string {
	if (!Number.isFinite(value)) return String(value);
	if (Number.isInteger(value)) return value.toLocaleString('en');
	const size = Math.abs(value);
	return size >= 1e-3 && size < 1e6
		? value.toLocaleString('en', { maximumSignificantDigits: 4 })
		: value.toExponential(2);
}
