/** The page about the API is complete: what a cell has at hand is described, and every example can be read. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readApi } from '../../src/build/api/readApi';
import { compileCell } from '../../src/lib/kernel/compileCell';
import { createTinyWorld } from '../fixtures/tinyWorld';

const { groups, types } = readApi(path.join(import.meta.dirname, '../../src/lib/api'));
const members = groups.flatMap((group) => group.members);

describe('the description of the API', () => {
	let names: string[];
	beforeAll(async () => {
		names = Object.keys((await createTinyWorld()).api);
	});

	it('names exactly what a cell has at hand', () => {
		expect(members.map(({ name }) => name).sort()).toEqual(names.sort());
	});

	it.each(members)('describes $name', ({ name, text, summary, signature, example }) => {
		expect(text.length).toBeGreaterThan(20);
		expect(summary.length).toBeLessThan(160);
		expect(signature.startsWith(name)).toBe(true);
		expect(signature).not.toMatch(/\/\*|\n/);
		if (signature.includes('(')) expect(example).not.toBe('');
		expect(() => compileCell(example)).not.toThrow();
		if (example) expect(example).toContain(name);
	});

	it.each(types)('describes the type $name and its parts', ({ text, members }) => {
		expect(text.length).toBeGreaterThan(10);
		expect(members.length).toBeGreaterThan(0);
		for (const { signature } of members) expect(signature).not.toMatch(/\/\*|\{ return|#plan/);
	});

	it('describes every type of its own that a signature names', () => {
		const known = new Set(types.map(({ name }) => name));
		const engine = ['LayersModel', 'RunConfig', 'RunEvent', 'RoundMetrics', 'ServerState', 'Stage'];
		const others = ['PrivacyQuery', 'PrivacyCost', 'Learner', 'PopulationMetrics'];
		const builtIn =
			/^(Promise|Partial|Record|Float32Array|Uint\d+Array|ArrayLike|Client|Item|Plan|Readonly|Omit)$/;
		const named = members.flatMap(({ signature }) => signature.match(/\b[A-Z]\w+/g) ?? []);
		const unknown = named.filter(
			(name) => !known.has(name) && ![...engine, ...others].includes(name) && !builtIn.test(name)
		);
		expect(unknown).toEqual([]);
	});
});
