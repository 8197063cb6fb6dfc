/**
 * How McMahan et al. 2017 (arXiv 1602.05629, section 3) count rounds: the curve of test accuracy is made monotone
 * by the best value so far, and cut by the target with linear interpolation between rounds.
 */

/** Rounds to the target, fractional; `accuracies` begins with the untrained model. Null where it is not reached. */
export function roundsToTarget(accuracies: readonly number[], target: number): number | null {
	const reached = accuracies.findIndex((accuracy) => accuracy >= target);
	if (reached <= 0) return reached === 0 ? 0 : null;
	const before = Math.max(...accuracies.slice(0, reached));
	return reached - 1 + (target - before) / (accuracies[reached] - before);
}
