/**
 * Lends vectors, the same again and again. For the 200,000 parameters of 2NN, memory that is new costs several times
 * what is done in it, and what is thrown away has V8 mark its whole heap every few dozen rounds.
 */
import type { Floats } from './vectorArithmetic';

export interface Room<Vector extends Floats> {
	/** With whatever was in it, [length]. */
	take(length: number): Vector;
	/** For a vector that nobody reads any more. */
	giveBack(vector: Vector): void;
}

export function createRoom<Vector extends Floats>(
	create: (length: number) => Vector
): Room<Vector> {
	let idle: Vector | null = null;
	return {
		take(length) {
			const taken = idle?.length === length ? idle : create(length);
			idle = null;
			return taken;
		},
		giveBack(vector) {
			idle = vector;
		}
	};
}
