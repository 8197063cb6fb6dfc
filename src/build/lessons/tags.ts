/** Reads the tags of a lesson: which there are, and the attributes of each, checked one by one. */
import type { Nodes, Paragraph, RootContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { LessonProblem } from './LessonProblem';
import { lineOf } from './prose';

export type Tag = MdxJsxFlowElement | MdxJsxTextElement;

/** Attributes of each tag; those with a question mark may be left out. */
const tags = {
	Figure: ['name', 'label', 'height?'],
	Predict: ['name', 'of', 'field?', 'min?', 'max?', 'step?', 'unit?'],
	Choice: ['when'],
	Because: [],
	Challenge: ['name'],
	Criterion: ['of?', 'when'],
	Hint: [],
	Solution: ['of', 'settings?'],
	SideNote: []
} as const satisfies Record<string, readonly string[]>;

export type TagName = keyof typeof tags;

export function isTag(node: Nodes): node is Tag {
	return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** @throws LessonProblem where there is no such tag */
export function tagName(tag: Tag, file: string): TagName {
	if (tag.name && Object.hasOwn(tags, tag.name)) return tag.name as TagName;
	const expected = `expected one of ${Object.keys(tags).join(', ')}`;
	throw new LessonProblem(file, lineOf(tag), `${expected}, got <${tag.name ?? ''}>`);
}

/** The attributes of a tag as text. @throws LessonProblem where one is missing, unknown or not text */
export function readAttributes(tag: Tag, file: string): Record<string, string> {
	const name = tagName(tag, file);
	const known: readonly string[] = tags[name];
	const attributes: Record<string, string> = {};
	const refuse = (sentence: string): never => {
		throw new LessonProblem(file, lineOf(tag), `<${name}>: ${sentence}`);
	};
	for (const attribute of tag.attributes) {
		const key = attribute.type === 'mdxJsxAttribute' ? attribute.name : '{...}';
		if (!known.includes(key) && !known.includes(`${key}?`)) refuse(`no attribute "${key}"`);
		if (typeof attribute.value !== 'string') refuse(`expected ${key}="...", in quotes`);
		attributes[key] = attribute.value as string;
	}
	for (const key of known) {
		if (!key.endsWith('?') && !attributes[key]) refuse(`expected an attribute "${key}"`);
	}
	return attributes;
}

/** Tags on lines of their own come as a paragraph of nothing but tags; they are taken out of it. */
export function unwrapTags(nodes: readonly RootContent[]): RootContent[] {
	return nodes.flatMap((node) => (isNothingButTags(node) ? node.children.filter(isTag) : [node]));
}

function isNothingButTags(node: RootContent): node is Paragraph {
	if (node.type !== 'paragraph') return false;
	const isBlank = (child: Nodes) => child.type === 'text' && child.value.trim() === '';
	const others = node.children.filter((child) => !isBlank(child));
	return others.every((child) => isTag(child) && child.name !== 'SideNote');
}
