/**
 * What a device is doing when a round begins: the classic rule lets it train only while it charges, lies idle and
 * is on Wi-Fi (Bonawitz et al. 2019, arXiv 1902.01046, section 3). Simulated: drawn from the seed, anew each round.
 */
import { randomStream } from '../math/random';

export interface DeviceState {
	isCharging: boolean;
	isIdle: boolean;
	isOnWifi: boolean;
}

/** Chance of each, independent of the others: about one device in four is ready. */
export const deviceChances = { isCharging: 0.5, isIdle: 0.7, isOnWifi: 0.7 } as const;

export function deviceState(seed: number, roundNum: number, clientId: number): DeviceState {
	const random = randomStream(seed, 'device', roundNum, clientId);
	return {
		isCharging: random() < deviceChances.isCharging,
		isIdle: random() < deviceChances.isIdle,
		isOnWifi: random() < deviceChances.isOnWifi
	};
}

/** Training would disturb nobody. */
export function isReady({ isCharging, isIdle, isOnWifi }: DeviceState): boolean {
	return isCharging && isIdle && isOnWifi;
}
