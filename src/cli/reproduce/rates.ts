/**
 * The learning rate of each cell. The paper took the best of a grid of 11 to 13 rates a cell and does not print them;
 * these are from a grid of a factor of about 1.5, tried on the default cells, and carried over to the others of the
 * same model and batch.
 */
import type { Cell } from './cells';

const rates: Record<`${Cell['model']}/${'small' | 'whole'}`, number> = {
	'2nn/small': 0.1,
	'2nn/whole': 0.5,
	'cnn/small': 0.1,
	'cnn/whole': 0.2
};

export function defaultRate({ model, batchSize }: Pick<Cell, 'model' | 'batchSize'>): number {
	return rates[`${model}/${batchSize > 0 ? 'small' : 'whole'}`];
}
