import { describe, expect, it } from 'vitest';
import { compileLesson, compileTerm, listParts } from '../../../src/build/lessons/compileLesson';
import type { LessonWorld } from '../../../src/build/lessons/world';
import type { Part } from '../../../src/lib/lessons/document';

const world: LessonWorld = {
	base: '/many-hands',
	figures: new Set(['Ways']),
	terms: new Map([['cohort', { title: 'Cohort', sentence: 'The chosen.' }]]),
	pages: new Set(['/', '/playground', '/glossary'])
};

const head = [
	'title: A title',
	'outcome: An outcome.',
	'minutes: 12',
	'needs: []',
	'sources:',
	'  - { text: A paper, url: https://example.org/paper }'
];
/** Lines of the frontmatter with its two fences: what a body's line numbers are counted from. */
const numHeadLines = head.length + 2;
const figure = '<Figure name="Ways" label="Three ways" />';
const challenge = [
	'<Challenge name="do">',
	'Do it.',
	'',
	'<Criterion when="a >= 0.5, b < a">well enough</Criterion>',
	'',
	'<Hint>Try.</Hint>',
	'<Hint>Try *harder*.</Hint>',
	'',
	'<Solution of="Ways" settings="a = 1, isOn = true">So.</Solution>',
	'</Challenge>'
];

function compile(body: readonly string[], lines = head, folder = '02-a-title') {
	const text = ['---', ...lines, '---', ...body].join('\n');
	return compileLesson(text, 'index.md', folder, world);
}
const htmlOf = (...body: string[]) =>
	compile(body).nodes.map((node) => (node.kind === 'html' ? node.html : `<${node.kind}>`));
function partOf<Kind extends Part['kind']>(kind: Kind, ...body: string[]) {
	const found = listParts(compile(body).nodes).find((part) => part.kind === kind);
	return found as Extract<Part, { kind: Kind }>;
}

