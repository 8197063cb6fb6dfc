/**
 * A lesson as the build hands it to the page: prose as finished HTML, and between it the parts that do
 * something. `src/build/lessons` writes it, `src/lib/notebook` draws it.
 */
import type { Condition } from './conditions';
import type { ReportValue } from './report';

/** What the frontmatter of a lesson says, and where the lesson stands. */
export interface LessonSummary {
	/** Address below /learn: the folder's name without its number. */
	slug: string;
	/** From 1; the number of the folder. */
	number: number;
	title: string;
	/** What the reader can do at the end, one sentence. */
	outcome: string;
	/** Reading and doing. */
	minutes: number;
	/** Slugs of lessons to have read before. */
	needs: readonly string[];
	/** Names of its predictions and challenges, in order: what there is to do. */
	tasks: readonly string[];
}

export interface Lesson extends LessonSummary {
	sources: readonly { text: string; url: string }[];
	/** Its second-level headings. */
	sections: readonly { id: string; title: string }[];
	nodes: readonly LessonNode[];
}

export type LessonNode = HtmlNode | ElementNode | Part;

/** Prose without any part in it. */
export interface HtmlNode {
	kind: 'html';
	html: string;
}

/** An element of the prose that holds parts somewhere within. */
export interface ElementNode {
	kind: 'element';
	tag: string;
	children: readonly LessonNode[];
}

export type Part =
	FigurePart | CellPart | ListingPart | PredictPart | ChallengePart | NotePart | TermPart;

/** A picture that computes, from `src/lib/figures/lessons`. */
export interface FigurePart {
	kind: 'figure';
	/** File name without `.svelte`. */
	name: string;
	/** What it shows, for those who do not see it and for print. */
	label: string;
	/** Room kept for it until it is there, in pixels. */
	height: number;
}

/** A piece of code that runs. All cells of a lesson share one session, in their order. */
export interface CellPart {
	kind: 'cell';
	/** Unique in its lesson; edits are kept under it, and reports carry it. */
	name: string;
	/** The original, without a line break at its end. */
	code: string;
	/** The same as HTML: spans with the `tok-` classes of `@lezer/highlight`. */
	highlighted: string;
	/** The same step in TensorFlow Federated's own words; null where there is none. */
	original: CodeText | null;
}

/** A piece of code to read. */
export interface ListingPart extends CodeText {
	kind: 'listing';
}

export interface CodeText {
	code: string;
	highlighted: string;
}

/** A question that the next report of `of` answers. */
export interface PredictPart {
	kind: 'predict';
	name: string;
	/** The figure or cell whose report answers. */
	of: string;
	question: readonly LessonNode[];
	answer: ChoiceAnswer | NumberAnswer;
	/** Why it comes out so; shown with the answer. */
	explanation: readonly LessonNode[];
}

/** The right choice is the first whose conditions hold of the report. */
export interface ChoiceAnswer {
	kind: 'choices';
	choices: readonly { when: readonly Condition[]; label: readonly LessonNode[] }[];
}

/** The right number is a field of the report. */
export interface NumberAnswer {
	kind: 'number';
	field: string;
	min: number;
	max: number;
	step: number;
	unit: 'percent' | 'none';
}

/** Something to bring about. It is accepted when every criterion holds of the latest reports. */
export interface ChallengePart {
	kind: 'challenge';
	name: string;
	task: readonly LessonNode[];
	criteria: readonly Criterion[];
	/** From a nudge to nearly all. */
	hints: readonly (readonly LessonNode[])[];
	solution: Solution;
}

export interface Criterion {
	/** The figure or cell whose report is looked at. */
	of: string;
	when: readonly Condition[];
	label: readonly LessonNode[];
}

export interface Solution {
	/** The figure or cell that it is applied to. */
	of: string;
	/** For a figure: what it is set to before it runs. For a cell: null. */
	settings: Readonly<Record<string, ReportValue>> | null;
	/** For a cell: what is put into it before it runs. For a figure: null. */
	code: CodeText | null;
	explanation: readonly LessonNode[];
}

/** A remark in the margin: caveat, correction, source. */
export interface NotePart {
	kind: 'note';
	/** From 1, in the order of the lesson. */
	number: number;
	children: readonly LessonNode[];
}

/** A word of the field, with its meaning at hand. */
export interface TermPart {
	kind: 'term';
	id: string;
	/** The glossary's name for it, and its one sentence. */
	title: string;
	sentence: string;
	children: readonly LessonNode[];
}

/** An entry of the glossary. */
export interface GlossaryTerm {
	/** File name without `.md`. */
	id: string;
	title: string;
	sentence: string;
	/** One paragraph, HTML. */
	html: string;
	source: { text: string; url: string };
}
