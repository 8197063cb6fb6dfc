import { expect, it } from 'vitest';
import { madeOnce } from '../../src/lib/scene/madeOnce';

it('makes something of each thing once, whatever it is', () => {
	const asked: object[] = [];
	const count = madeOnce((thing: { size?: number }) => {
		asked.push(thing);
		return thing.size;
	});
	const things = [{ size: 0 }, {}, { size: 0 }];
	for (let i = 0; i < 2; i++) expect(things.map(count)).toEqual([0, undefined, 0]);
	expect(asked).toEqual(things);
});