describe('a lesson', () => {
	it('has its place from the folder and its facts from the head', () => {
		const lesson = compile(['## One more thing', 'Text.', '### Deeper', figure, ...challenge]);
		expect(lesson).toMatchObject({
			slug: 'a-title',
			number: 2,
			title: 'A title',
			minutes: 12,
			tasks: ['do'],
			sections: [{ id: 'one-more-thing', title: 'One more thing' }]
		});
	});

	it('keeps plain prose together as HTML', () => {
		const html = htmlOf('A *word*, `x < 1` & more.', '', '- one', '- two');
		expect(html).toHaveLength(1);
		expect(html[0]).toContain('<p>A <em>word</em>, <code>x &lt; 1</code> &amp; more.</p>');
		expect(html[0]).toMatch(/<ul>\s*<li>one<\/li>/);
	});

	it('sets formulas', () => {
		const [html] = htmlOf('With $x_i$ in it.', '', '$$', '\\sum_i x_i', '$$');
		expect(html).toContain('<math xmlns');
		expect(html).toContain('display="block"');
		expect(html).not.toContain('$');
	});

	it('puts the base of the site before its own pages', () => {
		const [html] = htmlOf('[play](/playground?rounds=2) [paper](https://example.org)');
		expect(html).toContain('href="/many-hands/playground?rounds=2"');
		expect(html).toContain('href="https://example.org"');
	});

	it('gives terms and notes their place in a sentence, without adding a space', () => {
		const [paragraph] = compile([
			'The ([cohort](/glossary#cohort)).[^a]',
			'',
			'[^a]: A *note*.'
		]).nodes;
		expect(paragraph).toEqual({
			kind: 'element',
			tag: 'p',
			children: [
				{ kind: 'html', html: 'The (' },
				{
					kind: 'term',
					id: 'cohort',
					title: 'Cohort',
					sentence: 'The chosen.',
					children: [{ kind: 'html', html: 'cohort' }]
				},
				{ kind: 'html', html: ').' },
				{ kind: 'note', number: 1, children: [{ kind: 'html', html: 'A <em>note</em>.' }] }
			]
		});
	});

	it('tells cells from code to read, and finds their originals', () => {
		const cell = partOf(
			'cell',
			'```ts cell first',
			'const a = "<b>";',
			'```',
			'',
			'```python original',
			'a = 1',
			'```'
		);
		expect(cell).toMatchObject({
			name: 'first',
			code: 'const a = "<b>";',
			original: { code: 'a = 1' }
		});
		expect(cell.highlighted).toContain('<span class="tok-keyword">const</span>');
		expect(cell.highlighted).toContain('&lt;b&gt;');
		expect(partOf('listing', '```ts', '1;', '```')).toMatchObject({ code: '1;' });
	});

	it('reads predictions with choices and with numbers', () => {
		const choices = partOf(
			'predict',
			figure,
			'<Predict name="p" of="Ways">',
			'Which?',
			'',
			'<Choice when="a > 1">more</Choice>',
			'<Choice when="a <= 1">less</Choice>',
			'',
			'<Because>',
			'So *it* is.',
			'</Because>',
			'</Predict>'
		);
		expect(choices.answer).toEqual({
			kind: 'choices',
			choices: [
				{
					when: [{ field: 'a', operator: '>', value: 1 }],
					label: [{ kind: 'html', html: 'more' }]
				},
				{
					when: [{ field: 'a', operator: '<=', value: 1 }],
					label: [{ kind: 'html', html: 'less' }]
				}
			]
		});
		expect(choices.explanation).toEqual([{ kind: 'html', html: '<p>So <em>it</em> is.</p>\n' }]);
		const number = partOf(
			'predict',
			figure,
			'<Predict name="p" of="Ways" field="a" min="0" max="1" step="0.01" unit="percent">',
			'How much?',
			'',
			'<Because>So.</Because>',
			'</Predict>'
		);
		expect(number.answer).toEqual({
			kind: 'number',
			field: 'a',
			min: 0,
			max: 1,
			step: 0.01,
			unit: 'percent'
		});
	});

	it('reads challenges: criteria, hints, solution', () => {
		const part = partOf('challenge', figure, ...challenge);
		expect(part.criteria).toHaveLength(1);
		expect(part.criteria[0]).toMatchObject({ of: 'Ways' });
		expect(part.criteria[0].when[1].value).toEqual({ field: 'a' });
		expect(part.hints).toHaveLength(2);
		expect(part.solution).toMatchObject({ of: 'Ways', settings: { a: 1, isOn: true }, code: null });
	});

	it('takes a solution of code for a cell', () => {
		const solution = ['<Solution of="c">', '```ts', 'a = 2;', '```', '</Solution>', '</Challenge>'];
		const part = partOf(
			'challenge',
			'```ts cell c',
			'a;',
			'```',
			...challenge.slice(0, -2),
			...solution
		);
		expect(part.solution).toMatchObject({ of: 'c', settings: null, code: { code: 'a = 2;' } });
	});
});

