// Steps of gradient descent on ranges of parameters.
import * as Plan from './plan';

/** From a parameter to where its gradient goes: itself, or its sum where a batch has several chunks. */
export function gradientShift(plan: usize, isSummed: bool): usize {
	return isSummed ? load<usize>(plan, Plan.GRADIENTS) - load<usize>(plan, Plan.PARAMS) : 0;
}

export function hasHooks(plan: usize): bool {
	return (load<u32>(plan, Plan.ANCHOR) | load<u32>(plan, Plan.CORRECTION)) != 0;
}

/**
 * w -= rate * (mu * (w - anchor) + correction) for the parameters in [from, end): the proximal term of Li et
 * al. 2020 (arXiv 1812.06127), the control variates of Karimireddy et al. 2020 (arXiv 1910.06378).
 */
export function applyHooks(plan: usize, from: usize, end: usize): void {
	const start = load<usize>(plan, Plan.PARAMS);
	const anchor = load<usize>(plan, Plan.ANCHOR);
	const correction = load<usize>(plan, Plan.CORRECTION);
	const rate = f32x4.splat(load<f32>(plan, Plan.LEARNING_RATE));
	const mu = f32x4.splat(load<f32>(plan, Plan.MU));
	for (; from < end; from += 16) {
		const w = v128.load(from);
		let pull = f32x4.splat(0);
		if (anchor) pull = f32x4.mul(mu, f32x4.sub(w, v128.load(from - start + anchor)));
		if (correction) pull = f32x4.add(pull, v128.load(from - start + correction));
		v128.store(from, f32x4.sub(w, f32x4.mul(rate, pull)));
	}
}

/** w -= rate * summed gradient, hooks included, for all parameters. */
export function applySummedGradients(plan: usize): void {
	const end = load<usize>(plan, Plan.PARAMS_END);
	const shift = gradientShift(plan, true);
	const rate = f32x4.splat(load<f32>(plan, Plan.LEARNING_RATE));
	if (hasHooks(plan)) applyHooks(plan, load<usize>(plan, Plan.PARAMS), end);
	for (let at = load<usize>(plan, Plan.PARAMS); at < end; at += 16) {
		const step = f32x4.mul(rate, v128.load(at + shift));
		v128.store(at, f32x4.sub(v128.load(at), step));
	}
}

/**
 * The largest magnitude of floats in [from, end), a whole number of vectors; NaN if there is one. Magnitudes
 * are compared as integers, whose order is theirs: one instruction instead of the six of f32x4.max.
 */
export function largest(from: usize, end: usize): f32 {
	const magnitude = i32x4.splat(0x7fffffff);
	let most = i32x4.splat(0);
	for (; from < end; from += 16) most = i32x4.max_s(most, v128.and(v128.load(from), magnitude));
	most = i32x4.max_s(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
	most = i32x4.max_s(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
	return f32x4.extract_lane(most, 0);
}
