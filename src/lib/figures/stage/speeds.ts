/** Speeds of the playback in words, and the next one up or down. */
import { playbackSpeeds } from '../../state/Playback.svelte';

/** "¼×", "2×", "full": as fast as the machine trains. */
export function speedName(speed: number): string {
	if (speed === Infinity) return 'full';
	const fractions: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };
	return `${fractions[speed] ?? speed}×`;
}

/** The speed so many places further along the list, or the last one there. */
export function shiftSpeed(speed: number, by: number): number {
	const place = playbackSpeeds.indexOf(speed) + by;
	return playbackSpeeds[Math.max(0, Math.min(playbackSpeeds.length - 1, place))];
}