describe('what does not fit is refused, with its place', () => {
	const offences: [what: string, body: string[], line: number, sentence: RegExp][] = [
		[
			'an unknown figure',
			['Text.', '', '<Figure name="No" label="x" />'],
			3,
			/no lesson figure "No"/
		],
		['a figure without label', ['<Figure name="Ways" />'], 1, /expected an attribute "label"/],
		['an unknown tag', ['<Picture />'], 1, /expected one of Figure, .* got <Picture>/],
		[
			'an unknown attribute',
			['<Figure name="Ways" label="x" wide="1" />'],
			1,
			/no attribute "wide"/
		],
		['an expression', ['<Figure name={ways} label="x" />'], 1, /in quotes/],
		['a dead link', ['', '[no](/nowhere)'], 2, /expected a page .* got "\/nowhere"/],
		['a relative link', ['[no](other.md)'], 1, /expected a page/],
		['an unknown term', ['A [word](/glossary#word).'], 1, /no glossary term "word"/],
		['a bare <', ['one', 'if a <3 then'], 2, /written "\\<"/],
		['a formula that cannot be set', ['$\\nothing{x}$'], 1, /nothing/],
		['a tag left open', ['<Hint>'], 1, /closing tag/],
		['a title in the text', ['# Title'], 1, /expected a heading of ## or ###, got #/],
		['two equal headings', ['## A', '## A'], 2, /two headings read "A"/],
		['a language it cannot colour', ['```rust', '1', '```'], 1, /got "rust"/],
		['a fence it cannot place', ['```ts cell', '```'], 1, /expected "cell name"/],
		['an original without a cell', ['```python original', '```'], 1, /expected a cell right above/],
		['a hint out of place', ['<Hint>x</Hint>'], 1, /<Hint> belongs into/],
		[
			'one choice only',
			[
				figure,
				'<Predict name="p" of="Ways">',
				'<Choice when="a > 1">x</Choice>',
				'<Because>y</Because>',
				'</Predict>'
			],
			2,
			/two choices at least/
		],
		[
			'a condition that cannot be read',
			[
				figure,
				'<Predict name="p" of="Ways">',
				'<Choice when="a">x</Choice>',
				'<Choice when="a > 1">x</Choice>',
				'<Because>y</Because>',
				'</Predict>'
			],
			3,
			/expected a condition/
		],
		[
			'a challenge without hints',
			[figure, ...challenge.filter((line) => !line.includes('Hint'))],
			2,
			/expected a <Hint>/
		]
	];

	it.each(offences)('%s', (_, body, line, sentence) => {
		const place = `index.md:${numHeadLines + line}: `;
		expect(() => compile(body)).toThrow(sentence);
		expect(() => compile(body)).toThrow(place);
	});

	it.each(['title', 'outcome', 'minutes', 'needs', 'sources'])('a head without %s', (field) => {
		const isOfField = (line: string) =>
			line.startsWith(field) || (field === 'sources' && line.startsWith('  '));
		const lines = head.filter((line) => !isOfField(line));
		expect(() => compile(['Text.'], lines)).toThrow(`index.md:1: ${field}: expected`);
	});

	it.each([
		['an unknown field', 'extra: 1', /extra: expected never, got/],
		['bad YAML', 'title: [', /index\.md:\d+: /]
	])('a head with %s', (_, line, sentence) => {
		expect(() => compile(['Text.'], [...head, line])).toThrow(sentence);
	});

	it('no head at all', () => {
		expect(() => compileLesson('Text.', 'index.md', '01-a', world)).toThrow(
			'index.md:1: expected frontmatter'
		);
	});

	it('two parts of one name, and a look at a part that is not there', () => {
		expect(() => compile([figure, '', figure])).toThrow('two parts have the name "Ways"');
		expect(() => compile(challenge)).toThrow('"do" looks at "Ways"');
	});

	it('a folder without a number', () => {
		expect(() => compile(['Text.'], head, 'a-title')).toThrow('expected a folder like "01-a-slug"');
	});
});

describe('a glossary term', () => {
	const lines = [
		'---',
		'term: Cohort',
		'sentence: The chosen.',
		'source: { text: A, url: https://a.org }',
		'---'
	];
	const compileIt = (...body: string[]) =>
		compileTerm([...lines, ...body].join('\n'), 'cohort.md', 'cohort', world);

	it('is a title, a sentence, a paragraph and a source', () => {
		expect(compileIt('See the [cohort](/glossary#cohort).')).toEqual({
			id: 'cohort',
			title: 'Cohort',
			sentence: 'The chosen.',
			html: '<p>See the <a href="/many-hands/glossary#cohort">cohort</a>.</p>',
			source: { text: 'A', url: 'https://a.org' }
		});
	});

	it('refuses anything but prose, and links to terms that are not there', () => {
		expect(() => compileIt('- a list')).toThrow('cohort.md:6: expected paragraphs');
		expect(() => compileIt()).toThrow('expected paragraphs');
		expect(() => compileIt('[x](/glossary#x)')).toThrow('got "/glossary#x"');
	});
});
