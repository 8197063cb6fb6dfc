/** What stands at the head of a lesson and of a glossary entry, checked field by field. */
import * as v from 'valibot';

const sentence = v.pipe(v.string(), v.trim(), v.nonEmpty());
const source = v.strictObject({ text: sentence, url: v.pipe(v.string(), v.url()) });

const lessonSchema = v.strictObject({
	title: sentence,
	outcome: sentence,
	minutes: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(40)),
	needs: v.array(v.string()),
	sources: v.pipe(v.array(source), v.minLength(1))
});

const termSchema = v.strictObject({ term: sentence, sentence, source });

export type LessonFrontmatter = v.InferOutput<typeof lessonSchema>;
export type TermFrontmatter = v.InferOutput<typeof termSchema>;

/** Throws one sentence that names the field. */
export function parseLessonFrontmatter(input: unknown): LessonFrontmatter {
	return parse(lessonSchema, input);
}

/** Throws one sentence that names the field. */
export function parseTermFrontmatter(input: unknown): TermFrontmatter {
	return parse(termSchema, input);
}

function parse<Output>(schema: v.GenericSchema<unknown, Output>, input: unknown): Output {
	const result = v.safeParse(schema, input ?? {});
	if (result.success) return result.output;
	const [issue] = result.issues;
	const expected = issue.expected ? `expected ${issue.expected}, ` : '';
	throw new Error(`${v.getDotPath(issue) ?? 'frontmatter'}: ${expected}got ${issue.received}`);
}
