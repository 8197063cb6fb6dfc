/** The parts of a lesson that are written as tags: figures, predictions, challenges. */
import type { RootContent } from 'mdast';
import { parseConditions, type Condition } from '../../lib/lessons/conditions';
import type {
	ChallengePart,
	FigurePart,
	LessonNode,
	Part,
	PredictPart,
	Solution
} from '../../lib/lessons/document';
import type { ReportValue } from '../../lib/lessons/report';
import { compileNodes, type CompileContext } from './compileNodes';
import { LessonProblem } from './LessonProblem';
import { lineOf } from './prose';
import { isTag, readAttributes, tagName, unwrapTags, type Tag, type TagName } from './tags';

/** Room for a figure that does not say how much it needs, in pixels. */
const DEFAULT_HEIGHT = 360;

/** @throws LessonProblem */
export function compilePart(tag: Tag, context: CompileContext): Part {
	const name = tagName(tag, context.file);
	if (name === 'Figure') return compileFigure(tag, context);
	if (name === 'Predict') return compilePredict(tag, context);
	if (name === 'Challenge') return compileChallenge(tag, context);
	return refuse(tag, context, `<${name}> belongs into a <Predict> or a <Challenge>`);
}

function compileFigure(tag: Tag, context: CompileContext): FigurePart {
	const { name, label, height } = readAttributes(tag, context.file);
	const { figures } = context.world;
	if (!figures.has(name)) refuse(tag, context, `there is no lesson figure "${name}"`);
	const pixels = height === undefined ? DEFAULT_HEIGHT : readNumber(tag, context, 'height', height);
	return { kind: 'figure', name, label, height: pixels };
}

function compilePredict(tag: Tag, context: CompileContext): PredictPart {
	const attributes = readAttributes(tag, context.file);
	const { inner, rest } = takeOut(tag, ['Choice', 'Because']);
	const choices = inner.Choice.map((choice) => ({
		when: readWhen(choice, context),
		label: compileNodes(choice.children, context)
	}));
	const because = single(tag, 'Because', inner.Because, context);
	const question = compileNodes(rest, context);
	const { name, of, field } = attributes;
	const explanation = compileNodes(because.children, context);
	const base = { kind: 'predict', name, of, question, explanation } as const;
	if (choices.length >= 2 && !field) return { ...base, answer: { kind: 'choices', choices } };
	if (choices.length > 0 || !field) {
		refuse(tag, context, 'expected either two choices at least, or field, min, max and step');
	}
	const [min, max, step] = ['min', 'max', 'step'].map((key) =>
		readNumber(tag, context, key, attributes[key])
	);
	const unit = attributes.unit ?? 'none';
	if (unit !== 'percent' && unit !== 'none') {
		return refuse(tag, context, `expected unit="percent" or none, got "${unit}"`);
	}
	return { ...base, answer: { kind: 'number', field, min, max, step, unit } };
}

function compileChallenge(tag: Tag, context: CompileContext): ChallengePart {
	const { name } = readAttributes(tag, context.file);
	const { inner, rest } = takeOut(tag, ['Criterion', 'Hint', 'Solution']);
	const solution = single(tag, 'Solution', inner.Solution, context);
	if (inner.Criterion.length === 0) refuse(tag, context, 'expected a <Criterion>');
	if (inner.Hint.length === 0) refuse(tag, context, 'expected a <Hint>');
	const compiled = compileSolution(solution, context);
	return {
		kind: 'challenge',
		name,
		task: compileNodes(rest, context),
		criteria: inner.Criterion.map((criterion) => ({
			of: readAttributes(criterion, context.file).of ?? compiled.of,
			when: readWhen(criterion, context),
			label: compileNodes(criterion.children, context)
		})),
		hints: inner.Hint.map((hint) => compileNodes(hint.children, context)),
		solution: compiled
	};
}

/** Settings for a figure, or one fence of code for a cell. */
function compileSolution(tag: Tag, context: CompileContext): Solution {
	const { of, settings } = readAttributes(tag, context.file);
	const nodes = compileNodes(tag.children, context);
	const codes = nodes.filter((node) => node.kind === 'listing');
	const [code] = codes;
	if (codes.length > 1 || (code === undefined) === (settings === undefined)) {
		refuse(tag, context, 'expected either settings="..." or one piece of code');
	}
	return {
		of,
		settings: settings === undefined ? null : readSettings(tag, context, settings),
		code: code ? { code: code.code, highlighted: code.highlighted } : null,
		explanation: nodes.filter((node: LessonNode) => node.kind !== 'listing')
	};
}

/** "cohortSize = 20, isCharging = true". */
function readSettings(tag: Tag, context: CompileContext, text: string) {
	const conditions = readConditions(tag, context, text);
	const entries = conditions.map(({ field, operator, value }): [string, ReportValue] => {
		if (operator === '=' && typeof value !== 'object') return [field, value];
		return refuse(tag, context, `expected settings like "rounds = 10, isOn = true", got "${text}"`);
	});
	return Object.fromEntries(entries);
}

function readWhen(tag: Tag, context: CompileContext): Condition[] {
	return readConditions(tag, context, readAttributes(tag, context.file).when);
}

function readConditions(tag: Tag, context: CompileContext, text: string): Condition[] {
	try {
		return parseConditions(text);
	} catch (error) {
		return refuse(tag, context, error instanceof Error ? error.message : String(error));
	}
}

function readNumber(tag: Tag, context: CompileContext, key: string, text?: string): number {
	const number = Number(text);
	if (text === undefined || !Number.isFinite(number)) {
		refuse(tag, context, `expected a number as ${key}, got "${text ?? ''}"`);
	}
	return number;
}

/** The tags of these names right within a tag, and whatever else it holds. */
function takeOut<Name extends TagName>(tag: Tag, names: readonly Name[]) {
	const inner = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Name,
		Tag[]
	>;
	const rest: RootContent[] = [];
	for (const node of unwrapTags(tag.children)) {
		const name = isTag(node) ? names.find((candidate) => candidate === node.name) : undefined;
		if (name && isTag(node)) inner[name].push(node);
		else rest.push(node);
	}
	return { inner, rest };
}

function single(tag: Tag, name: TagName, found: readonly Tag[], context: CompileContext): Tag {
	if (found.length !== 1) refuse(tag, context, `expected one <${name}>, got ${found.length}`);
	return found[0];
}

function refuse(tag: Tag, { file }: CompileContext, sentence: string): never {
	throw new LessonProblem(file, lineOf(tag), sentence);
}
