/** Numbers as people read them: one place, one locale. */

const NO_BREAK_SPACE = '\u00a0';
const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1
});
const twoDigits = new Intl.NumberFormat('en', {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2
});
const threePlaces = new Intl.NumberFormat('en', {
	minimumSignificantDigits: 3,
	maximumSignificantDigits: 3
});
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A whole number with its thousands set apart: "31,400". */
export function formatCount(value: number): string {
	return counts.format(value);
}

/** A count with its noun: "1 round", "12 rounds"; the plural adds an s unless given. */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
	return `${formatCount(value)}${NO_BREAK_SPACE}${value === 1 ? one : many}`;
}

/** A share from 0 to 1 as "88.9 %". */
export function formatPercent(share: number): string {
	return `${oneDigit.format(share * 100)}${NO_BREAK_SPACE}%`;
}

/** A share from 0 to 1 without decimals, for axes: "90 %". */
export function formatWholePercent(share: number): string {
	return `${counts.format(share * 100)}${NO_BREAK_SPACE}%`;
}

/** A loss in nats with two decimals: "0.41". */
export function formatLoss(loss: number): string {
	return twoDigits.format(loss);
}

/** A positive number to three places that count: "845", "8.01", "0.330". */
export function formatThreePlaces(value: number): string {
	return threePlaces.format(value);
}

/** A number of a model with its sign, to three places that count: "+0.0132", "−1.20e-7", "0". */
export function formatSigned(value: number): string {
	if (value === 0) return '0';
	const magnitude = Math.abs(value);
	const isUsual = magnitude >= 1e-4 && magnitude < 1e4;
	const figures = isUsual ? magnitude.toPrecision(3) : magnitude.toExponential(2);
	return `${value < 0 ? '−' : '+'}${figures}`;
}

/** A decimal byte count: "640 B", "31.4 kB", "7.5 MB" (1 kB = 1,000 bytes). */
export function formatBytes(numBytes: number): string {
	let unit = 0;
	let size = numBytes;
	while (size >= 999.95 && unit < byteUnits.length - 1) {
		size /= 1000;
		unit++;
	}
	const digits = unit === 0 ? counts.format(size) : oneDigit.format(size);
	return `${digits}${NO_BREAK_SPACE}${byteUnits[unit]}`;
}

/** A ratio as "3.2 times"; from 10 on without decimals. */
export function formatTimes(ratio: number): string {
	return `${ratio < 10 ? oneDigit.format(ratio) : counts.format(ratio)}${NO_BREAK_SPACE}times`;
}
