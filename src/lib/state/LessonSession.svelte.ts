/**
 * One lesson while it is read: figures and cells report what they computed, predictions and challenges listen.
 * Figures and cells also say how a solution is applied to them.
 */
import { createContext, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { areMet } from '../lessons/conditions';
import type { ChallengePart, Solution } from '../lessons/document';
import type { Report } from '../lessons/report';
import type { LessonProgress } from './LessonProgress.svelte';
import type { LessonWorkshop } from './lessonWorkshop';

export interface LessonSessionOptions {
	slug: string;
	challenges: readonly ChallengePart[];
	progress: LessonProgress;
	workshop: LessonWorkshop;
}

/** Sets a figure or a cell up as the solution says, and runs it. */
export type ApplySolution = (solution: Solution) => void | Promise<void>;

export class LessonSession {
	readonly slug: string;
	readonly progress: LessonProgress;
	/** Workers and portraits for the figures; nothing is fetched before one of them asks. */
	readonly workshop: LessonWorkshop;
	readonly #challenges: readonly ChallengePart[];
	readonly #reports = new SvelteMap<string, Report>();
	readonly #appliers = new SvelteMap<string, ApplySolution>();

	constructor({ slug, challenges, progress, workshop }: LessonSessionOptions) {
		this.slug = slug;
		this.#challenges = challenges;
		this.progress = progress;
		this.workshop = workshop;
	}

	/** A figure or a cell tells what its run came to; `name` is its name in the lesson. */
	report(name: string, report: Report): void {
		// Whoever reports from an effect must not come to depend on what it reports.
		untrack(() => {
			this.#reports.set(name, report);
			for (const challenge of this.#challenges) {
				if (this.judge(challenge).every((verdict) => verdict === true))
					this.#accept(challenge.name);
			}
		});
	}

	/** The latest report, or null before the first. */
	reportOf(name: string): Report | null {
		return this.#reports.get(name) ?? null;
	}

	/** A figure or a cell says how solutions are applied to it; call what is returned when it goes away. */
	offer(name: string, apply: ApplySolution): () => void {
		untrack(() => this.#appliers.set(name, apply));
		return () => this.#appliers.delete(name);
	}

	/** Whether what the solution is meant for is there yet; figures come when they are near. */
	canApply(solution: Solution): boolean {
		return this.#appliers.has(solution.of);
	}

	/** Applies a solution; the report that follows decides whether it is one. */
	async apply(solution: Solution): Promise<void> {
		await this.#appliers.get(solution.of)?.(solution);
	}

	/** What was predicted under this name, or null. */
	prediction(name: string): number | null {
		return this.progress.of(this.slug).predictions[name] ?? null;
	}

	/** Keeps a prediction: the number of a choice, from 0, or a number. */
	predict(name: string, value: number): void {
		const { predictions } = this.progress.of(this.slug);
		this.progress.update(this.slug, { predictions: { ...predictions, [name]: value } });
	}

	isAccepted(name: string): boolean {
		return this.progress.of(this.slug).challenges.includes(name);
	}

	/** Which criteria hold of the latest reports, in their order; null where nothing was reported yet. */
	judge({ criteria }: ChallengePart): (boolean | null)[] {
		return criteria.map(({ of, when }) => {
			const report = this.reportOf(of);
			return report && areMet(when, report);
		});
	}

	#accept(name: string): void {
		if (this.isAccepted(name)) return;
		const { challenges } = this.progress.of(this.slug);
		this.progress.update(this.slug, { challenges: [...challenges, name] });
	}
}

const [getContext, setContext] = createContext<LessonSession>();

/** The lesson around a figure or a cell; call it while a component is set up. */
export const getLesson = getContext;
export const provideLesson = setContext;
