import { expect, it } from 'vitest';
import { createRoom } from '../../src/lib/math/room';

it('room is lent again where it fits, and to one at a time', () => {
	const room = createRoom((length) => new Float32Array(length));
	const first = room.take(3);
	expect(first).toHaveLength(3);
	expect(room.take(3)).not.toBe(first);
	room.giveBack(first);
	expect(room.take(3)).toBe(first);
	expect(room.take(3)).not.toBe(first);
	room.giveBack(first);
	expect(room.take(4)).toHaveLength(4);
	expect(room.take(3)).not.toBe(first);
});
