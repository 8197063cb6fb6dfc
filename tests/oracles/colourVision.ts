/**
 * Colours as colour-blind eyes see them, and how far apart they look. Matrices on linear sRGB for a complete loss of
 * one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.0, as the authors publish them beside the
 * paper (inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation); compared digit by digit with two independent copies.
 * Distance: Euclidean in OKLab (Ottosson 2020), where 1 lies between black and white and 0.02 is just noticed.
 */
export type Vision = keyof typeof visions;
type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

export const visions = {
	'all cones': [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1]
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998]
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881]
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039]
	]
} as const satisfies Record<string, Matrix>;

const toLms: Matrix = [
	[0.4122214708, 0.5363325363, 0.0514459929],
	[0.2119034982, 0.6806995451, 0.1073969566],
	[0.0883024619, 0.2817188376, 0.6299787005]
];
const toLab: Matrix = [
	[0.2104542553, 0.793617785, -0.0040720468],
	[1.9779984951, -2.428592205, 0.4505937099],
	[0.0259040371, 0.7827717662, -0.808675766]
];

/** Distance of two colours (#rrggbb) as seen by these eyes. */
export function seenDistance(a: string, b: string, vision: Vision): number {
	const [one, other] = [a, b].map((hex) => seenInLab(hex, vision));
	return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function seenInLab(hex: string, vision: Vision): Triple {
	const seen = map(apply(visions[vision], linear(hex)), (value) => Math.min(1, Math.max(0, value)));
	return apply(toLab, map(apply(toLms, seen), Math.cbrt));
}

function linear(hex: string): Triple {
	const channel = (from: number) => parseInt(hex.slice(from, from + 2), 16) / 255;
	const decode = (value: number) =>
		value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	return map([channel(1), channel(3), channel(5)], decode);
}

function apply(matrix: Matrix, [x, y, z]: Triple): Triple {
	const dot = ([a, b, c]: Triple) => a * x + b * y + c * z;
	return [dot(matrix[0]), dot(matrix[1]), dot(matrix[2])];
}

function map([x, y, z]: Triple, change: (value: number) => number): Triple {
	return [change(x), change(y), change(z)];
}

/** Contrast of two colours by WCAG 2.2: 1 for the same, 21 for black on white. */
export function contrastOf(a: string, b: string): number {
	const [one, other] = [a, b].map((hex) => {
		const [red, green, blue] = linear(hex);
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	});
	return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
