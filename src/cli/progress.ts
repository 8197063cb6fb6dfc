/** Progress of a run: one line that renews itself on a terminal, a plain line a round elsewhere. */
import type { RoundMetrics } from '../lib/federated/events';

export interface Progress {
	round(metrics: RoundMetrics, numRounds: number): void;
	/** Any other step: the share that is done, and one line about it. */
	step(share: number, text: string): void;
	/** A line of its own that stays. */
	say(sentence: string): void;
	/** Leaves the renewing line. */
	end(): void;
}

export function createProgress(stream: NodeJS.WriteStream): Progress {
	const isTerminal = stream.isTTY === true;
	const clear = isTerminal ? '\r\u001b[2K' : '';
	let isLineOpen = false;
	function step(share: number, text: string) {
		const bar = isTerminal ? `${drawBar(share)} ` : '';
		stream.write(`${clear}${bar}${text}${isTerminal ? '' : '\n'}`);
		isLineOpen = isTerminal;
	}
	return {
		step,
		round: (metrics, numRounds) =>
			step(metrics.round / numRounds, describeRound(metrics, numRounds)),
		say: (sentence) => void stream.write(`${clear}${sentence}\n`),
		end() {
			if (isLineOpen) stream.write('\n');
			isLineOpen = false;
		}
	};
}

/** "Round 12 of 60, 10 of 10 answered, unseen writers 88.9 %, students 79.1 %". */
export function describeRound(metrics: RoundMetrics, numRounds: number): string {
	const parts = [
		`Round ${metrics.round} of ${numRounds}`,
		`${metrics.numAnswered} of ${metrics.numChosen} answered`
	];
	if (metrics.evaluation) {
		parts.push(`unseen writers ${percent(metrics.evaluation.unseen.accuracy)}`);
		parts.push(`students ${percent(metrics.evaluation.students.accuracy)}`);
	}
	return parts.join(', ');
}

export function percent(share: number): string {
	return `${(100 * share).toFixed(1)} %`;
}

function drawBar(share: number, width = 24): string {
	const filled = Math.round(share * width);
	return '█'.repeat(filled) + '░'.repeat(width - filled);
}
